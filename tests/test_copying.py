"""The bundled writer: words, what may be written, and the network with its real weights."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import summarize
from summarize.cleaning.datelines import without_dateline
from summarize.writer.copying import MAX_WORDS, CopyingWriter
from summarize.writer.copying_layout import KINDS
from summarize.writer.copying_passage import SPECIALS, Passage, Vocabulary
from summarize.writer.copying_reading import Reading, follow
from summarize.writer.copying_rules import Rules
from summarize.writer.copying_words import SHAPES, join_words, same_stem, split_words

MODEL = Path(summarize.__file__).parent / "models" / "copyist"
COMMON = {"the", "fishing", "crews", "will", "officials"}
HARBOUR = (
    "The harbour at Westkapelle, which was built in 1921, will close on Monday for repairs.",
)
FERRY = (
    "A ferry with 214 passengers ran aground near the island of Sark on Friday, officials said.",
    "No one was hurt, and the passengers were taken ashore in small boats.",
)
BRIDGE = (
    "Engineers, who inspected the bridge on Tuesday, found cracks in two pillars, a report says.",
)


def texts(sentence: str) -> list[str]:
    return [word.text for word in split_words(sentence, COMMON)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The U.S. envoy paid $1.2bn.", ["the", "U.S.", "envoy", "paid", "$", "1.2bn", "."]),
        ("Fishing crews don't sail.", ["fishing", "crews", "don't", "sail", "."]),
        ("Smith's 34-year-old son", ["Smith", "'s", "34-year-old", "son"]),
        ("“The tide,” he said", ["“", "the", "tide", ",", "”", "he", "said"]),
        ("Will Hart sailed", ["Will", "Hart", "sailed"]),
        ("NATO ships at 10:30 a.m.", ["NATO", "ships", "at", "10:30", "a.m."]),
    ],
)
def test_split_words(sentence: str, expected: list[str]) -> None:
    assert texts(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    ["The U.S. envoy (72) paid $1.2bn – or 10% – on Jan. 5.", 'He said: "The tide won\'t wait."'],
)
def test_contiguous_words_join_to_the_sentence(sentence: str) -> None:
    words = split_words(sentence, COMMON)
    assert join_words(words, [i > 0 for i in range(len(words))]) == sentence
    assert join_words(words, [False] * len(words)).replace("–", "") == sentence.replace("–", "")


def test_an_abbreviation_ends_a_sentence_with_one_point() -> None:
    words = split_words("He led Harbour Corp., which failed.", COMMON)
    assert join_words([*words[:4], words[-1]], [False] * 5) == "He led Harbour Corp."


def test_shapes() -> None:
    shapes = [SHAPES[word.shape] for word in split_words("The NATO chief met 7 Swiss envoys.")]
    assert shapes == [
        *("initial", "upper", "lower", "lower"),
        *("digit", "capitalised", "lower", "mark"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("abandon", "abandoned", True),
        ("die", "died", True),
        ("say", "saying", True),
        ("commission", "communist", False),
        ("increase", "incident", False),
    ],
)
def test_same_stem(first: str, second: str, *, same: bool) -> None:
    assert same_stem(first, second) is same


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary([*SPECIALS, ",", ".", '"', "(", ")", "the", "a", "and", "close", "closed"])


def test_generated_content_words_are_forms_of_source_words(vocabulary: Vocabulary) -> None:
    passage = Passage.read(["The Harbour will close."], vocabulary, COMMON)
    assert passage.number(["the", "Harbour", "closed", "."], vocabulary) is not None
    assert passage.number(["the", "harbour", "closed", "."], vocabulary) is None
    other = Passage.read(["The Harbour will open."], vocabulary, COMMON)
    assert other.number(["the", "Harbour", "closed", "."], vocabulary) is None


def test_a_vocabulary_begins_with_its_specials() -> None:
    with pytest.raises(ValueError, match="special"):
        Vocabulary(["the", *SPECIALS])


def test_rules(vocabulary: Vocabulary) -> None:
    passage = Passage.read(['The tide "will" close the port (big).'], vocabulary, COMMON)

    def ids(sentence: str) -> tuple[int, ...]:
        found = passage.number([w.text for w in split_words(sentence, COMMON)], vocabulary)
        assert found is not None
        return tuple(found)

    rules = Rules(passage, vocabulary)
    port, the, close, mark = ids("port"), ids("the"), ids("close"), ids(".")
    whole = ids("The tide will close the port.")
    assert rules.is_whole(whole)
    assert not rules.is_whole(whole[:-1])
    assert not rules.is_whole(ids('The tide "will close the port.'))
    assert not rules.may_follow(whole, port[0])
    assert not rules.may_follow(port + the, port[0])
    assert not rules.may_follow(close + the, the[0])
    assert rules.may_follow(close + the, port[0])
    assert not rules.may_follow((), mark[0])
    assert not rules.may_follow(port + the, mark[0])


@pytest.mark.parametrize(
    ("source", "kept", "lost"),
    [
        (
            "The port will allegedly close, a long report found.",
            "The port will allegedly close.",
            "The port will close.",
        ),
        (
            "If it floods, the port will close.",
            "The port will close if it floods.",
            "The port will close.",
        ),
        (
            "The port will close in May, the Mayor said.",
            "The port will close, the Mayor said.",
            "The port will close in May.",
        ),
    ],
)
def test_what_has_to_be_kept(vocabulary: Vocabulary, source: str, kept: str, lost: str) -> None:
    common = {*COMMON, "if"}
    passage = Passage.read([source], vocabulary, common)
    rules = Rules(passage, vocabulary)
    for sentence in (kept, lost):
        ids = passage.number([w.text for w in split_words(sentence, common)], vocabulary)
        assert ids is not None
        assert rules.is_whole(ids) is (sentence == kept)


def test_who_said_it_is_no_sentence(vocabulary: Vocabulary) -> None:
    passage = Passage.read(["The port will close, the new mayor of the town said."], vocabulary, ())
    rules = Rules(passage, vocabulary)
    for sentence, whole in (
        ("The new mayor of the town said.", False),
        ("The port will close, the new mayor said.", True),
    ):
        ids = passage.number([w.text for w in split_words(sentence)], vocabulary)
        assert ids is not None
        assert rules.is_whole(ids) is whole


def test_a_sentence_does_not_begin_after_its_quotation(vocabulary: Vocabulary) -> None:
    passage = Passage.read(['"The port will close," the Mayor said.'], vocabulary, COMMON)
    rules = Rules(passage, vocabulary)
    mayor, quote = passage.extra["Mayor"], vocabulary.index['"']
    assert not rules.may_follow((), mayor)
    assert rules.may_follow((), quote)


def test_follow_prefers_the_word_after_the_last_copied_one() -> None:
    match = np.array([[[0, 1, 0, 0, 1]]], np.float32)
    place = np.array([[[0, 0, 0, 1, 0]]], np.float32)
    after = follow(Reading(place, place, place), match)
    assert after.last[0, 0, 4] > 0.85
    nowhere = follow(after, np.zeros_like(match))
    assert nowhere.last.sum() == 0
    assert np.array_equal(nowhere.place, after.place)


@pytest.fixture(scope="module")
def writer() -> CopyingWriter:
    return CopyingWriter.load(MODEL)


def test_candidates_are_sentences_best_first(writer: CopyingWriter) -> None:
    for candidates in writer.write([HARBOUR, FERRY, BRIDGE]):
        assert 1 <= len(candidates) <= 4
        scores = [candidate.score for candidate in candidates]
        assert scores == sorted(scores, reverse=True)
        assert scores[0] <= 0
        assert len({candidate.text for candidate in candidates}) == len(candidates)
        for candidate in candidates:
            assert candidate.text[-1] in ".!?"
            assert candidate.text[0].isupper()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Oslo, Norway (CNN) -- The ferry sank on Friday.", "The ferry sank on Friday."),
        ("OSLO (Reuters) - The ferry sank on Friday.", "The ferry sank on Friday."),
        ("(CNN) Oslo lost its ferry.", "Oslo lost its ferry."),
        ("OSLO — The ferry sank on Friday.", "The ferry sank on Friday."),
        ("NATO — a pact of 32 states — met.", "NATO — a pact of 32 states — met."),
        ("The World Bank (WB) met on Friday.", "The World Bank (WB) met on Friday."),
    ],
)
def test_datelines_are_not_read(sentence: str, expected: str) -> None:
    assert without_dateline(sentence) == expected


def test_no_candidate_repeats_a_source_sentence(writer: CopyingWriter) -> None:
    short = ("The ferry sank on Friday.",)
    for passage, candidates in zip((FERRY, short), writer.write([FERRY, short]), strict=True):
        assert not {candidate.text for candidate in candidates} & set(passage)


def test_numbers_and_names_come_from_the_passage(writer: CopyingWriter) -> None:
    for passage, candidates in zip((HARBOUR, FERRY), writer.write([HARBOUR, FERRY]), strict=True):
        held = {word.lower() for text in passage for word in texts(text)}
        for candidate in candidates:
            names = [w for w in texts(candidate.text)[1:] if w[0].isupper() or w[0].isdigit()]
            assert all(name.lower() in held for name in names)


def test_a_passage_is_written_alike_in_any_company(writer: CopyingWriter) -> None:
    alone = writer.write([BRIDGE])[0]
    beside = writer.write([FERRY, HARBOUR, BRIDGE, HARBOUR])
    assert beside[1] == beside[3]
    assert [candidate.text for candidate in beside[2]] == [candidate.text for candidate in alone]
    for one, other in zip(alone, beside[2], strict=True):
        assert one.score == pytest.approx(other.score, abs=0.002)


def test_threads_do_not_change_what_is_written(writer: CopyingWriter) -> None:
    passages = [FERRY, HARBOUR, BRIDGE] * 4
    assert CopyingWriter.load(MODEL, threads=3).write(passages) == writer.write(passages)


def test_a_run_with_the_bundled_writer_leaves_torch_alone(seeds: Path) -> None:
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from summarize.cli import app\n"
        f"done = CliRunner().invoke(app, ['run', {str(seeds)!r}, '--format', 'json'])\n"
        "assert done.exit_code == 0, done.output\n"
        'assert \'"model": "copyist"\' in done.output\n'
        "assert 'summarize.writer.copying' in sys.modules\n"
        "assert not {'torch', 'transformers'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_passages_without_candidates(writer: CopyingWriter) -> None:
    long = ("Waves broke over the wall again and again " * (MAX_WORDS // 8 + 1) + ".",)
    assert writer.write([long, ("",), HARBOUR * 5]) == [(), (), ()]
    assert writer.write([("\u200b \u200b",), ("...",), ("\x00",)]) == [(), (), ()]
    assert writer.write([]) == []
    assert len(writer.write([FERRY], n_best=1)[0]) == 1


def test_load_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        CopyingWriter.load(tmp_path)
    for path in MODEL.iterdir():
        shutil.copy(path, tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    for change, message in (
        ({"format": 9}, "format"),
        ({"width": 10**9}, "width"),
        ({"width": "320"}, "width"),
        ({"extra": 1}, "unexpected"),
        ({"inner": config["inner"] + 1}, "do not fit"),
        ({"vocabulary": config["vocabulary"] + 1}, "entries"),
    ):
        (tmp_path / "config.json").write_text(json.dumps(config | change))
        with pytest.raises(ValueError, match=message):
            CopyingWriter.load(tmp_path)


def test_load_refuses_other_files(tmp_path: Path) -> None:
    for path in MODEL.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "decoder.safetensors").write_bytes(b"not tensors")
    with pytest.raises(ValueError, match="cannot be read"):
        CopyingWriter.load(tmp_path)
    shutil.copy(MODEL / "decoder.safetensors", tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ValueError, match="no tokenizer"):
        CopyingWriter.load(tmp_path)


def test_kinds_are_stable() -> None:
    assert KINDS[:3] == ("any", "natural", "pruned")
