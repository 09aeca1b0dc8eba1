"""The commands beside `summarize run`, and what all of them share: options, output, exit codes."""
