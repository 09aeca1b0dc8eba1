import json
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.records import Example
from benchmarks.systems import Summarizer
from benchmarks.systems.budget import source_sentences
from benchmarks.systems.tools import TOOLS, load_tool
from benchmarks.systems.tools_command import ToolFailedError, command
from benchmarks.systems.tools_common import text_sentences
from benchmarks.systems.tools_extractive import PYTEXTRANK_METHODS, SUMY_METHODS
from summarize.errors import ModelUnavailableError, UsageError
from summarize.settings import Length
from tests.checkpoints import make_checkpoint

FIRST = """The Harbor Bridge in Norville collapsed on Monday morning, killing four workers.
Nine people were taken to the city's hospital. Engineers had warned of cracks in the main span.
"Nobody listened to us," said Ruth Adler, who had inspected the bridge in May."""
SECOND = """Mayor Ada Wills said on Tuesday that Norville would pay for a new bridge.
The old bridge was 60 years old. Engineers had warned of cracks in the main span.
Ferries will cross the harbor every ten minutes until the new bridge is open."""
STORY = Example("story", (FIRST, SECOND), titles=("Bridge collapses", "Mayor promises ferries"))
SPEECHLESS = Example("speechless", ("", "  \n"))
EXTRACTIVE = (
    *(f"sumy:{method}" for method in SUMY_METHODS),
    *(f"pytextrank:{method}" for method in PYTEXTRANK_METHODS),
)
SENTENCES = [s.text for document in source_sentences(STORY) for s in document]


def words(count: int) -> Length:
    return Length(count, "words")


def sentences(count: int) -> Length:
    return Length(count, "sentences")


@pytest.fixture(scope="module", params=EXTRACTIVE)
def extractive(request: pytest.FixtureRequest) -> Summarizer:
    name: str = request.param
    pytest.importorskip(name.partition(":")[0])
    return load_tool(name)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel

    folder = make_checkpoint("bart", tmp_path_factory.mktemp("bart"))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
    network = BertModel(BertConfig(vocab_size=len(tokenizer), intermediate_size=32, **sizes))
    encoder = tmp_path_factory.mktemp("encoder")
    tokenizer.save_pretrained(encoder)
    network.save_pretrained(encoder)
    return encoder


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], str]:
    def write(code: str) -> str:
        path = tmp_path / "tool.py"
        path.write_text(f"import sys, time, pathlib\n{code}\n", encoding="utf-8")
        return shlex.join([sys.executable, str(path)])

    return write


def hide(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    for name in list(sys.modules):
        if name == package or name.startswith(f"{package}."):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)


def change_settings(folder: Path, **settings: Any) -> None:
    from transformers import AutoModelForSeq2SeqLM

    network = AutoModelForSeq2SeqLM.from_pretrained(folder)
    network.generation_config.update(**settings)
    network.save_pretrained(folder)


def test_sentence_pickers_say_source_sentences_in_their_order(extractive: Summarizer) -> None:
    said = list(extractive.summarize(STORY, sentences(3)).sentences)
    assert len(said) == 3
    assert said == sorted(said, key=SENTENCES.index)


def test_sentence_pickers_fill_a_word_budget_and_never_overrun_it(extractive: Summarizer) -> None:
    for budget in (7, 20, 45):
        used = len(extractive.summarize(STORY, words(budget)).text.split())
        assert 0 < used <= budget


def test_sentence_pickers_say_everything_once_when_it_fits(extractive: Summarizer) -> None:
    assert extractive.summarize(STORY, words(500)).sentences == tuple(dict.fromkeys(SENTENCES))


def test_sentence_pickers_say_nothing_of_nothing(extractive: Summarizer) -> None:
    assert extractive.summarize(SPEECHLESS, sentences(2)).sentences == ()


