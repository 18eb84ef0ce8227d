# The site as files, on a plain web server.
copy-banner = Copy of { $date }, without the server: search, SPARQL and checks do not answer here.
copy-not-here = Not available in this copy.
