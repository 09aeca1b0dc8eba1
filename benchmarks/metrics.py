"""What is measured on one summary: likeness to references, surface, and truth to the documents.

ROUGE compares with what people wrote (Lin 2004, as the package rouge_score computes it); the
surface measures need the documents only; faithfulness is judged by the package's own lookup
(`summarize.scoring`), so it says how many claims can be found, not how many are true.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import chain
from types import SimpleNamespace
from typing import Any, Literal

from benchmarks.records import Example, Output
from benchmarks.systems.budget import source_sentences
from summarize import scoring
from summarize.language import parse_all, parser_version
from summarize.records import Claim, Evidence, Sentence
from summarize.scoring import SourceIndex
from summarize.sentences import sentence_spans
from summarize.settings import Length
from summarize.words import content_stems

__all__ = ["METRICS", "Metric", "rouge", "score", "sentences_of", "signature"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A row of the table of metrics: `label` heads a column, `about` explains it in a line.

    `better` says which of two values is the better one; "neither" where it depends.
    """

    name: str
    label: str
    better: Literal["higher", "lower", "neither"]
    about: str


METRICS: tuple[Metric, ...] = (
    Metric("rouge1", "ROUGE-1", "higher", "F1 of the words shared with the best reference"),
    Metric("rouge2", "ROUGE-2", "higher", "F1 of the word pairs shared with the best reference"),
    Metric("rougeL", "ROUGE-L", "higher", "F1 of the longest common subsequence of the texts"),
    Metric("rougeLsum", "ROUGE-Lsum", "higher", "the same, sentence by sentence"),
    Metric("words", "words", "neither", "white-space separated tokens"),
    Metric("sentences", "sentences", "neither", "sentences, as the system divides its text"),
    Metric("compression", "compression", "neither", "words of the summary per source word"),
    Metric("novelty", "novelty", "neither", "share of the word pairs that are in no document"),
    Metric("repetition", "repetition", "lower", "share of the word triples said before"),
    Metric("length_error", "length error", "neither", "(length - budget) / budget; 0 is best"),
    Metric("precision", "precision", "higher", "share of the claims that the documents support"),
    Metric("claims", "claims", "neither", "names, numbers and dates"),
    Metric("coverage", "coverage", "higher", "share of the reference's supported claims it holds"),
    Metric("citation_support", "cited", "higher", "share of the sentences borne out by citations"),
)
"""Every metric of `score`, in the order of its keys."""

# A sentence is borne out by what it cites when at least this share of its different content stems
# stands there. Chosen, not measured; what `summarize.verify` asks of a further receipt.
_BORNE_OUT = 0.8

# A word of an n-gram. Marks end it, so that "home.The" and "don’t" are read alike everywhere.
_RUN = re.compile(r"[^\W_]+")

# Texts kept tokenized: those of the current example under many systems.
_TEXTS = 1_000


def score(
    example: Example, output: Output, length: Length, *, faithfulness: bool = True
) -> dict[str, float | None]:
    """The value of every metric for a summary that was to have `length`.

    Shares and F1 lie between 0 and 1. None stands where there is nothing to measure: ROUGE and
    coverage without references, precision without claims, novelty and repetition without two or
    three words in a row, citation support where the system cites nothing. A summary without words
    has ROUGE and coverage 0. Without `faithfulness` nothing is parsed and no claim judged. Systems
    are scored on the same example fastest one after the other.
    """
    values = {**rouge(output, example.references), **_surface(example, output, length)}
    return values | _faithfulness(example, output) if faithfulness else values


def rouge(output: Output, references: Sequence[str]) -> dict[str, float | None]:
    """F1 of each ROUGE measure with the reference that fits it best; None without references.

    The values of rouge_score's `score_multi` with stemming; for ROUGE-Lsum our splitter divides the
    references into sentences.
    """
    if not references:
        return dict.fromkeys(("rouge1", "rouge2", "rougeL", "rougeLsum"))
    whole = _scorer("rouge1", "rouge2", "rougeL").score_multi(references, output.text)
    by_sentence = _scorer("rougeLsum").score_multi(
        [_on_lines(reference) for reference in references], "\n".join(output.sentences)
    )
    return {name: float(found.fmeasure) for name, found in (whole | by_sentence).items()}


def signature(*, faithfulness: bool = True) -> str:
    """All that changes a value, with versions: values are only compared under the same one."""
    parts = [
        f"rouge-score:{version('rouge-score')},stem-nltk-{version('nltk')},f1,best-of-refs",
        f"split:syntok-{version('syntok')}",
        "metrics:1",
    ]
    if faithfulness:
        parts += [
            f"parser:{parser_version().replace(' ', '-')},spacy-{version('spacy')}",
            f"scorer:{scoring.SIGNATURE}",
            f"citations:stems>={_BORNE_OUT}",
        ]
    return "|".join(parts)


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text whose paragraphs end at line ends."""
    for line in text.split("\n"):
        for span in sentence_spans(line):
            yield line[span.start : span.end]


@cache
def _scorer(*measures: str) -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(measures, tokenizer=SimpleNamespace(tokenize=_tokenizer()))


@cache
def _tokenizer() -> Callable[[str], list[str]]:
    """rouge_score's own tokenizer with stemming; every different text is tokenized once."""
    from rouge_score.tokenizers import DefaultTokenizer

    tokenize: Callable[[str], list[str]] = DefaultTokenizer(use_stemmer=True).tokenize
    return lru_cache(_TEXTS)(tokenize)


