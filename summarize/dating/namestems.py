"""Who is meant by a name, as far as its form tells: Norway and Norwegian, US and American.

Stems are for comparing actors of events; they are not words and are never shown.
"""

from functools import lru_cache

from summarize.claims.names import ALIASES, DEMONYMS

__all__ = ["stem", "stems"]

# Endings that make a people or an adjective of a country ("-ian") or a plural or a possessive of
# a name; stripped again and again while at least four letters remain.
_ENDINGS = "ians ian ans an ese ish is ain ia ey i a e y s".split()  # noqa: SIM905
_SHORTEST = 4

# Capitals that news writes for their governments; only actors are read so.
_GOVERNMENTS = {
    "washington": "united states",
    "brussels": "european union",
    "pyongyang": "north korea",
    "seoul": "south korea",
}


@lru_cache(maxsize=10_000)
def stem(name: str) -> str:
    """What all forms of a one-word name share: Norway, Norwegian and Norway's give the same."""
    word = name.replace("’", "'").removesuffix("'s").strip(".'").casefold()
    known = _known((word,), name)
    if known is not None:
        return known
    # An acronym has no endings.
    if name.isupper():
        return word
    while True:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
                word = word.removesuffix(ending)
                break
        else:
            return word


def stems(run: tuple[str, ...]) -> frozenset[str]:
    """The stems of a run of capitalised words, which may be one name ("Islamic State")."""
    known = _known(tuple(word.casefold().strip(".") for word in run), "".join(run))
    if known is not None:
        return frozenset((known,))
    # "is" is a group only in capitals, and "us" a country only with them.
    return frozenset(stem(word) for word in run if word[:1].isupper() and word not in ("Is", "Us"))


def _known(words: tuple[str, ...], written: str) -> str | None:
    """What the tables of names make of the words, None when they are not in them."""
    plain = tuple(word.replace(".", "") for word in words)
    in_capitals = tuple(word.upper() for word in plain)
    if written.replace(".", "").isupper() and in_capitals in ALIASES:
        return ALIASES[in_capitals]
    if len(plain) == 1 and plain[0] in _GOVERNMENTS:
        return _GOVERNMENTS[plain[0]]
    return ALIASES.get(plain) or (DEMONYMS.get(plain[0]) if len(plain) == 1 else None)
