"""What databases, scrapers and read-later services export: records with named fields.

`jsonl` reads JSON (one object, a list of them, one a line) and knows which names fields have;
`table` reads CSV and TSV with the same names.
"""
