"""What `--since` tells: the news, and nothing that was told."""

import json
from pathlib import Path
from typing import Literal

import pytest

from summarize.errors import UsageError
from summarize.pipeline import digest
from summarize.records import Digest
from summarize.render import render
from summarize.settings import Length, Settings
from summarize.updates import read_earlier

BRIDGE = """\
Norville harbour bridge falls in storm

The Harbour Bridge in Norville fell into the river on Sunday evening, killing four workers.
Mayor Ada Wills closed the port after the bridge fell into the river.
Divers from the navy searched the river near the bridge for a fifth worker.
"""
BRIDGE_LATER = """\
Norville bridge engineer arrested after collapse

Police in Norville arrested the chief engineer of the Harbour Bridge that fell into the river.
The Harbour Bridge in Norville fell into the river on Sunday evening, killing four workers.
Prosecutors said the engineer had signed a false report about cracks in the bridge.
"""
FERRY = """\
Elm Falls ferry line sold to Baltic Shipping

The ferry line of Elm Falls was sold to Baltic Shipping for nine million euros.
Trade unions at the ferry line fear for two hundred jobs on the island route.
"""
Form = Literal["text", "markdown", "html", "json", "eml", "atom"]
SETTINGS = Settings(model="quote", length=Length(4, "sentences"), jobs=1)


