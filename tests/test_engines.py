"""CTranslate2 and PyTorch on the same tiny checkpoints, and the cache of conversions."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarize.errors import ModelUnavailableError
from summarize.models import Model, find_model, fingerprint
from summarize.records import Candidate
from summarize.sentences import split_sentences
from summarize.settings import Length
from summarize.writer import load_writer
from summarize.writer.checkpoint import CheckpointWriter
from summarize.writer.conversion import Unconvertible, cache_folder
from summarize.writer.converted import ConvertedEngine
from summarize.writer.engines import Decoding, chosen_device, engine_for, tidy
from summarize.writer.pytorch import TorchEngine
from tests.checkpoints import Checkpoint, make_checkpoint
from tests.conftest import make_article

TEXTS = (
    "The Harbor Bridge in Norville collapsed on Monday, killing four workers.",
    "Engineers had warned of cracks.",
    "Mayor Ada Wills said on Tuesday that $1.2 million was set aside for repairs in May 2021.",
)


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """Makes each family's checkpoint once, its weights so large that choices are clear."""
    made: dict[str, Path] = {}

    def get(family: str) -> Path:
        if family not in made:
            made[family] = make_checkpoint(family, tmp_path_factory.mktemp(family) / family)
            _scale(made[family], 3)
        return made[family]

    return get


def _scale(folder: Path, by: float) -> None:
    from safetensors.torch import load_file, save_file

    path = folder / "model.safetensors"
    weights = {
        name: value * (by if value.dim() > 1 else 1) for name, value in load_file(path).items()
    }
    save_file(weights, path, metadata={"format": "pt"})


def _copy(folder: Path, target: Path, **wishes: object) -> Path:
    """A copy of the checkpoint whose generation_config.json holds `wishes`."""
    shutil.copytree(folder, target)
    path = target / "generation_config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **wishes}))
    return target


def _engine(folder: Path, kind: str = "") -> ConvertedEngine:
    model = Model("m", "checkpoint", folder)
    return ConvertedEngine(model, fingerprint(model), 1, "cpu", kind)


def _torch_engine(folder: Path) -> TorchEngine:
    return TorchEngine(Model("m", "checkpoint", folder), 1, "cpu")


@pytest.mark.parametrize("family", ["t5", "bart", "pegasus"])
@pytest.mark.parametrize(
    "decoding",
    [Decoding(2, 1, 20, 1.0), Decoding(4, 1, 24, 1.0), Decoding(4, 12, 24, 2.0)],
    ids=["narrow", "beams", "long"],
)
def test_both_engines_write_the_same_with_the_same_scores(
    family: str, decoding: Decoding, checkpoint: Checkpoint
) -> None:
    one = _engine(checkpoint(family), "float32").generate(TEXTS, decoding)
    other = _torch_engine(checkpoint(family)).generate(TEXTS, decoding)
    for ours, theirs in zip(one, other, strict=True):
        assert [c.text for c in ours] == [c.text for c in theirs]
        assert [c.score for c in ours] == pytest.approx([c.score for c in theirs], abs=1e-3)


def test_a_forced_first_token_is_written_by_both(checkpoint: Checkpoint, tmp_path: Path) -> None:
    folder = _copy(checkpoint("bart"), tmp_path / "forced", forced_bos_token_id=77)
    decoding = Decoding(4, 1, 12, 1.0)
    one = _engine(folder, "float32").generate(TEXTS[:1], decoding)[0]
    other = _torch_engine(folder).generate(TEXTS[:1], decoding)[0]
    assert [c.text for c in one] == [c.text for c in other]
    assert len({c.text[0] for c in one}) == 1


@pytest.mark.parametrize("family", ["t5", "bart", "pegasus"])
def test_both_engines_know_the_same_of_a_checkpoint(family: str, checkpoint: Checkpoint) -> None:
    assert _engine(checkpoint(family)).facts == _torch_engine(checkpoint(family)).facts