@lru_cache(_TEXTS)
def _on_lines(text: str) -> str:
    return "\n".join(sentences_of(text))


def _surface(example: Example, output: Output, length: Length) -> dict[str, float | None]:
    size = len(output.text.split())
    source_size = sum(len(text.split()) for text in example.documents)
    pairs = set(_ngrams(output.sentences, 2))
    triples = list(_ngrams(output.sentences, 3))
    used = size if length.unit == "words" else len(output.sentences)
    return {
        "words": size,
        "sentences": len(output.sentences),
        "compression": size / source_size if source_size else None,
        "novelty": len(pairs - _source_pairs(example)) / len(pairs) if pairs else None,
        "repetition": 1 - len(set(triples)) / len(triples) if triples else None,
        "length_error": (used - length.count) / length.count,
    }


def _ngrams(texts: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """The runs of `size` words, letters folded; none goes across from one text to the next."""
    for text in texts:
        folded = _RUN.findall(text.casefold())
        yield from zip(*(folded[start:] for start in range(size)), strict=False)


@lru_cache(maxsize=2)
def _source_pairs(example: Example) -> frozenset[tuple[str, ...]]:
    return frozenset(_ngrams(example.documents, 2))


def _faithfulness(example: Example, output: Output) -> dict[str, float | None]:
    sources, references = _sources(example), _reference_facts(example)
    # In one go parsing takes less than half as long as sentence by sentence.
    parse_all(output.sentences)
    claims = [_holds(e) for text in output.sentences for e in sources.judge(text)]
    summary = SourceIndex(_as_sources(output.sentences))
    return {
        "precision": _mean(claims),
        "claims": len(claims),
        "coverage": _mean([_held(facts, summary) for facts in references if facts]),
        "citation_support": _citation_support(example, output),
    }


def _holds(evidence: Evidence) -> bool:
    return evidence.verdict in {"supported", "derived"}


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _as_sources(texts: Iterable[str]) -> list[Sentence]:
    return [Sentence("", number, 0, len(text), text) for number, text in enumerate(texts)]


@lru_cache(maxsize=2)
def _sources(example: Example) -> SourceIndex:
    titles = {str(number): title for number, title in enumerate(example.titles) if title}
    return SourceIndex(chain.from_iterable(source_sentences(example)), titles, _published(example))


def _published(example: Example) -> dict[str, date]:
    """The days of publication that are known, by the documents' numbers."""
    found = {}
    for number, text in enumerate(example.dates):
        with suppress(ValueError):
            found[str(number)] = date.fromisoformat(text[:10])
    return found


_Facts = tuple[tuple[str, frozenset[Claim]], ...]
"""The sentences of a reference, each with its claims that the documents support."""


@lru_cache(maxsize=2)
def _reference_facts(example: Example) -> tuple[_Facts, ...]:
    """For each reference the sentences that say something the documents support."""
    return tuple(tuple(_facts(text, _sources(example))) for text in example.references)


def _facts(reference: str, sources: SourceIndex) -> Iterator[tuple[str, frozenset[Claim]]]:
    sentences = list(sentences_of(reference))
    parse_all(sentences)
    for sentence in sentences:
        supported = _supported(sentence, sources)
        if supported:
            yield sentence, supported


def _supported(sentence: str, sources: SourceIndex) -> frozenset[Claim]:
    return frozenset(found.claim for found in sources.judge(sentence) if _holds(found))


def _held(facts: _Facts, summary: SourceIndex) -> float:
    """Share of a reference's supported claims, at least one, that the summary holds as well."""
    held = sum(len(claims & _supported(sentence, summary)) for sentence, claims in facts)
    return held / sum(len(claims) for _, claims in facts)


def _citation_support(example: Example, output: Output) -> float | None:
    if not any(output.citations):
        return None
    return _mean([
        _is_borne_out(text, cited, example)
        for text, cited in zip(output.sentences, output.citations, strict=True)
    ])  # fmt: skip


def _is_borne_out(text: str, cited: Sequence[str], example: Example) -> bool:
    """Whether the cited sentences alone support all claims of `text` and hold nearly its words.

    What a document's date makes of their "Sunday" counts as theirs.
    """
    sources = [
        replace(sentence, article_id=_document(sentence.text, example))
        for sentence in _as_sources(cited)
    ]
    verdicts = SourceIndex(sources, {}, _published(example)).judge(text)
    if not cited or not all(_holds(evidence) for evidence in verdicts):
        return False
    for claim in (evidence.claim for evidence in verdicts if evidence.claim.kind == "date"):
        text = text[: claim.start] + " " * (claim.end - claim.start) + text[claim.end :]
    stems = {stem for stem in content_stems(text) if not stem.isdigit()}
    there = {stem for sentence in cited for stem in content_stems(sentence)}
    return len(stems & there) >= _BORNE_OUT * len(stems)


def _document(sentence: str, example: Example) -> str:
    """The number of the first document that holds the sentence, empty if none does."""
    numbers = (str(n) for n, text in enumerate(example.documents) if sentence in text)
    return next(numbers, "")
