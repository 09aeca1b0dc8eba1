"""How fast the whole pipeline is, how flat it stays as folders grow, and where the time goes.

`python -m benchmarks speed` writes the page and its picture. Every measurement runs in a process of
its own, on one thread, from text files to JSON, and counts CPU seconds: on a busy machine wall time
says more of the neighbours. Articles are drawn at random from `allsides_articles`, stripped of
their dates; the one story is from `cnn_july2024`.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.speed_page import Measured, write_page
from summarize.errors import UsageError

__all__ = ["Sizes", "measure"]

# What each function's own time counts as; the time of one that runs inside another is its own.
_STAGES = {
    "summarize.pipeline": {
        "read_paths": "reading",
        "load_writer": "loading the writer",
        "only_english": "cleaning",
        "clean_all": "cleaning",
        "deduplicate": "duplicates",
        "place": "dating",
        "group": "grouping",
        "find_conflicts": "conflicts",
    },
    "summarize.plans": {"weigh": "selection", "rank": "selection"},
    "summarize.summaries": {
        "_write": "writer",
        "_summary": "checking",
        "put_right": "coherence",
    },
}
_WORDS = range(200, 701)
# Many articles of July 2024 are about one event.
_TOPIC = "assassination attempt"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles: with quotes, with the bundled writer, in one story, for the rates."""

    quote: Sequence[int]
    writer: Sequence[int]
    story: Sequence[int]
    rates: int
    shapes: Sequence[str]
    before: str = ""


def measure(data: Path, out: Path, sizes: Sizes, say: Callable[[str], None]) -> Path:
    """Measure everything and write the page into the folder `out`; its path.

    Raises UsageError where the collections are missing.
    """
    begin = _used()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        mixed = _mixed(data, folder, max(*sizes.quote, *sizes.writer, sizes.rates))
        topic = _topic(data, folder, max(sizes.story, default=0))

        def child(*arguments: str) -> Any:
            return _child([sys.executable, "-m", "benchmarks.speed", *arguments])

        def digest(files: Sequence[Path], model: str, *, one: bool = False) -> dict[str, Any]:
            listed = folder / "list.json"
            listed.write_text(json.dumps([str(path) for path in files]), encoding="utf-8")
            say(f"{len(files)} articles, {model}{', one story' if one else ''}")
            return child("digest", str(listed), model, "one" if one else "")  # type: ignore[no-any-return]

        measured = Measured(
            quote={n: digest(mixed[:n], "quote") for n in sizes.quote},
            writer={n: digest(mixed[:n], "copyist") for n in sizes.writer},
            story={
                len(files): digest(files, "quote", one=True)
                for files in (topic[:n] for n in sizes.story)
            },
            seeds=commands(),
            rates=child("rates", str(mixed[0].parent), str(sizes.rates)),
            machine=child("machine"),
            writing=child("writing", str(mixed[0].parent), sizes.before),
            engine=[line for shape in sizes.shapes for line in _engine(shape)],
        )
    return write_page(measured, out, _used() - begin)


def _used() -> float:
    """CPU seconds of this process and all its children."""
    return sum(os.times()[:4])


def _child(command: Sequence[str]) -> Any:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(  # noqa: S603 (our own command)
        command, stdout=subprocess.PIPE, check=True, env=environment
    )
    return json.loads(done.stdout)


def _mixed(data: Path, folder: Path, count: int) -> list[Path]:
    from benchmarks.studies.scale import COLLECTION, read

    if not list(data.rglob(f"{COLLECTION}.jsonl*")):
        hint = f"--data names the folder that holds {COLLECTION}.jsonl.xz."
        raise UsageError(f"There is no {COLLECTION} in {data}.", hint)
    articles = read(data, count, _WORDS)
    return [_file(folder / "mixed" / a.path, f"{a.title}\n\n{a.text}") for a in articles]


def _topic(data: Path, folder: Path, count: int) -> list[Path]:
    from benchmarks.studies.data import records

    about = [
        record
        for record in records(data, "cnn_july2024")
        if _TOPIC in record["documents"][0] and len(record["documents"][0].split()) in _WORDS
    ]
    return [
        _file(folder / "topic" / f"{n:05}.txt", f"{r['titles'][0]}\n\n{r['documents'][0]}")
        for n, r in enumerate(about[:count])
    ]


def _file(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def commands() -> dict[str, float]:
    """CPU seconds of `summarize run seeds/`, from the start of Python to its end: first, and again.

    By model, and for the second run by model and "nothing changed".
    """
    seconds = {}
    for model in ("quote", "copyist"):
        with TemporaryDirectory() as cache:
            environment = {**os.environ, "XDG_CACHE_HOME": cache, "SUMMARIZE_CACHE": "1"}
            for name in (model, f"{model}, nothing changed"):
                begin = _used()
                command = [sys.executable, "-m", "summarize", "run", "seeds/", "--model", model]
                subprocess.run(  # noqa: S603 (our own command)
                    command, stdout=subprocess.DEVNULL, check=True, env=environment
                )
                seconds[name] = _used() - begin
    return seconds


def _engine(shape: str) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.studies.engine", "1", shape]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603
    yield from done.stdout.splitlines()


class _Clock:
    """Each stage's own CPU seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._running = ["other"]
        self._since = time.process_time()

    def _switch(self) -> None:
        now, stage = time.process_time(), self._running[-1]
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now

    @contextmanager
    def running(self, stage: str) -> Iterator[None]:
        """What runs inside counts as the stage's."""
        self._switch()
        self._running.append(stage)
        yield
        self._switch()
        self._running.pop()

    def watch(self, module: str, name: str, stage: str) -> None:
        """Count what a function of a module takes as the stage's."""
        owner = import_module(module)
        function = getattr(owner, name)

        def timed(*args: Any, **options: Any) -> Any:
            with self.running(stage):
                return function(*args, **options)

        setattr(owner, name, timed)


def digest(listed: str, model: str, one: str) -> dict[str, Any]:
    """Stages, CPU seconds and peak megabytes of one digest."""
    from benchmarks.studies.scale import memory
    from summarize import pipeline
    from summarize.render import encoded
    from summarize.settings import Settings

    paths = json.loads(Path(listed).read_text(encoding="utf-8"))
    settings = Settings(model=model, jobs=1, one_story=bool(one))
    pipeline.digest(["seeds"], settings)  # imports and models are not what an article costs
    clock = _Clock()
    for module, functions in _STAGES.items():
        for name, stage in functions.items():
            clock.watch(module, name, stage)
    begin = time.process_time()
    with clock.running("other"):
        made = pipeline.digest(paths, settings)
        with clock.running("rendering"):
            encoded(made, "json")
    seconds = time.process_time() - begin
    told = [*made.story_summaries.values(), *made.article_summaries.values()]
    origins = [sentence.origin for summary in told for sentence in summary.sentences]
    return {
        "seconds": seconds,
        "stages": clock.seconds,
        "megabytes": memory("VmHWM"),
        "stories": len(made.stories),
        "written": sum(origin == "written" for origin in origins) / max(1, len(origins)),
    }


if __name__ == "__main__":
    from benchmarks import speed_parts

    part, *arguments = sys.argv[1:]
    parts: dict[str, Callable[..., Any]] = {
        "digest": digest,
        "rates": speed_parts.rates,
        "machine": speed_parts.machine,
        "writing": speed_parts.writing,
        "commands": commands,
    }
    print(json.dumps(parts[part](*arguments)))
