"""Where sources differ: one thing that articles of one story give different values for.

Two numbers are rivals when they count or measure the same thing, cannot both be right (no rounding,
bound or range reconciles them), and their sentences tell one fact: the words around them are much
the same (`same_fact`), and nothing near them says that they are two facts (`signs`), such as a
price at two moments (`moving`). Two dates are when they are equally exact and say when one thing
happened. A value that both articles state is no conflict, whatever else they state, and two
articles that differ in most of what they have in common tell of the like: other quarters, matches,
products. Numbers are compared by what they measure (`measured`): 90 minutes with three hours, £38m
with 42 million pounds. A running count that later articles give anew (`fates`) is an update.

Of numbers changed in one of two sentences that say the same it lists 65 of 71, of dates 39 of 81.
Of what it lists on stories never looked at 15 of 40 are real: 11 of 27 where several papers tell of
one event, 4 of 13 where one feed tells of the like (`benchmarks/studies/conflicts.py`).
"""

from summarize.conflicts.rivals import find_conflicts

__all__ = ["find_conflicts"]
