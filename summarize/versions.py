"""The versions that change a result."""

import platform
from importlib.metadata import version

__all__ = ["versions"]

_LIBRARIES = (
    "torch", "transformers", "ctranslate2", "tokenizers", "sentencepiece", "spacy", "syntok",
    "scipy", "numpy", "trafilatura", "htmldate",
)  # fmt: skip


def versions() -> dict[str, str]:
    """Name and version of the package, Python, its libraries, its models and its rules, in order.

    Raises ModelUnavailableError when the language model is not installed.
    """
    from summarize.language import parser_version
    from summarize.models import find_model, fingerprint
    from summarize.render.json import FORMAT_VERSION
    from summarize.scoring import SIGNATURE
    from summarize.settings import BUNDLED_MODEL

    return {
        "summarize": version("summarize"),
        "python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
        "parser": parser_version(),
        BUNDLED_MODEL: fingerprint(find_model(BUNDLED_MODEL)),
        "scorer": SIGNATURE,
        "format": FORMAT_VERSION,
    }
