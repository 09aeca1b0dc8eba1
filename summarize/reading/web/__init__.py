"""What comes from web sites.

`html` finds the article of a page, `feed` reads RSS and Atom, `warc` the pages of a crawl.
"""
