"""What to say: the source sentences worth telling, ranked, each thing once.

`material` turns sentences into numbers, `units` finds those that say the same, `features` and
`weights` tell what matters, `choice` fills a length with it, each thing but once (`repeats`) and
nothing that is not understood (`standing`), `wordings` does so again with the rewrites that hold,
`coverage` says what was left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from summarize.records import Article, Sentence
from summarize.selection.choice import order, pair_values, salience_of
from summarize.selection.coverage import Coverage, coverage
from summarize.selection.features import pair_features, sentence_features
from summarize.selection.incidence import Floats
from summarize.selection.material import Material, material_of
from summarize.selection.repeats import repeats
from summarize.selection.standing import hangs, standing
from summarize.selection.units import Passage, compare, same_thing
from summarize.selection.wordings import Worth, choose_wordings, worth_of
from summarize.settings import STORY_LENGTH, Length
from summarize.witnesses import independent, outlets

__all__ = [
    "Coverage",
    "Passage",
    "Weighed",
    "Worth",
    "choose_wordings",
    "coverage",
    "hangs",
    "rank",
    "repeats",
    "standing",
    "weigh",
    "worth",
]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What is known of the sentences of some articles before a length is."""

    material: Material
    groups: list[list[int]]
    features: Mapping[str, Floats]
    pairs: Mapping[str, Floats]


def weigh(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    times: Mapping[str, int] = MappingProxyType({}),
) -> Weighed | None:
    """What `rank` needs of its articles, whatever the length; None where they say nothing.

    `times` number the moments of the articles, as `composition.moments` does: what an older one
    looks ahead to is not told.
    """
    material = material_of(articles, sentences, times)
    if material is None:
        return None
    likeness = compare(material)
    groups = same_thing(likeness)
    return Weighed(material, groups, sentence_features(material, likeness), pair_features(material))


def rank(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    length: Length = STORY_LENGTH,
    wires: Iterable[frozenset[str]] = (),
    *,
    weighed: Weighed | None = None,
) -> tuple[Passage, ...]:
    """The source sentences of `articles`, in passages, in the order in which they should be told.

    What cannot be told, such as captions, is left out where there is anything else; but it
    may stand in a passage behind what says the same. The first passages fill `length` exactly, when
    they are quoted; those behind could take their places. `sentences` holds each article's
    sentences by its id; `wires` are sets of ids of articles that carry one agency copy. Sentences
    that say the same thing come as one passage; a sentence that hangs on the one before it comes
    behind it. The order of `articles` makes no difference. `weighed` is what `weigh` found of
    the same articles, for a second length.
    """
    weighed = weighed or weigh(articles, sentences)
    if weighed is None:
        return ()
    ids = {article.id for article in articles}
    together = [one for one in (*wires, *outlets(articles)) if not ids.isdisjoint(one)]
    material, groups = weighed.material, weighed.groups
    salience = salience_of(weighed.features, length)
    values = pair_values(material, weighed.pairs, salience, length)
    group_of = {row: group for group in groups for row in group}
    told: set[int] = set()
    passages = []
    unfit = {row for row, kind in enumerate(material.standing) if kind == "unfit"}
    silent = unfit if len(unfit) < len(salience) else set()
    for row in order(material, values, salience, groups, length):
        if row not in told and row not in silent:
            rows = [row, *(one for one in group_of[row] if one != row and one not in told)]
            told.update(rows)
            unit = tuple(material.sentences[one] for one in rows)
            passages.append(Passage(unit, independent((s.article_id for s in unit), together)))
    return tuple(passages)


def worth(weighed: Weighed, passages: Sequence[Passage], length: Length) -> Worth:
    """What `choose_wordings` has to know of the first passages of a ranking."""
    salience = salience_of(weighed.features, length)
    values = pair_values(weighed.material, weighed.pairs, salience, length)
    return worth_of(weighed.material, salience, values, passages)
