"""Judges what summaries say against what the sources say, claim by claim.

A claim is looked for first in the sentences a summary sentence cites, then everywhere:

1. A name is supported where its words stand in a source, one after the other: "Palmyra" is
   supported by "the Palmyra Coordination group", "Assad" by "Bashar al-Assad". Countries and their
   people, well-known aliases, and the initials of a name count as the name.
2. A date is supported by a date that says as much or more ("2015" by "May 2015").
3. A number is supported by the same value of the same thing (300 militants are not 300 civilians).
4. A number is "derived" when it follows from one stated number by rounding or conversion of units,
   or from two of the sentences closest in content by arithmetic (`arithmetic`); the evidence shows
   the working.
5. A claim is "contradicted" when the sentence that the summary sentence nearly copies has another
   one in its place (`retelling`), or when two claims of it changed places (`exchanges`), and a
   number also when a cited sentence has another one of the same thing, or when the number counts
   something else in a sentence that says the same words and has another number of the same thing
   ("64 airstrikes killed 300 militants" against "64 militants").
6. A "statement" is only reported where it is contradicted: a verb whose subject and object are
   exchanged (`statements`), that lost or gained a "not" (`negation`), or that is told as done or
   certain where the source plans it or leaves it open (`modality`); and a word that stands where
   the source has its opposite (`opposites`), or in a quotation another (`quotations`).
7. Two kinds of statements are also looked for clause by clause, in words more of its own
   (`passages`): a deed, a saying or an office of one person that the sources tell of another
   (`people`), and what is told as done, certain, of all or for ever where the sources say less
   (`overstated`).

Any other source that says much the same and bears the claim or statement out wins. What no source
says in such words is not judged: a false statement in words quite of its own passes.
"""

from summarize.scoring.index import SIGNATURE, SourceIndex

__all__ = ["SIGNATURE", "SourceIndex"]
