"""An index of shingles in shards finds what one in a single place finds, bit for bit."""

import random
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarize.dedup import compared_texts, deduplicate
from summarize.dedup.shared import Shared, in_company, joined, shared_shingles, shingled
from summarize.dedup.shingles import Hasher
from summarize.reading.build import Draft, to_article
from summarize.records import Article

# Its table of letters takes a second to make where a text has one of the highest.
_HASHER = Hasher()


def passage(number: int) -> str:
    """Nonsense; every third is said by somebody."""
    source = random.Random(number)  # noqa: S311
    text = " ".join(f"w{source.randrange(10**9)}" for _ in range(12))
    return f"\u201c{text}\u201d" if number % 3 == 0 else text


def sharded(texts: list[str], piece: int, shards: int) -> Shared:
    """Each piece of the texts hashed by itself, and each shard searched by itself."""
    pieces = [
        shingled(texts[first : first + piece], first, len(texts), shards, _HASHER)
        for first in range(0, len(texts), piece)
    ]
    found = [in_company([one.parts[n] for one in pieces], len(texts)) for n in range(shards)]
    sizes, told = (np.concatenate([getattr(p, n) for p in pieces]) for n in ("sizes", "told"))
    return joined(sizes, told, found)


def same(one: Shared, other: Shared) -> bool:
    """Whether all arrays are equal, in type too."""
    pairs = [(getattr(one, f.name), getattr(other, f.name)) for f in fields(Shared)]
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in pairs)


_TEXTS = st.lists(
    st.one_of(
        st.lists(st.integers(0, 9), max_size=5).map(lambda told: "\n".join(map(passage, told))),
        st.text(st.characters(max_codepoint=0x2FFF), max_size=60),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(_TEXTS, st.integers(1, 13), st.integers(1, 9))
@example(["a b c d e", "a b c d e"], 1, 2)
def test_shards_find_what_one_index_finds(texts: list[str], piece: int, shards: int) -> None:
    assert same(sharded(texts, piece, shards), shared_shingles(texts, len(texts), _HASHER))


@settings(max_examples=60, deadline=None)
@given(_TEXTS, st.integers(1, 13), st.integers(1, 9))
def test_what_shards_found_gives_the_same_articles_and_wires(
    texts: list[str], piece: int, shards: int
) -> None:
    articles = [
        article(f"The bridge fell at noon. {text}", f"{n}.txt") for n, text in enumerate(texts)
    ]
    shared = sharded(compared_texts(articles), piece, shards)
    assert deduplicate(articles, shared) == deduplicate(articles)


def article(text: str, path: str) -> Article:
    return to_article(Draft(text), path)


def test_a_process_alone_uses_as_many_shards_as_the_texts_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [passage(number % 20) + " " + passage(number + 100) for number in range(60)]
    whole = shared_shingles(texts, len(texts), _HASHER)
    assert (whole.frequencies == 3).any()
    monkeypatch.setattr("summarize.dedup.shared._SHARD_TEXTS", 10)
    monkeypatch.setattr("summarize.dedup.shared._PIECE_TEXTS", 7)
    assert same(shared_shingles(texts, len(texts), _HASHER), whole)


def test_shards_are_about_equally_large() -> None:
    texts = [" ".join(map(passage, range(first, first + 20))) for first in range(0, 2000, 20)]
    sizes = [len(part) for part in shingled(texts, 0, len(texts), 8, Hasher()).parts]
    assert max(sizes) < 1.1 * sum(sizes) / len(sizes)
