"""How many of the errors that language models make the scorer catches, on texts written for it.

    python -m benchmarks.studies.retellings [-v]

`labels/retellings.txt` holds eight articles with ten right and ten wrong summaries each, in an
editor's words; `labels/retellings_held_out.txt` four more, written before the rules and not looked
at for them. A line "= NAME" opens an article, "+ " a right summary, "- KIND: " a wrong one with its
error. Caught is a summary of which some claim is absent or contradicted; `-v` shows what of the
first eight is missed or flagged wrongly.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.systems.learned import fails
from summarize.records import Evidence
from summarize.scoring.report import score

_LABELS = Path(__file__).parent / "labels"
LOOKED_AT, HELD_OUT = "looked at", "held out"
FILES = {
    LOOKED_AT: _LABELS / "retellings.txt",
    HELD_OUT: _LABELS / "retellings_held_out.txt",
}
WRONG, RIGHT = "all wrong", "none: flagged"


@dataclass(slots=True)
class Retold:
    """An article with summaries of it: (kind of error, "" where right, and text)."""

    name: str
    lines: list[str] = field(default_factory=list)
    summaries: list[tuple[str, str]] = field(default_factory=list)


def retellings(path: Path) -> list[Retold]:
    """The articles of a file with their summaries."""
    found: list[Retold] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "=":
            found.append(Retold(rest))
        elif mark == "+":
            found[-1].summaries.append(("", rest))
        elif mark == "-":
            kind, _, text = rest.partition(": ")
            found[-1].summaries.append((kind, text))
        elif line:
            found[-1].lines.append(line)
    return found


def judged(article: Retold) -> Iterator[tuple[str, str, list[Evidence]]]:
    """Each summary with its kind of error and what the scorer holds against it."""
    source = "\n".join(article.lines)
    for kind, text in article.summaries:
        yield kind, text, [e for e in score(text, [source]).evidence if fails(e)]


def flags(*, verbose: bool = False) -> dict[tuple[str, str], list[bool]]:
    """Whether each summary is flagged, by kind of error (WRONG: any, RIGHT: none) and file."""
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for name, path in FILES.items():
        for article in retellings(path):
            for kind, text, against in judged(article):
                for row in (kind, WRONG) if kind else (RIGHT,):
                    found[row, name].append(bool(against))
                if verbose and name == LOOKED_AT and bool(against) != bool(kind):
                    said = "; ".join(f"{e.claim.text}: {e.working}" for e in against)
                    print(f"{kind or RIGHT}: {text} {said}")
    return found


def main() -> None:
    """Print the share caught of each kind of error, and of right summaries flagged."""
    found = flags(verbose="-v" in sys.argv)
    print(f"{'':17}" + "".join(f"{name:>14}" for name in FILES))
    for kind in sorted({kind for kind, _ in found}):
        cells = [found[kind, name] for name in FILES]
        shares = [f"{sum(c):6} of {len(c):<4}" if c else " " * 14 for c in cells]
        print(f"{kind:17}" + "".join(shares))


if __name__ == "__main__":
    main()