def test_sentence_pickers_take_texts_without_nouns_or_words(extractive: Summarizer) -> None:
    said = extractive.summarize(Example("odd", ("Yes! No.\n12 % (3).",)), sentences(9)).sentences
    assert set(said) <= {"Yes!", "No.", "12 % (3)."}


def test_sentence_pickers_sign_with_the_version_of_the_library(extractive: Summarizer) -> None:
    from importlib.metadata import version

    package = extractive.name.partition(":")[0]
    assert extractive.signature.startswith(f"{extractive.name} {package} {version(package)} ")
    assert extractive.weights == 0


def test_ties_of_sumy_go_to_the_earlier_sentence() -> None:
    pytest.importorskip("sumy")
    equal = Example("equal", ("Ann hugged Bob. Carl called Dora. Emil hit Fred. Gina fed Hank.",))
    for method in ("lsa", "textrank"):
        said = load_tool(f"sumy:{method}").summarize(equal, sentences(2)).sentences
        assert said == ("Ann hugged Bob.", "Carl called Dora.")


def test_the_titles_are_the_focus_of_biasedtextrank() -> None:
    pytest.importorskip("pytextrank")
    tool = load_tool("pytextrank:biasedtextrank")
    for title, expected in (("Ferries", "Ferries will cross"), ("Workers", "The Harbor Bridge")):
        about = Example("about", STORY.documents, titles=(title,))
        assert tool.summarize(about, sentences(1)).text.startswith(expected)


@pytest.mark.parametrize(
    ("name", "package", "installs"),
    [
        ("sumy:lexrank", "sumy", "pip install sumy"),
        ("pytextrank:textrank", "pytextrank", "pip install pytextrank"),
        ("bert-extractive:x", "summarizer", "pip install bert-extractive-summarizer"),
        ("textsum:x", "textsum", "pip install textsum"),
    ],
)
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str, installs: str
) -> None:
    hide(monkeypatch, package)
    with pytest.raises(UsageError, match="is not installed") as caught:
        load_tool(name)
    assert caught.value.hint.endswith(installs)


