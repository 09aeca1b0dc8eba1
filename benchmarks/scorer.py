"""How well looking claims up finds wrong summaries, and how often it accuses right ones.

    python -m benchmarks.scorer DATA_FOLDER [-v]

DATA_FOLDER holds `dev/frank.jsonl.xz` and `dev/summedits_news.jsonl.xz` (summaries labelled right
or wrong by people) and `dev/cnn.jsonl.xz`.
"""

import json
import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarize.records import Article, Evidence, Sentence, Span
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
        accuracy = (recall + 1 - alarms) / 2
        print(f"  {kind:24} n {len(wrong):4}  flagged {recall:.1%}  balanced accuracy {accuracy:.3f}"
              f"  AUC {auc(right, wrong):.3f}")  # fmt: skip
    claims: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for record, evidence in rows:
        for e in evidence if record["label"] == 1 else ():
            claims[e.claim.kind] += 1
            if e.verdict in ("absent", "contradicted"):
                bad[e.claim.kind] += 1
                if verbose:
                    print(
                        f"    {e.claim.kind} {e.claim.text!r} {e.claim.value} {e.claim.unit!r} in: {record['id']} {record['summary']}"
                    )
    for kind in claims:
        print(f"  of {claims[kind]} {kind} claims in right summaries {bad[kind]} not supported")


def main() -> None:
    """Print the report for every set."""
    folder = Path(sys.argv[1])
    for name in ("frank", "summedits_news"):
        report(name, list(judged(records_of(folder, name))), verbose="-v" in sys.argv)


if __name__ == "__main__":
    main()
