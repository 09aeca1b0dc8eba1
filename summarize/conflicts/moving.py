"""Values that are measured again and again: two of them are of two moments, not of one fact."""

import re
from collections.abc import Set as AbstractSet

from summarize.claims.matching import is_share
from summarize.conflicts.dates import exactness
from summarize.conflicts.mentions import Mention
from summarize.conflicts.same_fact import around
from summarize.records import Claim

__all__ = ["measured_again"]

# How news says that a price, an index or a share went up or down, or where it stood.
_MOVES = frozenset(
    """rise rises rising risen rose fall falls falling fallen fell climb climbs climbed
    climbing drop drops dropped dropping gain gains gained gaining lose loses losing
    lost add adds added adding advance advances advanced advancing slip slips slipped
    slipping jump jumps jumped jumping surge surges surged surging plunge plunges
    plunged plunging decline declines declined declining dip dips dipped dipping slump
    slumped tumble tumbled soar soared slide slid retreat retreated shed rally rallied
    pare pared spike spiked trade traded trading close closed closing settle settled
    settling up down off higher lower""".split()  # noqa: SIM905
)
_MOVING = frozenset(("%", "point", "percentage point", "$", "USD", "EUR", "GBP", "pound"))
# Words before and after a value among which one of these says that it moves. Chosen.
_BEFORE, _AFTER = 8, 3
_STORMS = frozenset("storm storms hurricane winds".split())  # noqa: SIM905
_POLLS = frozenset(
    """poll polls polling survey surveyed respondents surveys approval rating
    favorability registered likely precincts reporting""".split()  # noqa: SIM905
)
_REPEATED = {
    **dict.fromkeys(("mph", "km/h", "mile", "km"), _STORMS),
    **dict.fromkeys(("%", "point", "percentage point"), _POLLS),
}
# What stands between "0.6" and "March" in "rose 0.6 points in March".
_IN = re.compile(r"(?:\s\w+)?\sin\s")
_SPEEDS = frozenset({"mph", "km/h"})
# A word of these this near to a number, in words, says that it is measured again; of a speed it may
# stand anywhere. Chosen by reading what is listed on training stories.
_REACH = 10


def measured_again(one: Mention, other: Mention) -> bool:
    """Whether the values are of a market, a poll or a storm."""
    moved = _moves(one) and _moves(other) and not _period(one) & _period(other)
    return moved or _is_polled(one) or _is_polled(other)


def _period(mention: Mention) -> frozenset[str]:
    """The month or year in which something moved by the number in all: "rose 2 percent in May"."""
    text, end = mention.sentence.text, mention.claim.end
    return frozenset(
        date.value
        for date in mention.figures
        if exactness(date.value) in {"month", "year"} and _IN.fullmatch(text, end, date.start)
    )


def _moves(mention: Mention) -> bool:
    """Whether a price or a share, or one whose time a date says, went up or down."""
    return any(
        _unit(claim) in _MOVING and not _MOVES.isdisjoint(_near(mention, claim, _BEFORE, _AFTER))
        for claim in (mention.figures if mention.is_date else (mention.claim,))
    )


def _is_polled(mention: Mention) -> bool:
    """Whether a number is one of a poll, of a count of votes or of a storm."""
    reach = None if mention.claim.unit in _SPEEDS else _REACH
    repeated = _REPEATED.get(_unit(mention.claim), frozenset())
    return not repeated.isdisjoint(_near(mention, mention.claim, reach, reach))


def _unit(claim: Claim) -> str:
    return "%" if is_share(claim) else claim.unit


def _near(
    mention: Mention, claim: Claim, before: int | None, after: int | None
) -> AbstractSet[str]:
    """The words near to a claim of the mention's sentence."""
    words, following = around(mention.sentence.text, claim)
    return {*words[::-1][:before], *following[:after]}