@pytest.mark.parametrize(
    "name", ["lexrank", "sumy", "sumy:", "sumy:edmundson", "pytextrank:fast", "command: "]
)
def test_an_unknown_name_is_refused_with_what_can_be_written(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_tool(name)
    assert caught.value.hint


def test_every_listed_tool_is_one_that_can_be_loaded() -> None:
    for pattern in TOOLS:
        kind, _, choices = pattern.partition(":")
        with pytest.raises((UsageError, ModelUnavailableError)) as caught:
            load_tool(f"{kind}:no-such-{choices}")
        assert "There is no tool" not in str(caught.value)


def test_bert_extractive_keeps_to_either_length(encoder: Path) -> None:
    tool = load_bert(encoder)
    three = tool.summarize(STORY, sentences(3)).sentences
    assert len(three) == 3
    assert three[0] == SENTENCES[0]
    for budget in (5, 20, 40, 500):
        assert len(tool.summarize(STORY, words(budget)).text.split()) <= budget
    assert len(tool.summarize(STORY, words(40)).sentences) >= 2
    assert tool.summarize(SPEECHLESS, words(40)).sentences == ()


def test_bert_extractive_signs_with_its_encoder(encoder: Path) -> None:
    from summarize.models import find_model, fingerprint

    tool = load_bert(encoder)
    assert fingerprint(find_model(str(encoder))) in tool.signature
    assert tool.weights == (encoder / "model.safetensors").stat().st_size


def test_bert_extractive_leaves_transformers_as_it_was(encoder: Path) -> None:
    import transformers

    load_bert(encoder)
    assert getattr(transformers, "TransfoXLModel", "missing") is not None


def test_bert_extractive_refuses_a_model_that_is_no_encoder(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match="no encoder"):
        load_bert(make_checkpoint("t5", tmp_path))


def load_bert(folder: Path) -> Summarizer:
    try:
        return load_tool(f"bert-extractive:{folder}")
    except UsageError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("family", ["t5", "bart", "primera"])
def test_generate_runs_families_on_texts_of_any_length(family: str, tmp_path: Path) -> None:
    folder = make_checkpoint(family, tmp_path)
    tool = load_tool(f"generate:{folder}")
    long = Example("long", (" ".join([FIRST, SECOND] * 20), SECOND))
    for example in (STORY, long, SPEECHLESS):
        assert len(tool.summarize(example, words(15)).text.split()) <= 15
    assert tool.summarize(STORY, sentences(2)).sentences
    assert tool.weights == (folder / "model.safetensors").stat().st_size


def test_generate_keeps_the_settings_of_the_checkpoint(tmp_path: Path) -> None:
    folder = make_checkpoint("t5", tmp_path)
    free = load_tool(f"generate:{folder}").summarize(STORY, sentences(1)).text
    change_settings(folder, max_length=6)
    bound = load_tool(f"generate:{folder}").summarize(STORY, sentences(1)).text
    assert 0 < len(bound) < len(free)


def test_generate_keeps_the_summary_settings_of_old_checkpoints(tmp_path: Path) -> None:
    folder = make_checkpoint("t5", tmp_path)
    free = load_tool(f"generate:{folder}").summarize(STORY, sentences(1)).text
    config = folder / "config.json"
    old = {"task_specific_params": {"summarization": {"max_length": 6, "prefix": "summarize: "}}}
    config.write_text(json.dumps(json.loads(config.read_text(encoding="utf-8")) | old), "utf-8")
    bound = load_tool(f"generate:{folder}").summarize(STORY, sentences(1)).text
    assert 0 < len(bound) < len(free)


def test_generate_signs_with_its_weights(tmp_path: Path) -> None:
    folder = make_checkpoint("t5", tmp_path)
    before = load_tool(f"generate:{folder}").signature
    assert load_tool(f"generate:{folder}").signature == before
    change_settings(folder, max_length=6)
    assert load_tool(f"generate:{folder}").signature != before


def test_generate_refuses_folders_that_are_not_safe_or_complete(tmp_path: Path) -> None:
    folder = make_checkpoint("t5", tmp_path)
    config = folder / "config.json"
    plain = config.read_text(encoding="utf-8")
    config.write_text(plain.replace("{", '{"auto_map": {"AutoModel": "x.X"},', 1), encoding="utf-8")
    with pytest.raises(ModelUnavailableError, match="code of its own"):
        load_tool(f"generate:{folder}")
    config.write_text(plain.replace('"num_layers": 1', '"num_layers": 2'), encoding="utf-8")
    with pytest.raises(ModelUnavailableError, match="missing"):
        load_tool(f"generate:{folder}")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelUnavailableError, match="with safetensors weights"):
        load_tool(f"generate:{folder}")
    for name in ("quote", "copyist", "nobody/nothing", str(tmp_path / "nowhere")):
        with pytest.raises(ModelUnavailableError):
            load_tool(f"generate:{name}")


def test_textsum_keeps_to_the_length(tmp_path: Path) -> None:
    pytest.importorskip("textsum")
    tool = load_tool(f"textsum:{make_checkpoint('t5', tmp_path)}")
    assert tool.summarize(STORY, sentences(2)).sentences
    assert len(tool.summarize(STORY, words(15)).text.split()) <= 15
    assert tool.summarize(SPEECHLESS, words(15)).sentences == ()


def test_written_texts_are_split_where_a_full_stop_stands_free() -> None:
    said = text_sentences("it fell at no. 5 . nobody was hurt .\r\nFerries run. They are full.")
    assert [sentence.text for sentence in said] == [
        "it fell at no. 5 .",
        "nobody was hurt .",
        "Ferries run.",
        "They are full.",
    ]


