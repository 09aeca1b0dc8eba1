"""Where sources disagree: one thing that articles of one story give different values for.

Two numbers are rivals when they count or measure the same thing, cannot both be right (no rounding,
bound or range reconciles them), and their sentences tell one fact: the words around them are much
the same, and nothing near them says that they are two facts (`same_fact`). A value that both
articles state is no conflict, whatever else they count. Rather a conflict is missed than two facts
are taken for one: on 406 stories of two and three articles it lists 9, of which 8 are real by our
reading, and of numbers changed in one of two sentences that say the same it lists 61 of 71
(`benchmarks/studies/conflicts.py`). Values in other units and dates are not compared.
"""

from summarize.conflicts.rivals import find_conflicts

__all__ = ["find_conflicts"]
