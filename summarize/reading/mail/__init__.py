"""Mails and mailboxes.

`mime` takes a message apart within limits, `enclosures` tells files to be read from logos and
signatures, `replies` what was forwarded from what was quoted, and `messages` makes articles of it.
"""
