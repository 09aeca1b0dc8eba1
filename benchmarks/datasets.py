"""The datasets, as a table, and how an example is got out of them.

Only the tiny set comes with the project. The others are found under a folder the user names: their
texts belong to their publishers.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from benchmarks.corruption import corrupt
from benchmarks.layouts import LAYOUTS, json_lines
from benchmarks.records import Example, Task
from summarize.errors import UsageError
from summarize.settings import Length

__all__ = ["DATASETS", "Dataset", "checksum", "dataset_checksum", "find_dataset", "load"]

TINY = Path(__file__).parent / "tiny"

_SEED = 13


@dataclass(frozen=True, slots=True)
class Dataset:
    """A row of the table.

    `files` gives for each split the file below the data folder and its SHA-256; the checksum is ""
    where everybody's copy differs. `length` is the budget all systems keep to, "" for a *judge*
    task. `layout` names the reader, `build` (if any) makes the examples from what was read.
    """

    name: str
    task: Task
    about: str
    length: str
    files: Mapping[str, tuple[str, str]]
    licence: str
    citation: str
    layout: str = "jsonl"
    build: Callable[[Iterator[Example]], Iterator[Example]] | None = None

    @property
    def split(self) -> str:
        """The split that is used when none is named."""
        return next(iter(self.files))


# SHA-256 of the files that results were measured on.
_CHECKSUMS = {
    "dev/cnn.jsonl.xz":
        "cc06b73c18511c7c5f3c3092453491c77a8478e3563ca2696ab3474f8aeb6500",
    "stories.jsonl":
        "06cd7bcd47aecc3e8d6243e1236c6243ebe41428ae4c2f0a488e8bb4f86683d2",
    "judged.jsonl":
        "83a1ead3127f15bfc40a4caac76c9e5e4b962507d77684007e970cb28c08015f",
    "dev/multinews.jsonl.xz":
        "2b0cebf80750c483ee9917884b327487558e34121d664124ffdc2a14e31b4e6d",
    "dev/neus_fulltext.jsonl.xz":
        "4982c913359d328c736d12a95b10102fd9b4aff6719edd3839a5f4ce974242bd",
    "dev/frank.jsonl.xz":
        "204c49627caf1a824c2b5e4862b0d2847694f8c5d869154ec7b91837d453e818",
    "dev/summedits_news.jsonl.xz":
        "a837eb74b744c8aa6d35d12b6dd8607fb50e659e149200217fef7637f66ea4c2",
}  # fmt: skip


def _checked(file: str) -> tuple[str, str]:
    return file, _CHECKSUMS[file]


def _files(**splits: tuple[str, str]) -> Mapping[str, tuple[str, str]]:
    return MappingProxyType(splits)


_NEUS = "Lee et al. 2022, NeuS: Neutral Multi-News Summarization for Mitigating Framing Bias"
_CNN = "Hermann et al. 2015, Teaching Machines to Read and Comprehend; See et al. 2017"
_CNN_DEV = _checked("dev/cnn.jsonl.xz")

DATASETS: tuple[Dataset, ...] = (
    Dataset(
        "tiny", "summarize", "16 invented stories of 2 to 4 articles, written for this project",
        "60w", _files(test=_checked("stories.jsonl")), "Apache-2.0", "this project",
    ),
    Dataset(
        "tiny-judged", "judge", "128 summaries of the invented stories, half of them wrong",
        "", _files(test=_checked("judged.jsonl")), "Apache-2.0", "this project",
    ),
    Dataset(
        "tiny-corrupted", "judge", "true sentences of the invented stories, the same with an error",
        "", _files(test=_checked("stories.jsonl")), "Apache-2.0", "this project",
        build=partial(corrupt, seed=_SEED),
    ),
    Dataset(
        "multinews", "summarize", "2 to 10 pages on one event, and an editor's summary", "230w",
        _files(dev=_checked("dev/multinews.jsonl.xz")),
        "Multi-News research agreement",
        "Fabbri et al. 2019, Multi-News: a Large-Scale Multi-Document Summarization Dataset",
    ),
    Dataset(
        "neus", "summarize", "2 or 3 outlets on one event, and a neutral roundup", "60w",
        _files(dev=_checked("dev/neus_fulltext.jsonl.xz")), "text: its publishers", _NEUS,
    ),
    Dataset(
        "cnn", "summarize", "one article, and its editors' highlights", "3s",
        _files(dev=_CNN_DEV), "text: its publishers", _CNN,
    ),
    Dataset(
        "frank", "judge", "summaries of older models, judged by people", "",
        _files(dev=_checked("dev/frank.jsonl.xz")), "MIT; text: its publishers",
        "Pagnoni et al. 2021, Understanding Factuality in Abstractive Summarization with FRANK",
    ),
    Dataset(
        "summedits", "judge", "news summaries, some with a small factual edit", "",
        _files(dev=_checked("dev/summedits_news.jsonl.xz")), "Apache-2.0; text: its publishers",
        "Laban et al. 2023, LLMs as Factual Reasoners",
    ),
    Dataset(
        "corrupted", "judge", "true sentences of the cnn articles, and the same with one error", "",
        _files(dev=_CNN_DEV), "text: its publishers", "this project (benchmarks/corruption)",
        build=partial(corrupt, seed=_SEED),
    ),
    Dataset(
        "multinews-original", "summarize", "Multi-News as its authors publish it", "230w",
        _files(test=("multi-news/test.src.cleaned", ""), dev=("multi-news/val.src.cleaned", "")),
        "Multi-News research agreement", "Fabbri et al. 2019", layout="multinews",
    ),
    Dataset(
        "wcep10", "summarize", "up to 10 articles on an event of Wikipedia's Current Events", "40w",
        _files(test=("wcep10/test.txt", ""), dev=("wcep10/val.txt", "")), "text: its publishers",
        "Gholipour Ghalandari et al. 2020, A Large-Scale Multi-Document Summarization Dataset",
        layout="wcep",
    ),
    Dataset(
        "duc2004", "summarize", "50 topics of 10 newswire articles, 4 summaries each", "100w",
        _files(test=("duc2004", "")), "NIST agreement", "Over and Yen 2004, DUC 2004", layout="duc",
    ),
    Dataset(
        "cnndm", "summarize", "CNN and Daily Mail stories with highlights", "3s",
        _files(test=("cnndm", "")), "text: its publishers", _CNN, layout="cnndm",
    ),
    Dataset(
        "xsum", "summarize", "BBC articles and their first sentence", "24w",
        _files(test=("xsum", "")), "text: BBC",
        "Narayan et al. 2018, Don't Give Me the Details, Just the Summary!", layout="xsum",
    ),
)  # fmt: skip


def find_dataset(name: str) -> Dataset:
    """The row of that name, or one made from "LAYOUT:PATH@LENGTH"; raises UsageError.

    Without "@LENGTH" the dataset is one of summaries to be judged.
    """
    for row in DATASETS:
        if row.name == name:
            return row
    layout, colon, rest = name.partition(":")
    if not colon or layout not in LAYOUTS:
        known = ", ".join(row.name for row in DATASETS)
        raise UsageError(
            f"There is no dataset '{name}'.",
            f"Known are {known}; your own is LAYOUT:PATH@LENGTH, such as jsonl:mine.jsonl@60w.",
        )
    path, _, length = rest.rpartition("@") if "@" in rest else (rest, "", "")
    if length:
        Length.parse(length)
    file = Path(path).resolve()
    return Dataset(
        name, "summarize" if length else "judge", f"your own, in the layout {layout}",
        length, _files(own=(str(file), "")), "", "", layout=layout,
    )  # fmt: skip


def load(
    dataset: Dataset, data: Path | None, split: str | None = None, limit: int | None = None
) -> tuple[Example, ...]:
    """The first `limit` examples (all for None) of a split (the row's first for None).

    `data` is the folder that holds the dataset; the tiny set needs none. Raises UsageError for a
    file that is missing or is not the one the table was made with.
    """
    path, wanted = _locate(dataset, data, split)
    if wanted and checksum(path) != wanted:
        raise UsageError(
            f"{path} is not the file that the table of datasets names (its SHA-256 differs).",
            f"To measure on your own version of it: --dataset {dataset.layout}:{path}"
            + (f"@{dataset.length}" if dataset.length else ""),
        )
    read = LAYOUTS[dataset.layout]
    if dataset.layout == "jsonl":
        read = partial(json_lines, task="summarize" if dataset.build else dataset.task)
    examples = read(path)
    return tuple(islice(dataset.build(examples) if dataset.build else examples, limit))


def dataset_checksum(dataset: Dataset, data: Path | None, split: str | None = None) -> str:
    """The SHA-256 of the split's file, in hex; raises UsageError where there is none."""
    return checksum(_locate(dataset, data, split)[0])


def checksum(path: Path) -> str:
    """The SHA-256 of a file, or of all files below a folder with their names, in hex."""
    digest = hashlib.sha256()
    for file in [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file()):
        if file != path:
            digest.update(str(file.relative_to(path)).encode())
        with file.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _locate(dataset: Dataset, data: Path | None, split: str | None) -> tuple[Path, str]:
    """Where the split lies, and the checksum it should have."""
    if split is not None and split not in dataset.files:
        known = ", ".join(dataset.files)
        raise UsageError(f"{dataset.name} has no split '{split}'.", f"It has: {known}.")
    file, wanted = dataset.files[split or dataset.split]
    folder = TINY if dataset.name.startswith("tiny") else data
    if folder is None and not Path(file).is_absolute():
        raise UsageError(
            f"The dataset {dataset.name} does not come with the project.",
            f"Name the folder that holds {file}: --data DIR",
        )
    path = (folder or Path()) / file
    if not path.exists():
        own = "Name your own file as LAYOUT:PATH@LENGTH."
        hint = own if Path(file).is_absolute() else f"--data names the folder that holds {file}."
        raise UsageError(f"There is no {path}.", hint)
    return path, wanted
