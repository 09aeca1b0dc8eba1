"""Labelled sentences to learn support from: `python -m benchmarks.studies.support_pairs DATA OUT`.

Each line of OUT has a sentence, the source sentences closest to it, whether it is true to them, the
kind of change, and the words that were changed. True ones are sentences of human summaries whose
names and numbers stand in the article, and source sentences, whole or without some adjuncts; every
true one is followed by one or two false ones made from it, so that neither the style nor the
subject tells them apart. The words put in come from the same article, from the nearest words of
the encoder's vocabulary, or from other articles.
"""

import json
import lzma
import random
import re
import sys
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corruption.negation import other_polarity
from benchmarks.corruption.roles import other_roles
from summarize.language import parse_all
from summarize.support.index import TokenIndex
from summarize.support.tokens import is_content, is_number, tokens

_SEED = 7
# Quicker than the package's splitter, and good enough to learn from.
_END = re.compile(r"(?<=[a-z0-9)”\"][.!?]|[.!?][”\"])\s+(?=[A-Z“\"])")
_LIMITS = {"cnn": 3000, "dailymail2020": 3000, "newsagg2026": 1200, "neus_fulltext": 600}
_ANTONYMS = """
accept:reject rise:fall rose:fell risen:fallen rising:falling up:down increase:decrease
increased:decreased increasing:decreasing gain:loss gained:lost win:lose won:lost winning:losing
victory:defeat guilty:innocent convicted:acquitted conviction:acquittal arrested:released
approve:reject approved:rejected approval:rejection pass:fail passed:failed open:close opened:closed
opening:closing start:end started:ended began:ended begin:end before:after more:less more:fewer
most:least high:low higher:lower highest:lowest first:last early:late earlier:later best:worst
better:worse good:bad strong:weak stronger:weaker large:small larger:smaller big:small bigger:smaller
old:new older:younger young:old rich:poor long:short longer:shorter fast:slow faster:slower
hot:cold hotter:colder warm:cool public:private national:local north:south northern:southern
east:west eastern:western left:right allow:ban allowed:banned allow:prevent support:oppose
supported:opposed supporting:opposing supporters:opponents agree:disagree agreed:refused
deny:confirm denied:confirmed denied:admitted deny:admit denies:admits praise:criticize
praised:criticized praised:criticised join:leave joined:left arrive:depart arrived:departed
enter:leave entered:left buy:sell bought:sold buying:selling buyer:seller save:spend saved:spent
attack:defend attacked:defended safe:dangerous legal:illegal lawful:unlawful male:female man:woman
men:women boy:girl boys:girls he:she his:her father:mother son:daughter brother:sister
husband:wife king:queen alive:dead survived:died survive:die living:dying death:birth killed:saved
add:remove added:removed raise:lower raised:lowered raising:lowering raise:cut raised:cut
expand:reduce expanded:reduced grow:shrink grew:shrank growth:decline strengthen:weaken success:failure
successful:unsuccessful succeeded:failed possible:impossible likely:unlikely able:unable
include:exclude included:excluded including:excluding with:without over:under above:below
inside:outside always:never often:rarely many:few all:some all:none every:no everyone:nobody
majority:minority ally:enemy allies:enemies friend:enemy peace:war love:hate happy:sad
healthy:sick positive:negative optimistic:pessimistic advantage:disadvantage remember:forget
remembered:forgot accelerate:slow accelerated:slowed improve:worsen improved:worsened
temporary:permanent temporarily:permanently voluntary:mandatory required:optional
minimum:maximum profit:loss profits:losses income:expenses import:export imports:exports
hire:fire hired:fired appointed:dismissed promote:demote promoted:demoted resume:suspend
resumed:suspended continue:stop continued:stopped keep:abandon kept:abandoned maintain:abandon
encourage:discourage encouraged:discouraged ease:tighten eased:tightened tightened:loosened
democrat:republican democrats:republicans democratic:republican conservative:liberal
day:night morning:evening today:yesterday tomorrow:yesterday hours:minutes minutes:seconds
days:weeks weeks:months months:years million:billion thousands:hundreds hundreds:dozens
"""
_OPPOSITE: dict[str, list[str]] = defaultdict(list)
for _pair in _ANTONYMS.split():
    _one, _other = _pair.split(":")
    _OPPOSITE[_one].append(_other)
    _OPPOSITE[_other].append(_one)
