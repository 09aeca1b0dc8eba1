"""How long it takes to score a summary of about 60 words against five articles.

    python -m benchmarks.studies.score_speed DATA_FOLDER [RECORDS] [--profile]

DATA_FOLDER holds `dev/neus_fulltext.jsonl.xz`: full articles and human summaries. Each summary is
cut to 60 words and scored against five articles, those of its record first. Times are CPU seconds
of one process, with the language model loaded and no sentence parsed before.

Measured on a busy machine of two cores, 4,125 source words, one thread: medians 161 and 176 ms,
where the same minutes gave 274 and 295 before source sentences were read only where needed. Of the
mean of 14, parsing the summary and the openings took 64 ms, judging 34, building the index 27,
splitting 12, cleaning 9, the important claims 5, the interval 4. A third to a half of the parsing
is the recogniser of entity types, which scoring does not use.
"""

import cProfile
import json
import lzma
import pstats
import sys
from itertools import islice
from pathlib import Path
from statistics import mean, median, quantiles
from time import process_time

from summarize import language, score
from summarize.claims import extract
from summarize.scoring import report
from summarize.scoring.scores import ScoreReport

_WORDS = 60
_ARTICLES = 5


def pairs(folder: Path, most: int) -> list[tuple[str, list[str]]]:
    """Summaries with five documents each."""
    with lzma.open(folder / "dev" / "neus_fulltext.jsonl.xz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in islice(file, most + _ARTICLES)]
    made = []
    for number in range(most):
        near = [text for record in records[number:] for text in record["documents"]]
        summary = " ".join(records[number]["summary"].split()[:_WORDS])
        made.append((summary, near[:_ARTICLES]))
    return made


def timed(summary: str, sources: list[str]) -> tuple[float, ScoreReport]:
    """CPU milliseconds of one scoring, nothing remembered, and the report."""
    for kept in (language._parsed, language._packed):  # noqa: SLF001
        kept.clear()  # as if every sentence were new
    extract.cache_clear()
    report._prepared.cache_clear()  # noqa: SLF001
    began = process_time()
    scored = score(summary, sources)
    return 1000 * (process_time() - began), scored


def main(folder: Path, most: int, *, profile: bool) -> None:
    """Print the times, and where they go."""
    given = pairs(folder, most)
    timed(*given[0])
    words = mean(sum(len(text.split()) for text in sources) for _, sources in given)
    with cProfile.Profile() if profile else _Nothing() as profiler:
        times = [timed(*pair)[0] for pair in given]
    print(
        f"{len(given)} summaries, {words:,.0f} source words each: median {median(times):.0f} ms, "
        f"mean {mean(times):.0f} ms, 95 % below {quantiles(times, n=20)[-1]:.0f} ms"
    )
    if isinstance(profiler, cProfile.Profile):
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(40)


class _Nothing:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


if __name__ == "__main__":
    words_ = [argument for argument in sys.argv[1:] if argument != "--profile"]
    main(
        Path(words_[0]),
        int(words_[1]) if len(words_) > 1 else 40,
        profile="--profile" in sys.argv,
    )