def test_tokens_are_counted_as_transformers_counts_them(checkpoint: Checkpoint) -> None:
    from transformers import AutoTokenizer

    ours = _engine(checkpoint("bart"))
    theirs: Any = AutoTokenizer.from_pretrained(checkpoint("bart"))

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.text(max_size=80) | st.sampled_from(["<s> </s> <mask>", "a <doc-sep> b", "’twas—“so”"])
    )
    def check(text: str) -> None:
        assert ours._tokenizer.encode(text).ids == theirs(text)["input_ids"]
        assert ours.size(text) == len(theirs(text, add_special_tokens=False)["input_ids"])

    check()


def test_int8_runs_on_the_processor_and_says_so(checkpoint: Checkpoint) -> None:
    engine = _engine(checkpoint("t5"))
    assert engine.signature.endswith("cpu int8")
    assert engine.signature != _engine(checkpoint("t5"), "float32").signature
    assert [len(c) for c in engine.generate(TEXTS, Decoding(4, 1, 8, 1.0))] == [4, 4, 4]


def test_candidates_do_not_depend_on_the_order_of_the_texts(checkpoint: Checkpoint) -> None:
    engine, decoding = _engine(checkpoint("bart")), Decoding(4, 1, 16, 1.0)
    assert engine.generate(TEXTS, decoding) == engine.generate(TEXTS[::-1], decoding)[::-1]


@pytest.mark.parametrize("family", ["led", "primera", "longt5", "copyist"])
def test_pytorch_runs_what_ctranslate2_does_not_know(
    family: str, checkpoint: Checkpoint, tmp_path: Path
) -> None:
    folder = tmp_path if family == "copyist" else checkpoint(family)
    assert engine_for(folder) == "pytorch"


def test_a_conversion_that_disagrees_is_not_used(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarize.writer.conversion._original", lambda *_: -0.5)
    with pytest.raises(Unconvertible, match="do not agree"):
        _engine(checkpoint("t5"))
    assert not [*cache_folder().glob("[!.]*")]
    writer = load_writer(str(checkpoint("t5")), jobs=1)
    assert isinstance(writer, CheckpointWriter)
    assert isinstance(writer._engine, TorchEngine)


def _written(folder: Path) -> list[tuple[Candidate, ...]]:
    return _engine(folder).generate(TEXTS, Decoding(2, 1, 8, 1.0))


def test_a_checkpoint_is_converted_once(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _written(checkpoint("t5"))
    monkeypatch.setattr("summarize.writer.conversion._convert", _never)
    assert _written(checkpoint("t5")) == first


def _never(*_: object) -> None:
    pytest.fail("converted again")


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json", "manifest.json", "facts.json"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_conversion_is_made_again(name: str, damage: str, checkpoint: Checkpoint) -> None:
    first = _written(checkpoint("t5"))
    [folder] = cache_folder().glob("[!.]*")
    path = folder / name
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-9])
    else:
        path.unlink()
    assert _written(checkpoint("t5")) == first
    assert path.exists()


def test_what_a_killed_process_left_is_removed(checkpoint: Checkpoint) -> None:
    first = _written(checkpoint("t5"))
    [folder] = cache_folder().glob("[!.]*")
    shutil.rmtree(folder)
    left = cache_folder() / f".{folder.name}.x1.tmp"
    left.mkdir()
    (left / "model.bin").write_bytes(b"half")
    assert _written(checkpoint("t5")) == first
    assert not left.exists()


def test_changed_weights_are_converted_anew(checkpoint: Checkpoint, tmp_path: Path) -> None:
    folder = _copy(checkpoint("t5"), tmp_path / "changed")
    first = _written(folder)
    _scale(folder, 0.8)
    assert _written(folder) != first
    assert len([*cache_folder().glob("[!.]*")]) == 2