_HEDGES = {
    "may": "will",
    "might": "will",
    "could": "will",
    "will": "may",
    "would": "might",
    "allegedly": "",
    "reportedly": "",
    "alleged": "",
    "suspected": "convicted",
}
_TAGS = frozenset({"NN", "NNS", "NNP", "VBD", "VBN", "VBG", "VB", "VBZ", "JJ"})


def _read(path: Path):
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _sentences(text: str) -> list[str]:
    return [part for line in text.split("\n") if line.strip() for part in _END.split(line.strip())]


class Neighbours:
    """The words nearest to a word among those of its tag, by the encoder's input vectors."""

    def __init__(self, models: Path, words: dict[str, set[str]]) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        vectors = load_file(models / "encoder.safetensors")["embeddings.word_embeddings.weight"]
        vectors = vectors.astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
        ids = Tokenizer.from_file(str(models / "tokenizer.json")).get_vocab()
        self._words = {
            tag: sorted(w for w in held if w.lower() in ids) for tag, held in words.items()
        }
        self._vectors = {
            tag: vectors[[ids[w.lower()] for w in held]]
            for tag, held in self._words.items()
            if held
        }
        self._place = {tag: {w: i for i, w in enumerate(held)} for tag, held in self._words.items()}
        self._kept: dict[tuple[str, str], list[str]] = {}

    def of(self, word: str, tag: str) -> list[str]:
        if (word, tag) not in self._kept:
            place = self._place.get(tag, {}).get(word)
            found: list[str] = []
            if place is not None:
                order = np.argsort(-(self._vectors[tag] @ self._vectors[tag][place]))[1:40]
                found = [self._words[tag][i] for i in order]
                found = [w for w in found if w.lower()[:4] != word.lower()[:4]][2:24]
            self._kept[word, tag] = found
        return self._kept[word, tag]


def _swap(doc: Any, token: Any, new: str) -> str:
    if token.text[0].isupper() and new:
        new = new[0].upper() + new[1:]
    return doc.text[: token.idx] + new + doc.text[token.idx + len(token.text) :]


def _number(text: str, chance: random.Random) -> str | None:
    small = "two three four five six seven eight nine ten eleven twelve".split()
    if text.lower() in small:
        return chance.choice([w for w in small if w != text.lower()])
    digits = text.replace(",", "")
    if not digits.replace(".", "").isdigit():
        return None
    if "." in digits:
        return f"{float(digits) * chance.choice([0.7, 0.9, 1.1, 1.3, 1.6]):.{len(digits.split('.')[1])}f}"
    value = int(digits[:12])
    if 1900 < value < 2100:
        return str(value + chance.choice([-9, -4, -2, -1, 1, 2, 3, 6]))
    scale = 10 ** max(0, len(digits) - 2)
    new = value + chance.choice([-3, -2, -1, 1, 2, 3, 5]) * (scale if chance.random() < 0.7 else 1)
    new = new if new > 0 else value + 4
    return f"{new:,}" if "," in text else str(new)


