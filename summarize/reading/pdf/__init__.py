"""PDF files, from glyphs to paragraphs.

`document` opens the file and takes the steps in this order: `pieces` (text with its place on the
page), `furniture` (running heads and feet are left out), `lines` (pieces as lines of columns),
`paragraphs` (lines as paragraphs, by what `measure` knows of the page's style), `hyphens` (which
hyphens at line ends belong to the word).
"""
