"""The order of telling: the most new words of the human summary expected for each word told.

Salience is a weighted sum of features; from it and from its own features each pair of neighbouring
words gets the probability that an editor would write it. A summary is worth the probabilities of
the different pairs it holds (Gillick and Favre 2009, with learned weights as in Li et al. 2013):
what is told already is worth nothing again. Greedy choice is within 1 - 1/e of the best for such a
sum; `benchmarks/studies/selection.py` measures what it loses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.records import Sentence
from summarize.selection.features import pair_salience
from summarize.selection.incidence import Floats, Incidence
from summarize.selection.material import Material
from summarize.selection.repeats import repeats
from summarize.selection.standing import hangs
from summarize.selection.weights import LONG, PAIRS, SENTENCES, SHORT
from summarize.settings import Length

__all__ = [
    "Options",
    "best_rows",
    "chained",
    "order",
    "own_worth",
    "pair_values",
    "salience_of",
]

# Words of a sentence of the news, for lengths given in sentences. A round figure, not measured.
_SENTENCE = 22

# A sentence pays for its length by this power of it: with 1 what is worth most per word is told,
# with 0 what is worth most; -1 fills a budget with long sentences. The try that is worth most per
# word counts. Against the first one alone, ROUGE-2 on dev/: neus_fulltext 14.2 to 15.2, multinews
# 17.9 to 17.8; against the one that is worth most in all, 14.8 to 14.9 and 16.9 to 17.0. For a
# length in sentences the first one alone is best: three sentences of train/cnn have 72.8 words
# instead of 78.5 at the same ROUGE-2 (11.3), five of dev/neus_fulltext 141 instead of 158 at 12.1
# instead of 10.8.
_COSTS = {"words": (0.85, 0.5, 0.0, -1.0), "sentences": (0.85,)}

# Tries that fill this share of the budget come before those that fill less of it: on
# dev/neus_fulltext 2 summaries in 100 stay below it instead of 5.
_FILLED = 0.9

# A sentence may hang on one that hangs on another; so many in a row at most. On dev/multinews
# ROUGE-2 is 15.8 with 1 (what hangs is never told), 16.6 with 2, 17.1 with 3 and 17.2 with 5.
_CHAIN = 5

# What an article that is not cited yet has to say counts more by this share. From 0 to 1, articles
# cited rise from .96 to .98 (multinews) and from .75 to .83 (neus_fulltext), ROUGE-2 stays within
# .1; more than 1 changes nothing.
_CREDIT = 1.0

# What a sentence is worth by its salience, beside its pairs. In five-fold trials on train/ .3 is
# worth .1 to .2 ROUGE-2 against 0; with 1 multinews loses .3.
_OWN = 0.3

# Of 700 stories of train/ in 60 words 42 told no article's first sentence and began with what leans
# on it, 18 since one is told where it fits; ROUGE-2 on dev/ and train/ changes by -.1 to .1.

# How far the choice goes on behind the budget, for what falls out or gets shorter on the way.
_REACH = 3


def salience_of(features: Mapping[str, Floats], length: Length) -> Floats:
    """The expected share of its pairs that an editor would write."""
    return _weighted(features, SENTENCES, length)


def pair_values(
    material: Material, pairs: Mapping[str, Floats], salience: Floats, length: Length
) -> Floats:
    """The probability of each pair, of the features `pairs`, to be in a human summary."""
    from scipy.special import expit

    features = {**pairs, **pair_salience(material, salience)}
    values = np.asarray(expit(_weighted(features, PAIRS, length)))
    values[0] = 0.0  # no pair
    return values


def _weighted(
    features: Mapping[str, Floats], weights: Mapping[str, tuple[float, float]], length: Length
) -> Floats:
    """The sum of features, by weights between those for short and for long summaries."""
    words = length.count * (_SENTENCE if length.unit == "sentences" else 1)
    share = np.clip(np.log(words / SHORT) / np.log(LONG / SHORT), 0.0, 1.0)
    features = {**features, "always": np.ones(1)}
    return np.asarray(
        sum(features[name] * ((1 - share) * a + share * b) for name, (a, b) in weights.items())
    )


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """What could be told, a row for each sentence or wording of one.

    `sentences` are the sources of the rows, `sizes` are in words, `pairs` the
    pairs of neighbouring stems in each row, `values` those of the pairs and `own` what a row is
    worth beside them. `article` numbers the article that a row stands in, `articles` this one and
    those that say the same. Of the rows of one group one is told. `chains` has ones for all that
    has to be told with a row, itself included; none where it cannot be told.
    """

    sentences: Sequence[Sentence]
    sizes: Floats
    pairs: Incidence
    values: Floats
    own: Floats
    article: NDArray[np.intp]
    articles: Sequence[Sequence[int] | NDArray[np.intp]]
    groups: Sequence[Sequence[int]]
    chains: Incidence


def order(
    material: Material,
    values: Floats,
    salience: Floats,
    groups: Sequence[Sequence[int]],
    length: Length,
) -> list[int]:
    """All rows: first those that make the best summary of `length`, then what could replace them.

    `values` are those of the pairs, `groups` rows that say the same thing, of which one is told. A
    sentence that hangs on the one before it comes behind it. What cannot be told comes last.
    """
    group_of = {row: group for group in groups for row in group}
    options = Options(
        sentences=material.sentences,
        sizes=material.sizes,
        pairs=material.pairs,
        values=values,
        own=own_worth(salience, material.sizes),
        article=material.article,
        articles=[material.article[group_of[row]] for row in range(len(salience))],
        groups=groups,
        chains=_chains(material),
    )
    told = best_rows(options, length)
    known = {*told}
    rank = {"alone": 0, "hanging": 1, "unfit": 2}
    rest = (row for row in range(len(salience)) if row not in known)
    least = (-salience).round(9).tolist()
    return [*told, *sorted(rest, key=lambda row: (rank[material.standing[row]], least[row], row))]


def own_worth(salience: Floats, sizes: Floats) -> Floats:
    """What sentences of those sizes are worth beside their pairs."""
    return np.asarray(_OWN * salience * sizes)


def best_rows(options: Options, length: Length) -> list[int]:
    """The rows that make the best summary of `length`, then what could replace them.

    One of them, or of their groups, is the first sentence of an article where a full summary has
    room for one.
    """
    costs, enough = _COSTS[length.unit], _FILLED * length.count
    tries = [
        _filled(options, length, exponent, news_first=first)
        for first in (False, True)
        for exponent in costs
    ]
    found = max(
        tries, key=lambda one: (min(one.used, enough), one.tells_news, round(one.density, 9))
    )
    found.fill(_REACH, costs[0])
    return found.rows


def _filled(options: Options, length: Length, exponent: float, *, news_first: bool) -> "_Telling":
    telling = _Telling(options, length)
    if news_first:
        telling.begin(exponent)
    telling.fill(1, exponent)
    return telling


class _Telling:
    """The state of the greedy choice: what is told, what must not be told any more."""

    def __init__(self, options: Options, length: Length) -> None:
        count = len(options.sentences)
        self.rows: list[int] = []
        self._told = np.zeros(count, dtype=bool)
        self._dead = np.zeros(count, dtype=bool)
        self._opens = np.array([sentence.index == 0 for sentence in options.sentences])
        self._heard = np.zeros(1 + max(map(max, options.articles)), dtype=bool)
        self._options, self._length = options, length
        self._values = options.values.copy()
        self._tellable = options.chains.by_row() > 0
        self._group_of = {row: group for group in options.groups for row in group}
        self._costs = np.ones(count) if length.unit == "sentences" else options.sizes
        self.used = self.worth = 0.0

    @property
    def density(self) -> float:
        """What is told is worth so much for each unit of its length."""
        return self.worth / max(1.0, self.used)

    @property
    def tells_news(self) -> bool:
        """Whether the first sentence of an article is told, or what says the same."""
        return any(self._opens[one] for row in self.rows for one in self._group_of[row])

    def begin(self, exponent: float) -> None:
        """Tell the best first sentence of an article."""
        row = self._best(self._length.count, exponent, self._opens)
        if row is not None:
            self._tell(row)

    def fill(self, times: int, exponent: float) -> None:
        """Tell what is best for its length until `times` the budget holds no more."""
        left = times * self._length.count - self.used
        while (row := self._best(left, exponent)) is not None:
            chain = self._untold(row)
            repeated = [one for one in chain if self._repeats(one, chain)]
            self._dead[repeated] = True
            if not repeated:
                for one in chain:
                    self._tell(one)
                left = times * self._length.count - self.used

    def _best(
        self, left: float, exponent: float, among: NDArray[np.bool_] | None = None
    ) -> int | None:
        options, new = self._options, ~self._told
        gains = options.pairs.by_row(self._values) + options.own
        gains *= 1 + _CREDIT * ~self._heard[options.article]
        gain, cost, size, dead = (
            options.chains.by_row(one)
            for one in (gains * new, self._costs * new, options.sizes * new, self._dead)
        )
        open_ = self._tellable & new & (dead == 0)
        open_ = open_ if among is None else open_ & among
        able = np.flatnonzero(open_ & (cost <= left))
        if not len(able):
            return None
        return int(able[np.argmax((gain[able] / size[able] ** exponent).round(9))])

    def _untold(self, row: int) -> Sequence[int]:
        chain = self._options.chains.columns_of(row)
        return [int(one) for one in chain if not self._told[one]]

    def _repeats(self, row: int, chain: Sequence[int]) -> bool:
        """Whether the row says again what is told or comes before it in its chain."""
        sources = self._options.sentences
        before = (one for one in chain if sources[one].index < sources[row].index)
        return any(repeats(sources[row], sources[one]) for one in (*self.rows, *before))

    def _tell(self, row: int) -> None:
        options = self._options
        self.rows.append(row)
        self._told[row] = True
        self.used += self._costs[row]
        pairs = options.pairs.columns_of(row)
        self.worth += float(self._values[pairs].sum() + options.own[row])
        self._values[pairs] = 0.0
        self._dead[[one for one in self._group_of[row] if not self._told[one]]] = True
        self._heard[options.articles[row]] = True


def _chains(material: Material) -> Incidence:
    """The `Options.chains` of sentences."""
    chains: list[list[int]] = []
    for row, kind in enumerate(material.standing):
        before = chains[row - 1] if material.place[row] else []
        if kind == "unfit":
            chains.append([])
        elif kind == "alone" or not hangs(material.sentences[row]):
            chains.append([row])
        else:
            chains.append(chained(before, row))
    return Incidence.of(chains, len(chains))


def chained(before: Sequence[int], row: int) -> list[int]:
    """What has to be told with a row that hangs on the one whose chain is `before`."""
    return [*before, row] if 0 < len(before) < _CHAIN else []
