"""How well time expressions are found and normalised, and how fast.

    python -m benchmarks.studies.timex DATA [--errors a|b] [--parsed]

DATA is a folder with `timebank.jsonl.xz` (a record a line with `id`, `text`, `dct` for the creation
time, and `timexes` with `start`, `end`, `type`, `value`). Scored as in TempEval-3 (UzZaman et al.,
2013): an expression is found when it overlaps an annotated one (each counts once), and
value F1 = share of the found ones with the annotated value x F1 of finding. Rules were made on the
documents of half a; half b was left alone. `--parsed` asks spaCy instead of the words around an
expression whether it lies ahead.
"""

import argparse
import hashlib
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.studies.data import records
from summarize.dating.tagger import Timex, tag
from summarize.dating.tense import governing_verb, looks_ahead, outlook
from summarize.language import parse

Record = dict[str, Any]
Pair = tuple[dict[str, Any] | None, Timex | None]


def half(record: Record) -> str:
    """The half of the set a document belongs to."""
    return "ab"[int(hashlib.sha256(record["id"].encode()).hexdigest(), 16) % 2]


def pairs(gold: Sequence[dict[str, Any]], found: Sequence[Timex]) -> Iterator[Pair]:
    """Each annotated expression with the first overlapping found one, then those left over."""
    left = list(found)
    for marked in gold:
        hits = (t for t in left if t.start < marked["end"] and marked["start"] < t.end)
        hit = next(hits, None)
        if hit is not None:
            left.remove(hit)
        yield marked, hit
    yield from ((None, extra) for extra in left)


def scores(matched: Sequence[Pair]) -> str:
    """Relaxed and strict finding, values and types as one line."""
    gold = sum(marked is not None for marked, _ in matched)
    found = sum(hit is not None for _, hit in matched)
    both = [(marked, hit) for marked, hit in matched if marked is not None and hit is not None]
    strict = sum((m["start"], m["end"]) == (t.start, t.end) for m, t in both)
    values = sum(m["value"] == t.value for m, t in both)
    types = sum(m["type"] == t.kind for m, t in both)

    def f1(hits: int) -> float:
        return 2 * hits / (found + gold)

    return (
        f"gold {gold:4}  P {len(both) / found:.3f}  R {len(both) / gold:.3f}  "
        f"span F1 {f1(len(both)):.3f}  strict {f1(strict):.3f}  type F1 {f1(types):.3f}  "
        f"VALUE F1 {f1(values):.3f} (accuracy {values / len(both):.3f})"
    )


def errors(matched: Sequence[Pair]) -> Counter[str]:
    """What went wrong, most frequent first when asked for it."""
    seen: Counter[str] = Counter()
    for marked, hit in matched:
        if marked is None and hit is not None:
            seen[f"SPURIOUS {hit.kind} {hit.text!r} {hit.value}"] += 1
        elif marked is not None and hit is None:
            seen[f"MISSED {marked['type']} {marked['text']!r} {marked['value']}"] += 1
        elif marked is not None and hit is not None and marked["value"] != hit.value:
            seen[
                f"WRONG {marked['text']!r} is {marked['value']}, not {hit.value} {hit.text!r}"
            ] += 1
    return seen


def parsed_outlook(text: str, start: int, end: int) -> bool:
    """Whether the verb that governs the expression looks ahead, as spaCy parses its sentence."""
    first = max((m.end() for m in re.finditer(r"[.!?]['\"]*\s|\n\n", text[:start])), default=0)
    last = re.compile(r"[.!?](?=\s)|\n\n|$").search(text, end)
    doc = parse(text[first : last.end() if last else len(text)])
    span = doc.char_span(start - first, end - first, alignment_mode="expand")
    verb = governing_verb(span.root) if span is not None else None
    return verb is not None and outlook(verb) == "ahead"


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", choices=("a", "b"))
    parser.add_argument("--parsed", action="store_true")
    options = parser.parse_args()
    ahead = parsed_outlook if options.parsed else looks_ahead

    def work(record: Record) -> tuple[Timex, ...]:
        return tag(record["text"], date.fromisoformat(record["dct"][:10]), ahead)

    news = list(records(options.data, "timebank"))
    # The parser is loaded and every pattern used once before the clock starts.
    tag("It will meet on Monday.", date(1998, 8, 7), ahead)
    start = time.process_time()
    found = [work(record) for record in news]
    seconds = time.process_time() - start
    matched = {r["id"]: list(pairs(r["timexes"], f)) for r, f in zip(news, found, strict=True)}
    for name in ("a", "b", "ab"):
        chosen = [pair for r in news if half(r) in name for pair in matched[r["id"]]]
        print(f"{name:3} {scores(chosen)}")
        if options.errors == name:
            for line, count in sorted(errors(chosen).items(), key=lambda e: (e[0][:5], -e[1], e)):
                print(f"{count:5} {line}")
    print(f"documents/s of CPU time {len(news) / seconds:.0f}")


if __name__ == "__main__":
    main()
