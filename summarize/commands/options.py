"""Options that several commands have, written once."""

from typing import Annotated

import typer

from summarize.settings import Device

__all__ = [
    "AnyLanguageOption",
    "ArticlesOption",
    "CacheOption",
    "DeviceOption",
    "JobsOption",
    "LengthOption",
    "ModelOption",
    "OneStoryOption",
]

ModelOption = Annotated[
    str,
    typer.Option(
        help="A known model, a hub name or a folder; 'quote' writes nothing itself.",
        envvar="SUMMARIZE_MODEL",
    ),
]
LengthOption = Annotated[
    str | None,
    typer.Option(help="Length of every summary: 5s is five sentences, 120w at most 120 words."),
]
OneStoryOption = Annotated[
    bool,
    typer.Option("--one-story/--no-one-story", help="Take all articles as one story, or not."),
]
ArticlesOption = Annotated[
    bool,
    typer.Option("--articles/--no-articles", help="Summarize each article, or stories only."),
]
AnyLanguageOption = Annotated[
    bool,
    typer.Option(
        "--any-language/--no-any-language", help="Keep articles that are not in English, or not."
    ),
]
CacheOption = Annotated[
    bool,
    typer.Option(
        "--cache/--no-cache",
        help="Keep the digest for the next run on the same articles, or not.",
        envvar="SUMMARIZE_CACHE",
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(help="Processor cores to use. [default: all]", envvar="SUMMARIZE_JOBS"),
]
DeviceOption = Annotated[
    Device,
    typer.Option(help="Where a checkpoint runs: on a GPU if there is one, or as said."),
]