def _corrupt(
    doc: Any,
    article: dict[str, list[str]],
    pool: dict[str, list[str]],
    near: Neighbours,
    known: TokenIndex,
    chance: random.Random,
    phrases: list[str],
):
    """A false version and the changed stretch, or None."""
    kinds = ["word"] * 6 + ["name"] * 4 + ["number"] * 4 + ["opposite"] * 4 + ["polarity"] * 2
    kinds += ["role"] * 2 + ["phrase"] * 3 + ["hedge"]
    for kind in chance.sample(kinds, 8):
        toks = list(doc)
        chance.shuffle(toks)
        if kind == "polarity":
            text = next(iter(other_polarity(doc, chance)), None)
            if text:
                return kind, text
        elif kind == "role":
            text = next(iter(other_roles(doc, chance)), None)
            if text:
                return kind, text
        elif kind == "phrase" and phrases:
            places = [
                t
                for t in toks
                if t.tag_ in {"NN", "NNS", "NNP"}
                and t.i + 1 < len(doc)
                and doc[t.i + 1].text in {",", ".", "and", "in", "on", "after"}
            ]
            if places:
                end = places[0].idx + len(places[0].text)
                return kind, f"{doc.text[:end]} {chance.choice(phrases)}{doc.text[end:]}"
        else:
            for token in toks:
                low = token.lower_
                new = None
                if kind == "opposite" and low in _OPPOSITE:
                    new = chance.choice(_OPPOSITE[low])
                elif kind == "hedge" and low in _HEDGES:
                    new = _HEDGES[low]
                elif kind == "number" and token.tag_ == "CD":
                    new = _number(token.text, chance)
                elif kind == ("name" if token.tag_ == "NNP" else "word") and token.tag_ in _TAGS:
                    if not is_content(low) or not token.is_alpha or len(low) < 3:
                        continue
                    which = chance.random()
                    offers = near.of(token.text if token.tag_ == "NNP" else low, token.tag_)
                    if which < 0.35 or not offers:
                        offers = article.get(token.tag_, [])
                    elif which > 0.8:
                        offers = pool[token.tag_][:20000]
                    offers = (
                        [
                            w
                            for w in islice((chance.choice(offers) for _ in range(6)), 6)
                            if w.lower()[:4] != low[:4]
                        ]
                        if offers
                        else []
                    )
                    own = {t.lower_ for t in doc}
                    offers = [w for w in offers if w.lower() not in own]
                    new = offers[0] if offers else None
                if new is not None and new != low:
                    if "  " in (text := _swap(doc, token, new)):
                        text = text.replace("  ", " ")
                    return kind, text
    return None


def _pruned(doc: Any, chance: random.Random) -> str | None:
    """The sentence without one or two adjuncts, which stays true."""
    cut: set[int] = set()
    ways = [
        t
        for t in doc
        if t.dep_ in {"prep", "npadvmod", "amod", "appos", "relcl", "advcl", "acl"}
        and t.lower_ not in {"of", "to", "than", "former", "without"}
        and t.head.i < t.i
        or t.dep_ == "amod"
    ]
    chance.shuffle(ways)
    for token in ways[: chance.choice([1, 1, 2])]:
        branch = list(token.subtree)
        if len(branch) < 0.5 * len(doc) and not any(t.dep_ == "neg" for t in branch):
            cut |= {t.i for t in branch}
    if not cut:
        return None
    text = "".join(t.text_with_ws for t in doc if t.i not in cut)
    text = (
        text.replace(" ,,", ",").replace(" , ,", ",").replace(" .", ".").replace(" ,", ",").strip()
    )
    return text[0].upper() + text[1:] if len(text.split()) > 4 else None


def _fused(rows: list[str], i: int, chance: random.Random) -> str | None:
    """The opening of one sentence with the end of another."""
    other = chance.randrange(len(rows))
    one, two = rows[i].split(), rows[other].split()
    if abs(other - i) < 2 or min(len(one), len(two)) < 10:
        return None
    at = [
        k
        for k in range(4, len(two) - 3)
        if two[k] in {"in", "on", "after", "and", "to", "for", "from", "with"}
    ]
    cut = [
        k
        for k in range(4, len(one) - 3)
        if one[k] in {"in", "on", "after", "and", "to", "for", "from", "with"}
    ]
    return " ".join(one[: chance.choice(cut)] + two[chance.choice(at) :]) if at and cut else None


