"""The journal: what was decided, by whom, when and why, for ever and in order."""
