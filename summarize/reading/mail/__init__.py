"""Mails and mailboxes.

`mime` takes a message apart within limits, `replies` tells what was forwarded from what was quoted,
and `messages` makes articles of both.
"""
