"""Which passages to tell in which words, once rewrites of them are known.

A rewrite is shorter than its quote and holds fewer of the pairs of words that an editor would
write; what it saves another passage may use. The choice is that of `choice`, with a row for each
wording.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from summarize.records import Sentence
from summarize.selection.choice import Options, best_rows, chained, own_worth
from summarize.selection.incidence import Floats, Incidence
from summarize.selection.material import Material
from summarize.selection.standing import hangs
from summarize.selection.units import Passage
from summarize.settings import Length
from summarize.words import stem, words

__all__ = ["Worth", "choose_wordings", "worth_of"]


@dataclass(frozen=True, slots=True)
class Worth:
    """What the first passages of a ranking are worth.

    `salience` has a figure for each of them, `pairs` for each the values of the pairs of
    neighbouring words of its quote.
    """

    salience: tuple[float, ...]
    pairs: tuple[tuple[float, ...], ...]


def worth_of(
    material: Material, salience: Floats, values: Floats, passages: Sequence[Passage]
) -> Worth:
    """The worth of passages of `material`, by the salience of its rows and the values of pairs."""
    row_of = {(s.article_id, s.index): row for row, s in enumerate(material.sentences)}
    rows = [row_of[passage.quote.article_id, passage.quote.index] for passage in passages]
    value_of = {
        (material.vocabulary[one], material.vocabulary[other]): round(float(values[column]), 4)
        for row in rows
        for column in material.pairs.columns_of(row)
        for one, other in (material.pair_stems[column],)
    }
    return Worth(
        tuple(round(float(salience[row]), 4) for row in rows),
        tuple(tuple(value_of[pair] for pair in _pairs(p.quote.text)) for p in passages),
    )


def choose_wordings(
    passages: Sequence[Passage],
    worth: Worth,
    rewrites: Sequence[Sequence[str]],
    length: Length,
) -> list[tuple[int, int | None]]:
    """What makes the best summary of `length`, then what could take its place.

    Each is the number of one of the `passages`, whose `worth` and `rewrites` are given, and which
    of its rewrites is to be told, None for the quote. A rewrite counts as much by itself as the
    whole quote, so that it loses only what it leaves out.

    With the bundled writer ROUGE-2 is 15.3 on dev/neus_fulltext (60 words) and 17.0 on
    dev/multinews (230 words); 14.6 and 16.8 when every rewrite that holds is told, 14.9 and 17.0
    when none is.
    """
    if not passages:  # the length is too short for any
        return []
    rows: list[tuple[int, int | None]] = [(number, None) for number in range(len(passages))]
    rows += [
        (number, which) for number, texts in enumerate(rewrites) for which in range(len(texts))
    ]
    options = _options(passages, worth, rewrites, rows)
    return [rows[row] for row in best_rows(options, length)]


def _options(
    passages: Sequence[Passage],
    worth: Worth,
    rewrites: Sequence[Sequence[str]],
    rows: Sequence[tuple[int, int | None]],
) -> Options:
    quotes = [passage.quote for passage in passages]
    texts = [quotes[n].text if which is None else rewrites[n][which] for n, which in rows]
    values: dict[tuple[str, str], float] = {("", ""): 0.0}
    for quote, known in zip(quotes, worth.pairs, strict=True):
        values.update(zip(_pairs(quote.text), known, strict=True))
    columns = {pair: column for column, pair in enumerate(values)}
    pairs = [sorted({columns[pair] for pair in _pairs(text) if pair in columns}) for text in texts]
    said = [sorted({sentence.article_id for sentence in one.sentences}) for one in passages]
    article = {id_: column for column, id_ in enumerate(sorted({i for ids in said for i in ids}))}
    own = own_worth(np.array(worth.salience), _sizes([quote.text for quote in quotes]))
    return Options(
        sentences=[quotes[number] for number, _ in rows],
        sizes=_sizes(texts),
        pairs=Incidence.of(pairs, len(columns)),
        values=np.array([*values.values()]),
        own=np.array([own[number] for number, _ in rows]),
        article=np.array([article[quotes[number].article_id] for number, _ in rows]),
        articles=[[article[id_] for id_ in said[number]] for number, _ in rows],
        groups=_groups(rows),
        chains=Incidence.of(_chains(quotes, rows), len(rows)),
    )


def _sizes(texts: Sequence[str]) -> Floats:
    return np.array([max(1, len(text.split())) for text in texts], dtype=float)


def _pairs(text: str) -> list[tuple[str, str]]:
    return [*pairwise(stem(word) for word in words(text))]


def _groups(rows: Sequence[tuple[int, int | None]]) -> list[list[int]]:
    """The rows of each passage."""
    groups: dict[int, list[int]] = {}
    for row, (number, _) in enumerate(rows):
        groups.setdefault(number, []).append(row)
    return [*groups.values()]


def _chains(quotes: Sequence[Sentence], rows: Sequence[tuple[int, int | None]]) -> list[list[int]]:
    """Rewrites stand alone; a quote that hangs on the sentence before it needs that one quoted."""
    row_of = {(quote.article_id, quote.index): row for row, quote in enumerate(quotes)}
    chains = [[row] for row in range(len(rows))]
    for (id_, index), row in sorted(row_of.items()):
        if hangs(quotes[row]):
            before = row_of.get((id_, index - 1))
            chains[row] = chained(chains[before] if before is not None else (), row)
    return chains
