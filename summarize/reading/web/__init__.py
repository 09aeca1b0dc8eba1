"""What comes from web sites.

`html` finds the article of a page, `mhtml` the page in a file with its pictures, `feed` reads RSS
and Atom, `warc` the pages of a crawl.
"""
