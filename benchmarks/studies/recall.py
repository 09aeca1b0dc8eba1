"""Whether recall against the important claims tells good summaries from arbitrary ones.

    python -m benchmarks.studies.recall DATA_FOLDER [RECORDS]

DATA_FOLDER holds `dev/*.jsonl.xz`. For each record three summaries of one length are compared, that
of the human summary in words: the leads of its documents in turn, the human one, and sentences
drawn with a fixed seed. A definition of importance is good when people's summaries have a higher
recall than drawn sentences in most records; leads have it by construction.

Measured on 100 records each (title and first sentence, weighed by sources): mean recall of leads,
people's summaries and drawn sentences .69, .51, .27 on NeuS clusters and .89, .45, .28 on CNN
articles; people's are above drawn ones in 84 and 67 of 100 (with three sentences in 81 and 66, with
five in 80 and 71; claims that several sources share in their first five sentences, with the title
and the first sentence: 80 and 67).
"""

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from statistics import mean

from benchmarks.studies.data import records
from summarize.cleaning import clean_all
from summarize.language import parse_all
from summarize.reading.build import line_spans
from summarize.records import Article, Evidence, Sentence
from summarize.scoring import SourceIndex
from summarize.scoring.importance import key_claims, openings
from summarize.scoring.inputs import source_article
from summarize.scoring.scores import KeyClaim
from summarize.sentences import sentence_spans, split_sentences

_SETS = ("neus_fulltext", "cnn")
_SEED = 13
_MOST = 5

Weigh = Callable[[KeyClaim], int]
Judged = Sequence[Sequence[Evidence]]


def examples(folder: Path, name: str, most: int) -> Iterator[tuple[tuple[Article, ...], str]]:
    """Articles and human summary of the records of a set."""
    for record in islice(records(folder / "dev", name), most):
        summary = record.get("summary") or record["references"][0]
        titles = record.get("titles") or [""] * len(record["documents"])
        yield tuple(_articles(record["documents"], titles)), summary


def _articles(texts: Sequence[str], titles: Sequence[str]) -> Iterator[Article]:
    for number, (text, title) in enumerate(zip(texts, titles, strict=True)):
        article = source_article(text, number)
        yield Article(article.id, article.path, text, title or None, paragraphs=line_spans(text))


def summaries(texts: Sequence[Sequence[Sentence]], human: str) -> dict[str, list[str]]:
    """The three summaries of a record, sentence by sentence."""
    words = len(human.split())
    turns = [s.text for row in zip_longest(*texts) for s in row if s is not None]
    drawn = [s.text for text in texts for s in text]
    random.Random(_SEED).shuffle(drawn)  # noqa: S311
    written = [
        line[span.start : span.end] for line in human.split("\n") for span in sentence_spans(line)
    ]
    return {"lead": _cut(turns, words), "human": written, "drawn": _cut(drawn, words)}


def _cut(sentences: Sequence[str], words: int) -> list[str]:
    """The first sentences; the last is cut where the words are used up."""
    kept: list[str] = []
    for sentence in sentences:
        if words <= 0:
            break
        kept.append(" ".join(sentence.split()[:words]))
        words -= len(sentence.split())
    return kept


def keys(
    cleaned: Sequence[Article], texts: Sequence[Sequence[Sentence]], judged: Judged
) -> dict[str, tuple[KeyClaim, ...]]:
    """The important claims by each definition: n sentences, with or without the title."""
    found = {}
    for size in (1, 2, 3, _MOST):
        opening = openings(cleaned, texts, size)
        found[f"title+{size}"] = key_claims(opening, judged)
        found[f"{size}"] = key_claims([s for s in opening if s.index >= 0], judged)
    shared = [key for key in found[f"title+{_MOST}"] if key.weight > 1]
    places = {(key.article_id, key.start) for key in shared}
    alone = [k for k in found["title+1"] if (k.article_id, k.start) not in places]
    found["shared+title+1"] = (*shared, *alone)
    return found


def recall(found: Sequence[KeyClaim], weigh: Weigh) -> float:
    """The share of the claims, by weight, that is stated."""
    total = sum(map(weigh, found))
    return sum(weigh(key) for key in found if key.stated_in) / total if total else 0.0


def main(folder: Path, most: int) -> None:
    """Print mean recalls, and how often one summary's is above another's (ties are half)."""
    weighings: dict[str, Weigh] = {"flat": lambda _: 1, "by sources": lambda key: key.weight}
    for name in _SETS:
        table: dict[tuple[str, str], dict[str, list[float]]] = {}
        sizes: dict[str, list[int]] = {}
        for articles, human in examples(folder, name, most):
            texts = [split_sentences(article) for article in articles]
            cleaned, _ = clean_all(articles)
            content = [split_sentences(article) for article in cleaned]
            index = SourceIndex([s for text in texts for s in text])
            for kind, sentences in summaries(content, human).items():
                parse_all(sentences)
                judged = [index.judge(sentence) for sentence in sentences]
                for definition, found in keys(cleaned, texts, judged).items():
                    sizes.setdefault(definition, []).append(len(found))
                    for how, weigh in weighings.items():
                        row = table.setdefault((definition, how), {})
                        row.setdefault(kind, []).append(recall(found, weigh))
        print(
            f"\n{name}\n{'important':22}{'claims':>7}   lead  human  drawn  human>drawn  lead>drawn"
        )
        for (definition, how), row in table.items():
            means = "".join(f"{mean(row[kind]):7.3f}" for kind in ("lead", "human", "drawn"))
            above = [_above(row[kind], row["drawn"]) for kind in ("human", "lead")]
            label = f"{definition}, {how}"
            print(
                f"{label:26}{mean(sizes[definition]):5.1f}{means}{above[0]:11.3f}{above[1]:12.3f}"
            )


def _above(one: Sequence[float], other: Sequence[float]) -> float:
    return mean((a > b) + (a == b) / 2 for a, b in zip(one, other, strict=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
