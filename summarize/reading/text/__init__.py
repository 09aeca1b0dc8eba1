"""Plain text, and what all formats do with a text once they have it.

`plain` reads text files and Markdown with what their first lines state, `dates` a date that is
stated. `mojibake` puts right what was decoded twice, `english` finds articles in other languages.
"""
