"""What is looked up of tokens is what the language model itself says of them."""

import pytest
from spacy.tokens import Doc

from summarize import morphology
from summarize.language import _model
from summarize.morphology import Morphology

SENTENCES = [
    "It's gon na rain, so let's go before they've got ta close the bridge.",
    "There are two ferries, and the third isn't running.",
    "The minister, who does not resign, had left the council's boards by May.",
    "Somethin' is wrong with 'em,  said the   older man.",
    "“Y'all come on,” she said; I saw it, and you saw me.",
    "",
    "   ",
    "Reports that Ada Wills lost 3,200 votes were denied on Monday.",
]


def _says(docs: list[Doc]) -> list[list[tuple[str, ...]]]:
    return [[(t.text, t.tag_, t.dep_, t.pos_, t.lemma_, str(t.morph)) for t in d] for d in docs]


@pytest.mark.parametrize("kept", [60_000, 3])
def test_it_says_what_the_model_says(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morphology, "_MOST_KEPT", kept)
    model = _model()
    looked_up = Morphology(model)
    for texts in ([*SENTENCES], [*reversed(SENTENCES)]):
        docs = [*model.pipe(texts, disable=["ner", *Morphology.PIPES])]
        looked_up.annotate(docs)
        assert _says(docs) == _says([*model.pipe(texts, disable=["ner"])])