def test_without_a_cache_folder_it_runs_all_the_same(
    checkpoint: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _written(checkpoint("t5"))
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert _written(checkpoint("t5")) == kept


_USE = """
import sys
from summarize.writer import load_writer
from summarize.records import Sentence
writer = load_writer(sys.argv[1], jobs=1)
print(writer.write([((Sentence("a", 0, 0, 12, "Four people."),),)], __import__(
    "summarize.settings", fromlist=["Length"]).Length(1, "sentences"))[0][0].text)
heavy = {"torch", "transformers"} & {name for name in sys.modules if sys.modules[name]}
print(sorted(heavy), file=sys.stderr)
"""


def _use(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _USE, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_processes_that_start_together_convert_once(checkpoint: Checkpoint) -> None:
    started = [_use(checkpoint("t5")) for _ in range(3)]
    outcomes = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], outcomes
    assert len({out for out, _ in outcomes}) == 1
    # One of them needed torch to convert; for the others the conversion was there.
    assert sorted(err.strip() for _, err in outcomes)[1:] == ["[]", "[]"]
    assert len([p for p in cache_folder().iterdir() if p.is_dir()]) == 1


def test_a_converted_checkpoint_runs_without_torch(checkpoint: Checkpoint, seeds: Path) -> None:
    _written(checkpoint("bart"))
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from summarize.cli import app\n"
        f"done = CliRunner().invoke(app, ['run', {str(seeds)!r}, '--model', "
        f"{str(checkpoint('bart'))!r}, '--length', '1s'])\n"
        "assert done.exit_code == 0, done.output\n"
        "assert 'ctranslate2' in sys.modules and 'spacy' in sys.modules\n"
        "assert not {'torch', 'transformers'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("family", ["bart", "led", "pegasus"])
def test_a_length_beyond_what_a_model_can_write_is_no_error(
    family: str, checkpoint: Checkpoint
) -> None:
    writer = load_writer(str(checkpoint(family)), jobs=1)
    source = (split_sentences(make_article(TEXTS[0])),)
    assert all(writer.write([source], Length(2000, "words")))


class _Counting:
    """An engine that counts what it is asked to write."""

    def __init__(self, engine: ConvertedEngine) -> None:
        self.facts, self.signature, self.size = engine.facts, engine.signature, engine.size
        self.asked: list[str] = []

    def generate(self, texts: Sequence[str], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        self.asked += texts
        return [(Candidate(text, -1.0),) * decoding.beams for text in texts]


def test_no_candidate_is_written_twice(checkpoint: Checkpoint) -> None:
    writer = CheckpointWriter(find_model(str(checkpoint("t5"))), 1)
    counting = writer._engine = _Counting(_engine(checkpoint("t5")))
    # Two articles with the same words are two sources, and one text.
    one, two = (split_sentences(make_article(TEXTS[0], id_ * 16)) for id_ in "ab")
    three = split_sentences(make_article(TEXTS[1]))
    short, long = Length(1, "sentences"), Length(5, "sentences")
    first = writer.write([(one,), (two,), (three,)], short)
    assert len(counting.asked) == 2
    assert first[0] == first[1] != first[2]
    assert writer.write([(three,), (one,)], short) == [first[2], first[0]]
    assert len(counting.asked) == 2
    writer.write([(one,)], long)
    assert len(counting.asked) == 3


def test_what_wrote_a_digest_is_in_the_fingerprint(checkpoint: Checkpoint) -> None:
    one, two = (load_writer(str(checkpoint(f)), jobs=1).fingerprint for f in ("t5", "bart"))
    assert one != two
    assert one != fingerprint(find_model(str(checkpoint("t5"))))
    assert one == load_writer(str(checkpoint("t5")), jobs=2, device="cpu").fingerprint


def test_a_gpu_that_is_asked_for_has_to_be_there() -> None:
    assert chosen_device("auto", has_cuda=True) == chosen_device("cuda", has_cuda=True) == "cuda"
    assert chosen_device("auto", has_cuda=False) == chosen_device("cpu", has_cuda=True) == "cpu"
    with pytest.raises(ModelUnavailableError, match="--device cpu"):
        chosen_device("cuda", has_cuda=False)


@pytest.mark.parametrize(
    ("decoded", "meant"),
    [
        (" The bridge fell . Four died .", "The bridge fell. Four died."),
        ("It fell.<n>Four died.", "It fell. Four died."),
        ("It cost 1.5 million, he said.", "It cost 1.5 million, he said."),
        ("The .com boom", "The .com boom"),
    ],
)
def test_what_a_family_adds_to_its_text_is_taken_out(decoded: str, meant: str) -> None:
    assert tidy(decoded) == meant
