"""The stage that shows a release: a read-only store comes in; documents and the data of pages go out."""
