"""What the words of a summary sentence tell about its support.

Errors of summarizers leave traces in the wording: words and pairs of words no source has, content
that no single source sentence holds, and joints where copied runs from apart were put together.
Every feature is a share of the sentence or a small number; the weights they get are learned
(`benchmarks/studies/support.py`).
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log

from summarize.support.index import Fragment, TokenIndex, overlap
from summarize.support.tokens import NEGATIONS, is_content, is_number, weight

__all__ = ["features"]

_PRONOUNS = frozenset("he she it they him her them his its their".split())  # noqa: SIM905


# Words of a source sentence that its subject is looked for in: its first half, or so many.
_OPENING = 4


def features(said: Sequence[str], index: TokenIndex, close: Sequence[int]) -> dict[str, float]:
    """The features of a sentence of the words `said`; `close` are its closest source sentences."""
    return (
        _novelty(said, index)
        | _runs(said, index)
        | _spread(said, index, close)
        | _order(said, index, close)
        | _pairs(said, index)
        | _style(said, index, close)
    )


def _novelty(said: Sequence[str], index: TokenIndex) -> dict[str, float]:
    """Words and short phrases that no source has."""
    content = [word for word in said if is_content(word)]
    absent = [word for word in content if not index.has(word)]
    triples = zip(said, said[1:], said[2:], strict=False)
    return {
        "new_words": len(absent) / max(1, len(content)),
        "new_weight": sum(map(weight, absent)) / (sum(map(weight, content)) or 1),
        "new_count": log(1 + len(absent)),
        "new_rarest": max(map(weight, absent), default=0.0),
        "new_numbers": float(any(map(is_number, absent))),
        "new_pairs": _share(not index.has_pair(pair) for pair in pairwise(said)),
        "new_triples": _share(triple not in index.triples for triple in triples),
    }


def _runs(said: Sequence[str], index: TokenIndex) -> dict[str, float]:
    """Copied runs: how long, how many, and how far apart their sources are."""
    runs, n = index.fragments(said), max(1, len(said))
    sizes = [run.size for run in runs]
    telling = [run for run in runs if any(map(is_content, said[run.start : run.end]))]
    joints = list(pairwise(telling))
    return {
        "longest_share": max(sizes, default=0) / n,
        "longest_run": log(1 + max(sizes, default=0)),
        "density": log(1 + sum(size * size for size in sizes) / n),
        "runs": len(runs) / n,
        "lone_words": sum(size == 1 for size in sizes) / n,
        "far_joints": log(1 + sum(_is_far(said, a, b, index) for a, b in joints)),
        "turned": _share(a.sentence == b.sentence and b.place < a.place for a, b in joints),
        "opens": float(any(run.start == 0 and run.place == 0 for run in runs)),
        "closes": float(any(_closes(run, len(said), index) for run in runs)),
    }


def _is_far(said: Sequence[str], one: Fragment, other: Fragment, index: TokenIndex) -> bool:
    """Whether two runs come from two sentences, neither of which holds the words of both."""
    words = {*said[one.start : one.end], *said[other.start : other.end]}
    pair = (one.sentence, other.sentence)
    return one.sentence != other.sentence and not any(words <= index.sets[n] for n in pair)


def _closes(run: Fragment, size: int, index: TokenIndex) -> bool:
    return run.end == size and run.place + run.size == len(index.rows[run.sentence])


def _spread(said: Sequence[str], index: TokenIndex, close: Sequence[int]) -> dict[str, float]:
    """Whether one source sentence holds the content, or only several together."""
    content = [word for word in said if is_content(word)]
    mass = sum(map(weight, content)) or 1.0
    held = [sum(weight(word) for word in content if word in index.sets[n]) for n in close]
    best = close[held.index(max(held))] if close else 0
    left = [word for word in content if not close or word not in index.sets[best]]
    more = [sum(weight(word) for word in left if word in index.sets[n]) for n in close]
    around = frozenset().union(*index.sets[max(0, best - 1) : best + 2]) if close else frozenset()
    known = [pair for pair in pairwise(content) if all(map(index.has, pair))]
    first = index.rows[close[0]][: max(_OPENING, len(index.rows[close[0]]) // 2)] if close else ()
    ends = bool(close and content)
    return {
        "one_holds": max(held, default=0.0) / mass,
        "two_hold": (max(held, default=0.0) + max(more, default=0.0)) / mass,
        "near_hold": sum(weight(word) for word in content if word in around) / mass,
        "left": log(1 + sum(map(weight, left))),
        "scattered": _share(not index.together(*pair) for pair in known),
        # Who it is about mostly stands first, when and where it was last.
        "other_opening": float(ends and content[0] not in first),
        "other_end": float(ends and content[-1] not in index.sets[close[0]]),
    }


def _order(said: Sequence[str], index: TokenIndex, close: Sequence[int]) -> dict[str, float]:
    """How much of the sentence is left when one or two source sentences are only shortened."""
    n = max(1, len(said))
    kept = [overlap(said, index.rows[number]) for number in close]
    best = index.rows[close[kept.index(max(kept))]] if close else ()
    twos = [
        overlap(said, index.rows[a] + index.rows[b]) for a in close[:2] for b in close[:3] if a != b
    ]
    held = set(pairwise(best))
    flags = [pair in held for pair in pairwise(said)]
    return {
        "kept_of_one": max(kept, default=0) / n,
        "kept_of_two": max(twos + kept, default=0) / n,
        "new_pairs_of_one": _share(not flag for flag in flags),
        "breaks": log(1 + sum(a and not b for a, b in pairwise(flags))),
    }


def _pairs(said: Sequence[str], index: TokenIndex) -> dict[str, float]:
    """Content words that stand near each other in no source: any, and those beside a joint."""
    content = [word for word in said if is_content(word)]
    pairs = [(one, other) for n, one in enumerate(content) for other in content[n + 1 : n + 4]]
    mass = sum(weight(one) * weight(other) for one, other in pairs) or 1.0
    apart = sum(weight(a) * weight(b) for a, b in pairs if not index.near(a, b))
    runs = [[*filter(is_content, said[run.start : run.end])] for run in index.fragments(said)]
    joints = pairwise(run for run in runs if run)
    return {
        "apart": apart / mass,
        "torn": _share(not index.near(one[-1], other[0]) for one, other in joints),
    }


def _style(said: Sequence[str], index: TokenIndex, close: Sequence[int]) -> dict[str, float]:
    """Stuttering, pronouns whose noun may be another, and negations that came or went."""
    content, pairs = [word for word in said if is_content(word)], list(pairwise(said))
    own = sum(word in NEGATIONS for word in said)
    theirs = [sum(word in NEGATIONS for word in index.rows[number]) for number in close[:2]]
    return {
        "stutter": 1 - len(set(pairs)) / max(1, len(pairs)),
        "repeated": 1 - len(set(content)) / max(1, len(content)),
        "pronouns": _share(word in _PRONOUNS for word in said),
        "denied": float(own > max(theirs, default=0)),
        "affirmed": float(bool(theirs) and own < theirs[0]),
    }


def _share(flags: Iterable[bool]) -> float:
    listed = list(flags)
    return sum(listed) / len(listed) if listed else 0.0
