"""Reading what somebody hands in: a file comes in; quads, their places in the file, and findings go out."""
