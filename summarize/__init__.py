"""summarize: turns a folder of news articles into a digest a reader can trust, offline.

The main job is `summarize.pipeline.digest`; the command line is `summarize.cli`.
"""
