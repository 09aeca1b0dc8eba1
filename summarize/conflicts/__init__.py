"""Where sources disagree: one thing that articles of one story give different values for.

Two numbers are rivals when they count or measure the same thing, cannot both be right (no rounding,
bound or range reconciles them), and their sentences tell one fact: the words around them are much
the same (`same_fact`), and nothing near them says that they are two facts (`signs`). Two dates are
when they are equally exact and say when one thing happened. A value that both articles state is no
conflict, whatever else they state. Numbers are compared by what they measure (`measured`): 90
minutes with three hours, £38m with 42 million pounds. A running count that later articles give anew
(`fates`) is an update.

Rather a conflict is missed than two facts are taken for one: of numbers changed in one of two
sentences that say the same it lists 66 of 71, of dates 39 of 81. Of what it lists where several
papers tell of one event about two in three are real; where later articles tell of the like
(markets, programmes, products) one in five (`benchmarks/studies/conflicts.py`).
"""

from summarize.conflicts.rivals import find_conflicts

__all__ = ["find_conflicts"]