def test_a_command_reads_the_documents_from_a_file(script: Callable[[str], str]) -> None:
    line = script("print(pathlib.Path(sys.argv[1]).read_text('utf-8').count('\\n\\n'), 'gaps')")
    gapped = Example("gapped", ("One.\n\n\nTwo.", "Three.", "Four."))
    assert load_tool(f"command:{line} {{input}}").summarize(gapped, words(9)).text == "2 gaps"


def test_a_command_reads_the_documents_from_a_folder(script: Callable[[str], str]) -> None:
    line = script(
        "[print(p.read_text('utf-8')) for p in sorted(pathlib.Path(sys.argv[1]).iterdir())]"
    )
    said = command(f"{line} {{folder}}").summarize(STORY, words(500)).sentences
    assert said == tuple(dict.fromkeys(SENTENCES))


def test_a_command_reads_the_documents_from_its_input(script: Callable[[str], str]) -> None:
    line = script("print(sys.stdin.read())")
    assert command(line).summarize(STORY, words(12)).text == SENTENCES[0]
    assert command(line).summarize(SPEECHLESS, words(12)).text == ""


def test_a_command_is_told_the_length(script: Callable[[str], str]) -> None:
    line = script("print(*sys.argv[1:])")
    assert command(f"{line} -n{{words}} {{}}").summarize(STORY, words(70)).text == "-n70 {}"
    assert command(f"{line} {{sentences}}").summarize(STORY, sentences(4)).text == "4"
    with pytest.raises(UsageError, match=r"asks for \{sentences\}, but the length is 70w"):
        command(f"{line} {{sentences}}").summarize(STORY, words(70))


def test_a_command_is_not_run_by_a_shell(script: Callable[[str], str], tmp_path: Path) -> None:
    line = script("print(*sys.argv[1:])") + f" $HOME ; touch {tmp_path / 'made'}"
    assert command(line).summarize(STORY, words(70)).text.startswith("$HOME ; touch")
    assert not (tmp_path / "made").exists()


def test_a_command_that_fails_is_reported_with_its_last_words(script: Callable[[str], str]) -> None:
    line = script("print('A summary.'); sys.exit('Traceback\\nNo \\x1b[31mmodel found\\n')")
    with pytest.raises(ToolFailedError, match=r"exit code 1: No \[31mmodel found"):
        command(line).summarize(STORY, words(70))


def test_a_command_that_hangs_is_ended_with_its_children(
    script: Callable[[str], str], tmp_path: Path
) -> None:
    sign = tmp_path / "alive"
    child = f"import time, pathlib; time.sleep(3); pathlib.Path({str(sign)!r}).touch()"
    line = script(
        f"import subprocess; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    start = time.monotonic()
    with pytest.raises(ToolFailedError, match="not done after 1 seconds"):
        command(line, timeout=1).summarize(STORY, words(70))
    assert time.monotonic() - start < 30
    time.sleep(4)
    assert not sign.exists()


def test_a_chatty_command_blocks_nobody(script: Callable[[str], str]) -> None:
    line = script("sys.stderr.write('step\\n' * 200_000); print('A bridge fell. ' * 50_000)")
    assert command(line).summarize(STORY, sentences(2)).text == "A bridge fell."


def test_a_command_that_writes_no_text_is_reported(script: Callable[[str], str]) -> None:
    line = script("sys.stdout.buffer.write(bytes([0xff, 0xfe, 0x80]))")
    with pytest.raises(ToolFailedError, match="no UTF-8 text"):
        command(line).summarize(STORY, words(70))


@pytest.mark.parametrize("line", ["no-such-program-anywhere", "tool 'unclosed"])
def test_a_command_that_cannot_be_run_is_refused_when_it_is_named(line: str) -> None:
    with pytest.raises(UsageError):
        load_tool(f"command:{line}")


def test_a_command_signs_with_the_files_that_it_names(script: Callable[[str], str]) -> None:
    line = script("print('One.')")
    before = command(line).signature
    assert command(line).signature == before
    script("print('Two.')")
    assert command(line).signature != before
