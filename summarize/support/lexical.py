"""What the words of a summary sentence tell about its support, without a parse."""

from collections.abc import Sequence
from itertools import pairwise
from math import log

from summarize.support.index import TokenIndex
from summarize.support.tokens import NEGATIONS, is_content, is_number, weight

__all__ = ["lexical_features"]

_CLOSEST = 4


def lexical_features(said: Sequence[str], index: TokenIndex) -> dict[str, float]:
    content = [word for word in said if is_content(word)]
    n, mass = max(1, len(said)), sum(map(weight, content)) or 1.0
    pairs = list(pairwise(said))
    triples = list(zip(said, said[1:], said[2:], strict=False))
    absent = [word for word in content if not index.has(word)]
    fragments = index.fragments(said)
    lengths = [fragment.end - fragment.start for fragment in fragments]
    close = index.closest(said, _CLOSEST)
    found = {
        "new_words": len(absent) / max(1, len(content)),
        "new_mass": sum(map(weight, absent)) / mass,
        "new_count": float(len(absent)),
        "new_rare": max(map(weight, absent), default=0.0),
        "new_pairs": _share(not index.has_pair(pair) for pair in pairs),
        "new_triples": _share(not index.has_triple(triple) for triple in triples),
        "new_numbers": float(sum(is_number(word) for word in absent)),
        "run": max(lengths, default=0) / n,
        "longest": log(1 + max(lengths, default=0)),
        "density": log(1 + sum(size * size for size in lengths) / n),
        "fragments": len(fragments) / n,
        "singles": sum(size == 1 for size in lengths) / n,
        "length": log(1 + n),
    }
    found |= _spread(content, mass, close, index)
    found |= _junctions(said, fragments, index)
    found |= _polarity(said, close, index)
    return found


def _spread(
    content: Sequence[str], mass: float, close: Sequence[int], index: TokenIndex
) -> dict[str, float]:
    """Whether one source sentence holds what is said, or only many together."""
    covers = [
        sum(weight(word) for word in content if word in index.sets[number]) / mass
        for number in close
    ]
    one = max(covers, default=0.0)
    best = close[covers.index(one)] if covers else 0
    left = [word for word in content if not close or word not in index.sets[best]]
    two = max(
        (sum(weight(w) for w in left if w in index.sets[number]) / mass for number in close),
        default=0.0,
    )
    near = set().union(*index.sets[max(0, best - 1) : best + 2]) if close else set()
    together = [
        not (set(index.sentences_with(a)) & set(index.sentences_with(b)))
        for a, b in pairwise(content)
        if index.has(a) and index.has(b)
    ]
    return {
        "cover1": one,
        "cover2": one + two,
        "cover_near": sum(weight(w) for w in content if w in near) / mass,
        "left_mass": sum(map(weight, left)),
        "scattered": _share(together),
    }


def _junctions(said: Sequence[str], fragments: Sequence, index: TokenIndex) -> dict[str, float]:
    """How copied runs are put together: from one sentence in order, or from far apart."""
    joins = list(pairwise(f for f in fragments if any(is_content(w) for w in said[f.start : f.end])))
    far, turned, near = 0, 0, 0
    for a, b in joins:
        if a.sentence != b.sentence:
            shared = any(
                set(said[a.start : a.end]) <= held and set(said[b.start : b.end]) <= held
                for held in index.sets[max(0, min(a.sentence, b.sentence)) : max(a.sentence, b.sentence) + 1]
            )
            far += not shared
            near += not shared and abs(a.sentence - b.sentence) == 1
        elif b.place < a.place:
            turned += 1
    count = max(1, len(joins))
    return {
        "far_joins": far / count,
        "far_count": float(far),
        "near_joins": near / count,
        "turned": turned / count,
        "sources": float(len({f.sentence for f in fragments if f.end - f.start > 1})),
    }


def _polarity(said: Sequence[str], close: Sequence[int], index: TokenIndex) -> dict[str, float]:
    """Negations the sentence has and its closest sources have not, or the other way round."""
    own = sum(word in NEGATIONS for word in said)
    theirs = [sum(word in NEGATIONS for word in index.rows[number]) for number in close[:2]]
    return {
        "denied": float(own > max(theirs, default=0)),
        "affirmed": float(bool(theirs) and own < theirs[0]),
    }


def _share(flags) -> float:
    listed = list(flags)
    return sum(listed) / len(listed) if listed else 0.0
