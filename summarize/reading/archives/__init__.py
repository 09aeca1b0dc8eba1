"""Archives and compressed files, opened in memory and never unpacked to disk.

`zip` and `tar` give an archive's members one by one, and `salvage` those of a zip archive whose
list of contents is damaged. `streams` are the compressed and partial streams they read from, and
`budget` says how far one input file may expand.
"""
