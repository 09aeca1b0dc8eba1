"""Who is meant by a name, as far as its form tells: Norway and Norwegian, US and American.

Stems are for comparing actors of events; they are not words and are never shown.
"""

from functools import lru_cache

__all__ = ["stem", "stems"]

# Endings that make a people or an adjective of a country ("-ian") or a plural or a possessive of
# a name; stripped again and again while at least four letters remain.
_ENDINGS = (
    "ians",
    "ian",
    "ans",
    "an",
    "ese",
    "ish",
    "is",
    "ain",
    "ia",
    "ey",
    "i",
    "a",
    "e",
    "y",
    "s",
)
_SHORTEST = 4

# Names that news writes in several ways, where the form alone does not tell.
_ALIASES = {
    alias: names[0]
    for names in (
        ("america", "us", "usa", "u.s", "american", "americans", "united states", "washington"),
        ("britain", "uk", "u.k", "united kingdom"),
        ("eu", "e.u", "european union", "brussels"),
        ("un", "u.n", "united nations"),
        ("france", "french"),
        ("spain", "spanish"),
        ("netherlands", "dutch", "holland"),
        ("greece", "greek", "greeks"),
        ("denmark", "danish", "danes"),
        ("sweden", "swedish", "swedes"),
        ("norway", "norwegian", "norwegians"),
        ("switzerland", "swiss"),
        ("philippines", "filipino", "filipinos", "philippine"),
        ("thailand", "thai", "thais"),
        ("myanmar", "burma", "burmese"),
        ("niger", "nigerien", "nigeriens"),
        ("nigeria", "nigerian", "nigerians"),
        ("north korea", "dprk", "north korean", "north koreans", "pyongyang"),
        ("south korea", "south korean", "south koreans", "seoul"),
        ("islamic state", "is", "isis", "isil", "daesh", "islamic state group"),
        ("qaeda", "al-qaeda", "al-qaida", "al qaeda", "al qaida"),
        ("hezbollah", "hizbollah", "hizbullah", "hezbullah"),
        ("taliban", "taleban"),
    )
    for alias in names
}


@lru_cache(maxsize=10_000)
def stem(name: str) -> str:
    """What all forms of a one-word name share: Norway, Norwegian and Norway's give the same."""
    word = name.replace("’", "'").removesuffix("'s").strip(".'").casefold()
    if word in _ALIASES:
        return _ALIASES[word]
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
    whole = " ".join(word.casefold().strip(".") for word in run)
    if whole in _ALIASES:
        return frozenset((_ALIASES[whole],))
    # "is" is a group only in capitals, and "us" a country only with them.
    return frozenset(stem(word) for word in run if word[:1].isupper() and word not in ("Is", "Us"))
