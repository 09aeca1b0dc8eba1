"""Parts of speech, features and lemmas of parsed tokens: looked up once for each kind of token.

spaCy's attribute ruler and lemmatizer match 179 patterns at every token to find them, a third of
all that parsing costs. All but nine of the patterns look at one token's form, tag and dependency:
what they say of it, they say of every other one of its kind.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Morphology"]

_FOUND = ("TAG", "DEP", "POS", "MORPH", "LEMMA")

# Kinds of tokens that are remembered, in some 25 MB; 300 articles have so many.
_MOST_KEPT = 60_000

_Kind = tuple[int, ...]


class Morphology:
    """What a model's attribute ruler and lemmatizer say, of documents that have been to neither.

    Those with a word at which a pattern of several tokens may begin ("gon na") are sent to both.
    """

    PIPES = ("attribute_ruler", "lemmatizer")

    def __init__(self, model: "Language") -> None:
        from spacy.matcher import Matcher

        self._model = model
        self._known: dict[_Kind, _Kind | None] = {}
        self._beginning = Matcher(model.vocab)
        patterns = model.get_pipe("attribute_ruler").patterns  # type: ignore[attr-defined]
        several = [one for row in patterns for one in row["patterns"] if len(one) > 1]
        self._beginning.add("of several tokens", [tokens[:1] for tokens in several])

    def annotate(self, docs: "Sequence[Doc]") -> None:
        """Set the parts of speech, the features and the lemmas of tagged and parsed `docs`."""
        import numpy as np

        tokens = np.concatenate([doc.to_array(["ORTH", "TAG", "DEP"]) for doc in docs])
        kinds, kind_of = np.unique(tokens, axis=0, return_inverse=True)
        found = self._look_up([tuple(kind) for kind in kinds.tolist()])
        rows: Any = np.array([row or (0,) * len(_FOUND) for row in found], dtype="uint64")
        asked = np.array([row is None for row in found])
        ends = np.cumsum([len(doc) for doc in docs])
        for doc, its in zip(docs, np.split(kind_of.ravel(), ends[:-1]), strict=True):
            if asked[its].any():
                self._ask(doc)
            elif len(its):
                doc.from_array([*_FOUND], rows[its])

    def _look_up(self, kinds: Sequence[_Kind]) -> list[_Kind | None]:
        """What is known of tokens of those kinds; None where it takes their neighbours."""
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        new = [kind for kind in kinds if kind not in self._known]
        if new:
            begins = {start for _, start, _ in self._beginning(self._doc(new))}
            self._known.update(dict.fromkeys(new[start] for start in begins))
            alone = [kind for kind in new if kind not in self._known]
            found = self._ask(self._doc(alone)).to_array([*_FOUND]).tolist()
            self._known.update(zip(alone, map(tuple, found), strict=True))
        return [self._known[kind] for kind in kinds]

    def _doc(self, kinds: Sequence[_Kind]) -> "Doc":
        """A token of each of the kinds."""
        import numpy as np
        from spacy.tokens import Doc

        vocab = self._model.vocab
        grammar: Any = np.array([kind[1:] for kind in kinds], dtype="uint64").reshape(-1, 2)
        doc = Doc(vocab, words=[vocab.strings[form] for form, *_ in kinds])
        return doc.from_array(["TAG", "DEP"], grammar)

    def _ask(self, doc: "Doc") -> "Doc":
        for name in self.PIPES:
            doc = self._model.get_pipe(name)(doc)
        return doc
