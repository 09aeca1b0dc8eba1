"""Judges what summaries say against what the sources say, claim by claim.

A claim is looked for first in the sentences a summary sentence cites, then everywhere:

1. A name is supported where its words stand in a source, one after the other: "Palmyra" is
   supported by "the Palmyra Coordination group", "Assad" by "Bashar al-Assad". Countries and their
   people, well-known aliases, and the initials of a name count as the name.
2. A date is supported by a date that says as much or more ("2015" by "May 2015").
3. A number is supported by the same value of the same thing (300 militants are not 300 civilians).
4. A number that follows by rounding or by conversion of units is "derived".
5. A number is "contradicted" when the cited sentence speaks of the same thing, in the same words,
   with another number; or when the number stands beside another number of the same thing, but
   counts something else there ("64 airstrikes killed 300 militants" against "64 militants").

This is a lookup: it finds what no source says. It does not find true names and numbers that are
put together wrongly.
"""

from summarize.scoring.index import SIGNATURE, SourceIndex

__all__ = ["SIGNATURE", "SourceIndex"]
