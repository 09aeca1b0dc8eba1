"""What became of those that a number counts, and which counts go on: 12 killed, 15 injured."""

import re
from functools import lru_cache
from itertools import takewhile

from summarize.records import Claim
from summarize.words import words

__all__ = ["fates", "is_running"]

_FATES = {
    word: fate
    for fate, words in {
        "dead": """killed killing kills kill dead died die dies dying death deaths lives fatalities
            toll perished drowned slain murdered bodies executed""",
        "hurt": "injured injuring injures injuries wounded wounding wounds hurt hospitalized",
        "missing": "missing unaccounted trapped stranded disappeared",
        "saved": "rescued rescuing saved survived survivors survivor freed",
        "held": "arrested arresting arrests detained detaining detentions jailed custody",
        "fled": "displaced displacing evacuated evacuating fled homeless evacuations",
        "ill": "infected infections infection sickened cases tested hospitalised",
    }.items()
    for word in words.split()
}
# Words between a number and what became of them. Chosen.
_REACH = 5
# "The death toll of the quake that struck the north of the country rose to 120": so far before.
# Words near a number that goes on growing or shrinking.
_RUNNING = re.compile(
    r"\b(?:so\sfar|as\sof|to\sdate|and\scounting|contained|burn(?:ed|t|ing)|scorch(?:ed|ing)|charred"
    r"|swallowed|cancell?ed|confirmed|reported\sdead|precincts|counted|turnout)\b",
    re.IGNORECASE,
)
_NEAR = 80
_TOLL, _TOLD = "toll", 15
# What follows it became of others: "killed 12 people and injured 40".
_AND = "and"
_KEPT = 4096


@lru_cache(maxsize=_KEPT)
def fates(text: str, claim: Claim) -> frozenset[str]:
    """The kinds of fate that the words nearest to a number name; empty where none is near."""
    back = words(text[: claim.start].lower())[:-_TOLD:-1]
    before = takewhile(_AND.__ne__, back[:_REACH])
    after = takewhile(_AND.__ne__, words(text[claim.end :].lower())[:_REACH])
    near = [
        (distance, _FATES[word])
        for side in (before, after)
        for distance, word in enumerate(side, start=1)
        if word in _FATES
    ]
    if not near and _TOLL in back:
        return frozenset({"dead"})
    closest = min((distance for distance, _ in near), default=0)
    return frozenset(fate for distance, fate in near if distance == closest)


def is_running(text: str, claim: Claim) -> bool:
    """Whether a number is of a count that is given anew as time goes on: the dead, acres burned."""
    near = text[max(0, claim.start - _NEAR) : claim.end + _NEAR]
    return bool(fates(text, claim)) or _RUNNING.search(near) is not None
