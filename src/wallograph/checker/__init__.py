"""Checks what strangers hand in, in a process of its own: killable, without network, with bounded memory."""
