"""Where sources disagree: one thing that articles of one story give different values for.

Two numbers are rivals when they count or measure the same thing, cannot both be right (no rounding,
bound or range reconciles them), and their sentences tell one fact: the words around them are much
the same (`same_fact`), and nothing near them says that they are two facts (`signs`). Two dates are
when they are equally exact and say when one thing happened. A value that both articles state is no
conflict, whatever else they state. Rather a conflict is missed than two facts are taken for one: on
406 stories of two and three articles it lists 12, of which 11 are real by our reading; of numbers
changed in one of two sentences that say the same it lists 65 of 71, of dates 34 of 85
(`benchmarks/studies/conflicts.py`). Values in different units are not compared.
"""

from summarize.conflicts.rivals import find_conflicts

__all__ = ["find_conflicts"]
