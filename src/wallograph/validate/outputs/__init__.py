"""Outputs of a check: one small module for each form. Each takes an `Outcome` and gives bytes, text or plain values."""
