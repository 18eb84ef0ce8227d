"""The release stage: quads become an immutable, numbered folder, and a patch makes the next one."""
