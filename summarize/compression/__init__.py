"""Sentence compression: shorter sentences that are as true as the one they are made from."""

from summarize.compression.shortening import compressions, longest_loss, loses_more, tightened

__all__ = ["compressions", "longest_loss", "loses_more", "tightened"]
