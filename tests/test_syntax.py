import pytest

from summarize.syntax import changed_meaning, is_clause

CLAIMED = (
    "Norland had earlier claimed to have repelled a rebel attack on Harbor City, saying its jets "
    "had killed 30 fighters."
)
LOST = (
    "The rebels lost at least 40 fighters in the battle for Harbor City, said the Norland Watch, "
    "a monitoring group."
)
SEIZED = "Rebel fighters seized the old port of Harbor City on Sunday from government troops."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Norland claimed to have repelled a rebel attack on Harbor City.", CLAIMED),
        ("The rebels lost at least 40 fighters in the battle, said the Norland Watch.", LOST),
        ("Rebel fighters seized the port of Harbor City on Sunday.", SEIZED),
    ],
)
def test_shortening_keeps_the_meaning(text: str, source: str) -> None:
    assert is_clause(text)
    assert changed_meaning(text, [source]) is None


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        ("Harbor City claimed to have repelled a rebel attack.", CLAIMED, "role"),
        ("Government troops seized the port from rebel fighters.", SEIZED, "role"),
        ("The rebels lost at least 40 fighters in the battle.", LOST, "main verb"),
        (
            "The rebels lost 40 fighters in the battle, said the Norland Watch.",
            LOST,
            "hedge",
        ),
        ("The army did attack the port.", "The army did not attack the port.", "negation"),
        (
            "The push came hours after troops pushed the group.",
            "The push came hours after troops pushed the group out of the city.",
            "complement",
        ),
        (
            "The push came hours after troops and air raids.",
            "The push came hours after troops and air raids drove the group out.",
            "clause",
        ),
        (
            "The picture shows a palace on Thursday.",
            "The picture shows a palace in a view that was released on Thursday.",
            "clause",
        ),
        (
            "Rebels overran the port and the old town.",
            "Rebels overran the port and the old town in May 2015.",
            "time",
        ),
        (
            "Norland army announced an offensive.",
            "On Thursday, the Norland army announced an offensive.",
            "time",
        ),
        (
            "Norland army announced an offensive on Thursday.",
            "The Norland army announced an offensive on Thursday.",
            "article",
        ),
        (
            "The group moved fighters from its capital’ in Ost.",
            "The group moved fighters from its ‘capital’ in Ost.",
            "quotation",
        ),
        (
            "“The army is in control,” a source said.",
            "“The army is in full control of the port,” a source said.",
            "quotation",
        ),
        (
            "The dam broke, police said.",
            "The dam broke on Friday, police said.",
            "time",
        ),
        (
            "Norland is pumping more oil than at any point.",
            "Norland is pumping more oil than at any point since 1986.",
            "hedge",
        ),
        (
            "Some firms will sell the equipment.",
            "Some firms will sell the equipment if the owner asks.",
            "hedge",
        ),
        (
            "Norland would need to build a bomb.",
            "Norland would need “over a year or so” to build a bomb.",
            "quotation",
        ),
        (
            "The play is the best earner.",
            "When adjusted for inflation, the play is the best earner.",
            "hedge",
        ),
        (
            "There was no call from the school.",
            "There was no call from the school during the emergency.",
            "hedge",
        ),
        (
            "The court ordered.",
            "The court ordered the company to pay.",
            "complement",
        ),
        (
            "The minister resigned on Friday.",
            "The former minister resigned on Friday.",
            "hedge",
        ),
        (
            "The dam broke on Friday.",
            "The dam broke on Friday, according to villagers.",
            "hedge",
        ),
    ],
)
def test_changed_meaning_is_named(text: str, source: str, reason: str) -> None:
    assert changed_meaning(text, [source]) == reason


@pytest.mark.parametrize(
    "text",
    [
        "Thousands of customers of the bank.",
        "Government must change with it to.",
        "Seized the port on Sunday.",
        'A deputy is on leave after "inadvertently".',
        "There were tensions between the producer.",
        "The film won eight awards, including film, actress.",
        "The party, led by Ada Wills won nine seats.",
    ],
)
def test_a_fragment_is_no_clause(text: str) -> None:
    assert not is_clause(text)


@pytest.mark.parametrize("source", [CLAIMED, LOST, SEIZED])
def test_a_sentence_never_changes_its_own_meaning(source: str) -> None:
    assert changed_meaning(source, [source]) is None


def test_a_source_without_a_verb_is_compared_too() -> None:
    source = "A quiet night in Harbor City after a week of fighting."
    assert changed_meaning("Harbor City was quiet after a week of fighting.", [source])
