"""A summary judged against its sources: the values that `summarize score` shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarize.records import Article, Claim, ClaimKind, Evidence

__all__ = ["LOOKED_UP", "KeyClaim", "ScoreReport", "ScoredSentence", "harmonic", "wilson"]

LOOKED_UP: tuple[ClaimKind, ...] = ("entity", "number", "date")
"""The kinds of claims that have an accuracy; statements are only reported where they fail."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence at `start` to `end` of a scored summary; its claims have offsets into `text`.

    `closeness` is how close its wording is to the sources' (0 to 1; `summarize.support`). It is no
    verdict: people's own summaries are often far, and one wrong word may stand in a close sentence.
    """

    text: str
    start: int
    end: int
    evidence: tuple[Evidence, ...]
    closeness: float = 1.0

    @property
    def held(self) -> float | None:
        """Share of its claims that are supported or derived; None without claims."""
        return _share_held(self.evidence)


@dataclass(frozen=True, slots=True)
class KeyClaim:
    """An important claim of the sources: one that their titles or opening sentences state.

    It stands at `start` to `end` of the article `article_id` (both -1: in its title), and in the
    titles or openings of `weight` sources in all, word-for-word copies left out. `stated_in` are
    the numbers of the summary's sentences that state it, from 0.
    """

    claim: Claim
    article_id: str
    start: int
    end: int
    weight: int
    stated_in: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """A summary judged against its sources.

    `interval` holds `overall` in 95 of 100 cases (see `summarize.scoring.report`), None for a
    summary of fewer than two sentences. `signature` names every rule, setting and version that
    judged.
    """

    summary: str
    sources: tuple[Article, ...]
    sentences: tuple[ScoredSentence, ...]
    key_claims: tuple[KeyClaim, ...]
    signature: str
    interval: tuple[float, float] | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The verdicts on all claims, in the order of the summary."""
        return tuple(found for sentence in self.sentences for found in sentence.evidence)

    def accuracy(self, kind: ClaimKind | None = None) -> float | None:
        """Share of the claims (of one kind) that are supported or derived; None without claims.

        Of one kind (`LOOKED_UP`) it is the entity precision, number precision or date precision.
        Of all kinds a contradicted statement counts as one more claim that does not hold.
        """
        return _share_held([e for e in self.evidence if kind is None or e.claim.kind == kind])

    @property
    def contradicted_statements(self) -> int:
        """How many statements the sources contradict; those they bear out are not reported."""
        return sum(e.claim.kind == "statement" for e in self.evidence)

    @property
    def recall(self) -> float | None:
        """Share of the sources' important claims, by weight, that the summary states.

        None when the sources have none.
        """
        total = sum(key.weight for key in self.key_claims)
        return sum(k.weight for k in self.key_claims if k.stated_in) / total if total else None

    @property
    def overall(self) -> float | None:
        """Harmonic mean of accuracy and recall: 2ar / (a + r), 0 to 1; 0 for an empty summary.

        Without important claims in the sources it is the accuracy, without claims in the summary 0
        (it leaves out all that is important); None when neither side has a claim.
        """
        return harmonic(self.accuracy(), self.recall) if self.sentences else 0.0


def wilson(held: int, total: int) -> tuple[float, float]:
    """The 95 % interval (0 to 1) of a share of which `held` of `total`, at least one, were seen.

    Wilson's score interval (1927), which says something also where all hold: 60 of 60 is 94 to
    100 %. Claims count as independent.
    """
    z = 1.959964
    share, spread = held / total, z * z / total
    middle = share + spread / 2
    half = z * (share * (1 - share) / total + spread / (4 * total)) ** 0.5
    low, high = ((middle + sign * half) / (1 + spread) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)


def harmonic(accuracy: float | None, recall: float | None) -> float | None:
    """The overall figure of a `ScoreReport`, as its `overall` says."""
    if recall is None:
        return accuracy
    if not accuracy or not recall:
        return 0.0
    return 2 * accuracy * recall / (accuracy + recall)


def _share_held(evidence: Sequence[Evidence]) -> float | None:
    held = sum(e.verdict in ("supported", "derived") for e in evidence)
    return held / len(evidence) if evidence else None
