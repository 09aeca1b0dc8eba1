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
    found |= _whole(said, close, fragments, index)
    return found


_HE, _SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})


def _whole(
    said: Sequence[str], close: Sequence[int], fragments: Sequence, index: TokenIndex
) -> dict[str, float]:
    """Whether it is a source sentence, whole or shortened in order, and what it stutters."""
    n = max(1, len(said))
    kept = [_subsequence(said, index.rows[number]) / n for number in close]
    first = any(f.start == 0 and f.place == 0 for f in fragments)
    best = close[kept.index(max(kept))] if close else 0
    near = [w for row in index.rows[max(0, best - 2) : best + 2] for w in row] if close else []
    words = set(said)
    mixed = (words & _HE and not set(near) & _HE and set(near) & _SHE) or (
        words & _SHE and not set(near) & _SHE and set(near) & _HE
    )
    pairs = list(pairwise(w for w in said))
    new_one = [p for p in pairs if not close or not _has(index.rows[best], p)]
    runs = sum(1 for a, b in pairwise(_has(index.rows[best], p) for p in pairs) if a and not b) if close else 0
    return {
        "kept": max(kept, default=0.0),
        "kept_two": _two(said, close, index) / n,
        "opens": float(first),
        "closes": float(any(f.end == len(said) and f.place + f.end - f.start == len(index.rows[f.sentence]) for f in fragments)),
        "other_sex": float(bool(mixed)),
        "stutter": 1 - len(set(pairs)) / max(1, len(pairs)),
        "stutter_words": 1 - len({w for w in said if is_content(w)}) / max(1, sum(map(is_content, said))),
        "new_pairs_one": len(new_one) / max(1, len(pairs)),
        "breaks": float(runs),
        "pronouns": sum(w in {"he", "she", "it", "they", "his", "her", "their", "its", "him", "them"} for w in said) / n,
        "lone_pronoun": float(bool(said) and said[0] in {"he", "she", "it", "they", "his", "her", "their"}),
    }


def _has(row: Sequence[str], pair: tuple[str, str]) -> bool:
    return pair in set(pairwise(row))


def _two(said: Sequence[str], close: Sequence[int], index: TokenIndex) -> int:
    best = 0
    for a in close[:3]:
        for b in close[:4]:
            if a != b:
                best = max(best, _subsequence(said, [*index.rows[a], *index.rows[b]]))
    return best


def _subsequence(said: Sequence[str], row: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    last = [0] * (len(row) + 1)
    for word in said:
        diagonal = 0
        for place, other in enumerate(row, 1):
            above = last[place]
            last[place] = diagonal + 1 if word == other else max(above, last[place - 1])
            diagonal = above
    return last[-1]


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
