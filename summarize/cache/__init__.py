"""Digests that were made before, so that a second run on the same articles costs nothing.

- `run`: the digest of a run, made or kept: read this first
- `told`: the summaries of the last run, where something changed
- `inputs`: what a run would read, by its content
- `store`: the folder of what is kept: private, of a limited size, and never trusted to be whole
"""
