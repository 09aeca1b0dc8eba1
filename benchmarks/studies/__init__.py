"""Measurements behind single constants; each module is a command that says what it needs."""