def main(data: Path, out: Path) -> None:
    chance = random.Random(_SEED)
    seeds: list[tuple[str, str, TokenIndex, list[str]]] = []
    for name, limit in _LIMITS.items():
        rows = [
            r
            for r in islice(_read(data / "train" / f"{name}.jsonl.xz"), 4 * limit)
            if not r.get("verbatim") and not r.get("truncated") and r.get("summary")
        ]
        for record in chance.sample(rows, min(limit, len(rows))):
            source = [s for d in record["documents"] for s in _sentences(d[:4500])]
            if not 5 <= len(source) <= 200:
                continue
            index = TokenIndex(source)
            good = []
            for text in _sentences(record["summary"]):
                said = tokens(text)
                content = [w for w in said if is_content(w)]
                named = set(tokens(" ".join(w for w in text.split()[1:] if w[0].isupper())))
                fit = 6 <= len(said) <= 40 and all(index.has(w) for w in named if is_content(w))
                fit = fit and all(index.has(w) for w in content if is_number(w))
                if fit and sum(map(index.has, content)) >= 0.7 * len(content):
                    good.append(text)
            seeds += [("human", text, index, source) for text in good[:2]]
            i = chance.randrange(min(len(source), 25))
            if 7 <= len(source[i].split()) <= 40 and source[i][-1] in '.”"':
                seeds.append(("source", source[i], index, source))
    chance.shuffle(seeds)
    print(len(seeds), "seeds", flush=True)
    docs = parse_all([text for _, text, _, _ in seeds[:12000]])
    pool: dict[str, list[str]] = defaultdict(list)
    phrases: list[str] = []
    for doc in docs:
        for t in doc:
            if t.tag_ in _TAGS and t.is_alpha and is_content(t.lower_) and len(t.text) > 2:
                pool[t.tag_].append(t.text if t.tag_ == "NNP" else t.lower_)
            if (
                t.dep_ == "prep"
                and t.head.pos_ == "NOUN"
                and t.lower_ in {"in", "for", "from", "with", "of", "at"}
            ):
                branch = [x.text for x in t.subtree]
                if 2 <= len(branch) <= 5:
                    phrases.append(" ".join(branch))
    for held in pool.values():
        chance.shuffle(held)
    words = {tag: {w for w in held} for tag, held in pool.items()}
    near = Neighbours(Path("summarize/models/copyist"), words)
    with out.open("w", encoding="utf-8") as lines:
        for (origin, text, index, source), doc in zip(seeds, docs, strict=False):
            close = index.evidence(tokens(text), 3)
            article: dict[str, list[str]] = defaultdict(list)
            for number in index.closest(tokens(text), 8):
                for word in index.texts[number].split():
                    if word.isalpha() and is_content(word.lower()):
                        tag = "NNP" if word[0].isupper() else "NN"
                        article[tag].append(word)
            versions: list[tuple[str, str, int]] = [(origin, text, 1)]
            if origin == "source" and chance.random() < 0.6 and (cut := _pruned(doc, chance)):
                versions = [("pruned", cut, 1)]
            base = parse_all([versions[0][1]])[0] if versions[0][0] == "pruned" else doc
            for _ in range(1 + (chance.random() < 0.6)):
                made = _corrupt(base, article, pool, near, index, chance, phrases)
                if made:
                    versions.append((*made, 0))
            if origin == "source" and chance.random() < 0.2 and text in source:
                if fused := _fused(source, source.index(text), chance):
                    versions.append(("fused", fused, 0))
            for kind, version, label in versions:
                said = tokens(version)
                if label == 0 and said == tokens(versions[0][1]):
                    continue
                close = index.evidence(said, 3)
                lower = chance.random() < 0.3
                lines.write(
                    json.dumps(
                        {
                            "text": version.lower() if lower else version,
                            "true": versions[0][1],
                            "source": [index.texts[n] for n in close],
                            "label": label,
                            "kind": kind,
                        }
                    )
                    + "\n"
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
