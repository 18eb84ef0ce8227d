"""People and their rights: accounts, sessions, tokens."""
