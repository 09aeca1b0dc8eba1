"""How well looking claims up finds wrong summaries, and how often it accuses right ones.

    python -m benchmarks.studies.scorer DATA_FOLDER [-v]

DATA_FOLDER holds `dev/frank.jsonl.xz` and `dev/summedits_news.jsonl.xz` (summaries people labelled
right or wrong) and `dev/cnn.jsonl.xz` (articles with editors' highlights). A summary is flagged
when one of its claims is absent or contradicted. The last report corrupts highlights of which every
claim is supported, one claim at a time: with a value from elsewhere ("invented"), or with another
value of the same kind from the same article ("swapped", which a lookup cannot see).

Measured on dev/ (rules of `summarize.scoring.SIGNATURE`, tuned there):

    FRANK, 211 right summaries      4 flagged (1.9 %): 2 of 301 numbers, 0 of 122 names, 2 of 117
                                    dates; three of the four indeed stand in no source
    FRANK, 341 wrong summaries      18.8 % flagged, balanced accuracy .584; most with circumstance
                                    (19.5 %) and out-of-article errors (15.5 %). Most texts are in
                                    small letters, where names are not looked for
    SummEdits, 152 right summaries  20 flagged (13.2 %), all for one date of one article that the
                                    sentence splitter cuts in two; no name or number
    SummEdits, 231 wrong summaries  26.8 % flagged, balanced accuracy .568 (edits of names .586;
                                    most edits change common nouns, verbs or negations)
    CNN, one claim changed          93.9 % of invented names, 86.8 % of invented numbers and 77.4 %
                                    of invented dates flagged; none of those swapped

So what is flagged is nearly always wrong, and most of what is wrong is not flagged.
"""

import json
import lzma
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarize.claims import extract
from summarize.records import Article, Claim, Evidence, Sentence, Span
from summarize.scoring import SourceIndex
from summarize.sentences import sentence_spans, split_sentences

Record = dict[str, Any]


def records_of(folder: Path, name: str) -> list[Record]:
    """The records of `dev/NAME.jsonl.xz`."""
    with lzma.open(folder / "dev" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def source_sentences(text: str, name: str) -> tuple[Sentence, ...]:
    """The sentences of a source text whose paragraphs end at line ends."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return split_sentences(Article(name, name, text, paragraphs=tuple(spans)))


def judged(records: list[Record]) -> Iterator[tuple[Record, list[Evidence]]]:
    """Every record with the evidence for its summary's claims."""
    indexes: dict[str, SourceIndex] = {}
    for record in records:
        text = "\n".join(record["documents"])
        if text not in indexes:
            indexes = {text: SourceIndex(source_sentences(text, record["id"]))}
        summary = record["summary"]
        sentences = [summary[span.start : span.end] for span in sentence_spans(summary)]
        yield record, [e for s in sentences for e in indexes[text].judge(s)]


def bad_share(evidence: list[Evidence]) -> float:
    """Share of the claims that are not supported; 0 without claims."""
    bad = sum(e.verdict in ("absent", "contradicted") for e in evidence)
    return bad / len(evidence) if evidence else 0.0


def auc(right: list[float], wrong: list[float]) -> float:
    """Chance that a wrong summary has the larger share, ties counting half."""
    wins = sum((w > r) + 0.5 * (w == r) for w in wrong for r in right)
    return wins / (len(right) * len(wrong))


def report(name: str, rows: list[tuple[Record, list[Evidence]]], *, verbose: bool) -> None:
    """Print detection and false alarms for one set of labelled summaries."""
    right = [bad_share(e) for r, e in rows if r["label"] == 1]
    by_type: dict[str, list[float]] = defaultdict(list)
    for record, evidence in rows:
        if record["label"] != 1:
            for kind in {"all", *record.get("error_types", [])}:
                by_type[str(kind)].append(bad_share(evidence))
    alarms = sum(share > 0 for share in right) / len(right)
    print(f"{name}: {len(right)} right summaries, false alarm on {alarms:.1%}")
    for kind, wrong in sorted(by_type.items()):
        recall = sum(share > 0 for share in wrong) / len(wrong)
        print(
            f"  {kind:28} n {len(wrong):4}  flagged {recall:6.1%}"
            f"  balanced accuracy {(recall + 1 - alarms) / 2:.3f}  AUC {auc(right, wrong):.3f}"
        )
    claims = [(record, e) for record, found in rows if record["label"] == 1 for e in found]
    bad = [(record, e) for record, e in claims if e.verdict in ("absent", "contradicted")]
    wrongly = Counter(e.claim.kind for _, e in bad)
    for kind, number in Counter(e.claim.kind for _, e in claims).items():
        print(f"  of {number} {kind} claims in right summaries {wrongly[kind]} not supported")
    for record, e in bad if verbose else ():
        print(
            f"    {e.claim.kind} {e.claim.text!r} ({e.claim.value} {e.claim.unit}) {record['id']}"
        )


def corrupted(records: list[Record]) -> Iterator[tuple[str, str, bool]]:
    """For every change made to a true highlight: the claim's kind, the way, and whether flagged."""
    chance = random.Random(13)  # noqa: S311
    pool: dict[str, list[Claim]] = defaultdict(list)
    for record in records:
        for claim in extract(" ".join(record["summary"].split())):
            pool[claim.kind].append(claim)
    for record in records:
        sources = source_sentences("\n".join(record["documents"]), record["id"])
        index = SourceIndex(sources)
        own = [claim for sentence in sources for claim in extract(sentence.text)]
        for line in record["summary"].split("\n"):
            evidence = index.judge(line)
            if any(e.verdict in ("absent", "contradicted") for e in evidence):
                continue
            for e in evidence:
                for way, offers in (("invented", pool[e.claim.kind]), ("swapped", own)):
                    changed = _changed(line, e.claim, offers, chance)
                    if changed:
                        verdicts = [j.verdict for j in index.judge(changed)]
                        flagged = "absent" in verdicts or "contradicted" in verdicts
                        yield e.claim.kind, way, flagged


def _changed(line: str, claim: Claim, offers: list[Claim], chance: random.Random) -> str:
    """`line` with another value in the place of `claim`; empty where there is none."""
    like = [
        other
        for other in offers
        if other.kind == claim.kind
        and other.value != claim.value
        and (claim.kind != "number" or other.unit == claim.unit or not other.unit)
    ]
    if not like:
        return ""
    return line[: claim.start] + chance.choice(like).text + line[claim.end :]


def main() -> None:
    """Print the report for every set."""
    folder = Path(sys.argv[1])
    for name in ("frank", "summedits_news"):
        report(name, list(judged(records_of(folder, name))), verbose="-v" in sys.argv)
    outcome: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for kind, way, flagged in corrupted(records_of(folder, "cnn")[:100]):
        outcome[kind, way].append(flagged)
    for (kind, way), flags in sorted(outcome.items()):
        print(f"{way} {kind}: {sum(flags)} of {len(flags)} flagged ({sum(flags) / len(flags):.1%})")


if __name__ == "__main__":
    main()
