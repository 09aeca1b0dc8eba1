import json
from pathlib import Path

import pytest

from summarize.composition import pack
from summarize.errors import ModelUnavailableError
from summarize.records import Sentence
from summarize.selection import rank
from summarize.sentences import split_sentences
from summarize.settings import Length
from summarize.writer import load_writer
from tests.checkpoints import FAMILIES, Checkpoint
from tests.conftest import make_article


def _sentences(*texts: str) -> tuple[Sentence, ...]:
    return split_sentences(make_article("\n".join(texts)))


SHORT = _sentences("The Harbor Bridge in Norville collapsed on Monday.", "Four workers died there.")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_loads_and_writes(family: str, checkpoint: Checkpoint) -> None:
    writer = load_writer(str(checkpoint(family)), jobs=1)
    assert writer.task == "document"
    [one, two] = writer.write([(SHORT,), (SHORT, SHORT[:1])], Length(2, "sentences"))
    assert len(one) == len(two) == 4
    assert all(candidate.score <= 0 for candidate in one)
    assert list(one) == sorted(one, key=lambda c: -c.score)


@pytest.mark.parametrize("family", FAMILIES)
def test_writing_twice_gives_the_same(family: str, checkpoint: Checkpoint) -> None:
    writer = load_writer(str(checkpoint(family)), jobs=1)
    length = Length(1, "sentences")
    assert writer.write([(SHORT,)], length) == writer.write([(SHORT,)], length)


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_packed_fits_the_model(family: str, checkpoint: Checkpoint) -> None:
    writer = load_writer(str(checkpoint(family)), jobs=1)
    article = make_article(
        "\n".join(f"Engineer {n} in Norville warned of {n} cracks." for n in range(60))
    )
    sentences = {article.id: split_sentences(article)}
    passages = rank((article,), sentences)
    packed = pack(passages, [sentences[article.id]], writer.room(), writer.size)
    read = [sentence for document in packed for sentence in document]
    assert 0 < len(read) < 60
    assert read == sorted(read)
    [candidates] = writer.write([packed], Length(1, "sentences"))
    assert candidates


def test_a_short_source_is_read_whole(checkpoint: Checkpoint) -> None:
    writer = load_writer(str(checkpoint("bart")), jobs=1)
    assert pack((), [SHORT], writer.room(), writer.size) == (SHORT,)


def _copy(folder: Path, target: Path) -> Path:
    target.mkdir()
    for path in folder.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
    return target


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r"no config\.json"):
        load_writer(str(tmp_path), jobs=1)


def test_pickled_weights_are_refused(checkpoint: Checkpoint, tmp_path: Path) -> None:
    folder = _copy(checkpoint("t5"), tmp_path / "pickled")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelUnavailableError, match="no safetensors"):
        load_writer(str(folder), jobs=1)


def test_code_in_a_model_folder_is_never_run(checkpoint: Checkpoint, tmp_path: Path) -> None:
    folder = _copy(checkpoint("t5"), tmp_path / "hostile")
    trap = tmp_path / "was-run"
    (folder / "evil.py").write_text(f"open({str(trap)!r}, 'w')\nclass Evil: pass\n")
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"] = {"AutoModelForSeq2SeqLM": "evil.Evil", "AutoConfig": "evil.Evil"}
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelUnavailableError, match="run code"):
        load_writer(str(folder), jobs=1)
    assert not trap.exists()


def test_a_model_without_a_decoder_is_refused(checkpoint: Checkpoint, tmp_path: Path) -> None:
    folder = _copy(checkpoint("bart"), tmp_path / "bert")
    (folder / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(ModelUnavailableError, match="no sequence-to-sequence"):
        load_writer(str(folder), jobs=1)


def test_damaged_weights_are_refused(checkpoint: Checkpoint, tmp_path: Path) -> None:
    folder = _copy(checkpoint("t5"), tmp_path / "damaged")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:200])
    with pytest.raises(ModelUnavailableError, match="could not be loaded"):
        load_writer(str(folder), jobs=1)


def test_missing_weights_are_not_made_up(checkpoint: Checkpoint, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = _copy(checkpoint("bart"), tmp_path / "incomplete")
    weights = load_file(folder / "model.safetensors")
    weights.pop(next(name for name in weights if "decoder.layers.0.fc1.weight" in name))
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelUnavailableError, match="incomplete"):
        load_writer(str(folder), jobs=1)
