"""A copy of the site as files: every page, document and dump, with the configuration of a plain web server."""
