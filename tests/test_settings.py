import pytest

from summarize.errors import UsageError
from summarize.settings import ARTICLE_LENGTH, STORY_LENGTH, Length, Settings


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("5s", 5, "sentences"),
        ("120w", 120, "words"),
        ("1 sentence", 1, "sentences"),
        ("40 Words", 40, "words"),
        (" 3S ", 3, "sentences"),
    ],
)
def test_length_is_read_as_people_write_it(text: str, count: int, unit: str) -> None:
    assert Length.parse(text) == Length(count, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", "5", "s", "0s", "-3s", "5x", "five sentences", "1.5s", "5s5w"]
)
def test_what_is_no_length_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="5s"):
        Length.parse(text)


def test_length_prints_as_it_is_given() -> None:
    assert [str(Length.parse(text)) for text in ("5s", "120w")] == ["5s", "120w"]


def test_one_length_counts_for_articles_and_stories() -> None:
    assert Settings().article_length == ARTICLE_LENGTH
    assert Settings().story_length == STORY_LENGTH
    both = Settings(length=Length(3, "sentences"))
    assert both.article_length == both.story_length == Length(3, "sentences")


def test_no_cores_are_refused() -> None:
    with pytest.raises(UsageError, match="jobs"):
        Settings(jobs=0)