def write(folder: Path, **articles: str) -> Path:
    folder.mkdir()
    for name, text in articles.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The JSON digest of two stories."""
    folder = write(tmp_path / "monday", bridge=BRIDGE, ferry=FERRY)
    path = tmp_path / "monday.json"
    path.write_text(render(digest([folder], SETTINGS), "json"), encoding="utf-8")
    return path


def told(made: Digest) -> str:
    return " ".join(summary.text for summary in made.story_summaries.values())


def test_only_news_is_told(first: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "tuesday", bridge=BRIDGE, ferry=FERRY, later=BRIDGE_LATER)
    made = digest([folder], SETTINGS, since=read_earlier(first))
    assert "arrested the chief engineer" in told(made)
    assert "false report" in told(made)
    assert "killing four workers" not in told(made)
    assert made.unchanged == ("Elm Falls ferry line sold to Baltic Shipping",)
    assert "Nothing new in 1 story: Elm Falls ferry line" in render(made, "text")


def test_what_was_left_out_before_is_not_named_again(first: Path, tmp_path: Path) -> None:
    copy = f"{FERRY}Advertisement\n"
    folder = write(tmp_path / "tuesday", bridge=BRIDGE, ferry=FERRY, copy=copy)
    made = digest([folder], SETTINGS, since=read_earlier(first))
    assert len(made.dropped) == 1
    earlier = tmp_path / "tuesday.json"
    for night in ("wednesday", "thursday"):
        earlier.write_text(render(made, "json"), encoding="utf-8")
        (folder / f"{night}.txt").write_text(f"{BRIDGE_LATER}It rained on {night}.\n")
        made = digest([folder], SETTINGS, since=read_earlier(earlier))
        assert not any("ferry" in drop.article.path or "copy" in drop.article.path
                       for drop in made.dropped)  # fmt: skip
        assert not any(line.text == "Advertisement" for line in made.removed)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_an_update_can_be_shown_in_every_form(form: Form, seeds: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "seeds.json"
    december, march = ([*seeds.glob(f"{number}_*")] for number in ("000", "002"))
    earlier.write_text(render(digest(december, SETTINGS), "json"), encoding="utf-8")
    made = digest([*december, *march], SETTINGS, since=read_earlier(earlier))
    assert len(made.stories) == len(made.unchanged) == 1
    assert made.stories[0].title in render(made, form)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "eml", "atom"])
def test_copies_in_a_story_without_news_are_not_told_of(
    form: Form, seeds: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "seeds.json"
    copies, other = ([*seeds.glob(f"00{numbers}_*")] for numbers in ("[014]", "2"))
    earlier.write_text(render(digest(copies, SETTINGS), "json"), encoding="utf-8")
    made = digest([*copies, *other], SETTINGS, since=read_earlier(earlier))
    assert len(made.stories) == len(made.unchanged) == 1
    shown = render(made, form)
    assert made.stories[0].title in shown.replace("=\r\n", "")
    assert "AP copy" not in shown
    if form == "json":
        assert json.loads(shown)["same_wire"] == []


def test_earlier_articles_need_not_be_there(first: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "tuesday", later=BRIDGE_LATER)
    made = digest([folder], SETTINGS, since=read_earlier(first))
    assert "arrested the chief engineer" in told(made)
    assert "killing four workers" not in told(made)


def test_of_an_edited_article_only_the_changed_number_is_told(first: Path, tmp_path: Path) -> None:
    assert "killing four workers" in BRIDGE
    edited = BRIDGE.replace("killing four workers", "killing five workers")
    folder = write(tmp_path / "tuesday", bridge=edited, ferry=FERRY)
    made = digest([folder], SETTINGS, since=read_earlier(first))
    (summary,) = made.story_summaries.values()
    (sentence,) = summary.sentences
    assert "killing five workers" in sentence.text


def test_a_number_that_another_outlet_now_gives_is_news(first: Path, tmp_path: Path) -> None:
    later = BRIDGE_LATER.replace("killing four workers", "killing five workers")
    folder = write(tmp_path / "tuesday", bridge=BRIDGE, ferry=FERRY, later=later)
    made = digest([folder], SETTINGS, since=read_earlier(first))
    assert "killing five workers" in told(made)
    assert "killing four workers" not in told(made)


def test_another_white_space_is_no_news(first: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "tuesday", bridge=BRIDGE.replace("\n", "\n\n"), ferry=FERRY)
    assert digest([folder], SETTINGS, since=read_earlier(first)).stories == ()


def test_nothing_new_is_an_empty_digest(first: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "tuesday", bridge=BRIDGE, ferry=FERRY)
    made = digest([folder], SETTINGS, since=read_earlier(first))
    assert made.stories == ()
    assert len(made.unchanged) == 2
    assert json.loads(render(made, "json"))["stories"] == []


def test_without_an_earlier_digest_everything_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "tuesday", bridge=BRIDGE, ferry=FERRY)
    made = digest([folder], SETTINGS)
    assert made.unchanged == ()
    assert "since" not in made.settings


def update(folder: Path, since: Path, to: Path) -> Digest:
    """What is new in the folder since a digest, written to a file."""
    made = digest([folder], SETTINGS, since=read_earlier(since))
    to.write_text(render(made, "json"), encoding="utf-8")
    return made


def test_a_chain_of_updates_tells_each_thing_once(first: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "week", bridge=BRIDGE, ferry=FERRY, later=BRIDGE_LATER)
    days = [tmp_path / f"{day}.json" for day in ("tuesday", "wednesday", "thursday", "friday")]
    assert "arrested" in told(update(folder, first, days[0]))
    # Nothing arrives, then an article that tells the first day's news again, and news of its own.
    assert update(folder, days[0], days[1]).stories == ()
    (folder / "again.txt").write_text(
        "Norville mourns bridge workers\n\n"
        "The Harbour Bridge in Norville fell into the river on Sunday evening, killing four"
        " workers, the city said.\nThe port of Norville will open again in June, Wills said.\n",
        encoding="utf-8",
    )
    news = told(update(folder, days[1], days[2]))
    assert "open again in June" in news
    assert "killing" not in news
    # What was told before the last update is known also when its articles are gone.
    for name in ("bridge", "ferry", "later"):
        (folder / f"{name}.txt").unlink()
    assert update(folder, days[2], days[3]).stories == ()
    (folder / "back.txt").write_text(FERRY, encoding="utf-8")
    assert len(update(folder, days[3], days[0]).unchanged) == 2


def test_a_chain_of_updates_forgets_what_is_long_gone(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarize.updates.REMEMBERED", 2)
    last = tmp_path / "last.json"
    folder = write(tmp_path / "week", later=BRIDGE_LATER)
    update(folder, first, last)
    assert len(read_earlier(last).known) == 2
    (folder / "more.txt").write_text(BRIDGE_LATER.replace("engineer", "builder"), encoding="utf-8")
    update(folder, last, last)
    assert len(read_earlier(last).known) == 2
    assert read_earlier(first).article_ids.isdisjoint(read_earlier(last).article_ids)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"stories": 3}', '{"stories": [{}]}', "\xff"])
def test_what_is_no_digest_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "digest.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(UsageError, match=r"digest\.json"):
        read_earlier(path)


def test_a_digest_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_earlier(tmp_path / "none.json")
