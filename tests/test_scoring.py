import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.records import Evidence, Sentence
from summarize.scoring import SourceIndex
from summarize.sentences import split_sentences
from tests.conftest import SEEDS, make_article

TEXT = """The Harbour Council for Marine Safety said on Sunday 64 boats had rescued 300 sailors.
About 45 square kilometers of the bay near Port Elmo were closed from 27 February 2016.
Maria del Campo, the head of the Northern Ferry Union (NFU), met President Bashar al-Torun.
The Syrian navy sent two tugs to Gaza, and the United Nations paid $1,213,000 for ten to 12 pumps.
A quarter of the crew were ill; 18 police officers and a dozen nurses came by 5:25 p.m. in May.
It began in May 2015.
Dozens of tourists from the T4 ferry slept in the Port Elmo Coordination group’s hall.
Mohammed Gaddafi was third in the race."""


@pytest.fixture(scope="module")
def sources() -> tuple[Sentence, ...]:
    return split_sentences(make_article(TEXT))


@pytest.fixture(scope="module")
def index(sources: tuple[Sentence, ...]) -> SourceIndex:
    return SourceIndex(sources)


def index_of(*texts: str) -> SourceIndex:
    return SourceIndex(split_sentences(make_article("\n".join(texts))))


def judged(index: SourceIndex, text: str) -> dict[str, str]:
    return {evidence.claim.text: evidence.verdict for evidence in index.judge(text)}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("They met Bashar al-Torun there.", "Bashar al-Torun"),
        ("They met Bashar Torun there.", "Bashar Torun"),
        ("They met Bashar Al Torun there.", "Bashar Al Torun"),
        ("They met Torun there.", "Torun"),
        ("They met Maria Campo there.", "Maria Campo"),
        ("They met the Council for Marine Safety.", "Council for Marine Safety"),
        ("They met the HCMS there.", "HCMS"),
        ("They met the NFU there.", "NFU"),
        ("They met the UN there.", "UN"),
        ("They went to Syria then.", "Syria"),
        ("They met Gazans then.", "Gazans"),
        ("They went to Port Elmo.", "Port Elmo"),
        ("They saw Muhammad Gadhafi there.", "Muhammad Gadhafi"),
        ("They met Torun-Campo aides.", "Torun-Campo"),
        ("They took the T4 home.", "T4"),
        ("They left on Sunday.", "Sunday"),
        ("They left in 2016.", "2016"),
        ("They left in February.", "February"),
        ("They left on February 27, 2016.", "February 27, 2016"),
        ("They left at 5:25.", "5:25"),
        ("The Syrian Navy came then.", "Syrian Navy"),
        ("They saw 64 boats.", "64"),
        ("They saw sixty-four boats.", "sixty-four"),
        ("They saw 300 people.", "300"),
        ("They saw 2 tugs.", "2"),
        ("They saw 12 nurses.", "12"),
        ("They saw 10-12 pumps.", "10-12"),
        ("They saw up to 12 pumps.", "12"),
        ("He was 3rd in it.", "3rd"),
        ("They paid $1.213 million.", "$1.213 million"),
    ],
)
def test_supported(index: SourceIndex, text: str, claim: str) -> None:
    assert judged(index, text)[claim] == "supported"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("They paid about $1.2 million.", "$1.2 million"),
        ("They paid more than $1 million.", "$1 million"),
        ("About 17 square miles were closed.", "17 square miles"),
        ("About 25 percent were ill.", "25 percent"),
        ("Hundreds of sailors came.", "Hundreds"),
    ],
)
def test_derived(index: SourceIndex, text: str, claim: str) -> None:
    assert judged(index, text)[claim] == "derived"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("They met Carla Torun there.", "Carla Torun"),
        ("They met Maria Bashar there.", "Maria Bashar"),
        ("They went to Lisbon.", "Lisbon"),
        ("They went to Russia.", "Russia"),
        ("Hundreds of families came.", "Hundreds"),
        ("They met the XYZ there.", "XYZ"),
        ("They left on Monday.", "Monday"),
        ("They left in May 2016.", "May 2016"),
        ("They left in 2014.", "2014"),
        ("They saw 65 boats.", "65"),
        ("They saw 18 soldiers.", "18"),
        ("They waited 64 hours.", "64 hours"),
        ("They paid 64 percent.", "64 percent"),
        ("They paid $2 million.", "$2 million"),
        ("They paid about $1.3 million.", "$1.3 million"),
        ("About 19 square miles were closed.", "19 square miles"),
        ("He was fourth in it.", "fourth"),
    ],
)
def test_absent(index: SourceIndex, text: str, claim: str) -> None:
    (evidence,) = [e for e in index.judge(text) if e.claim.text == claim]
    assert evidence == Evidence(evidence.claim, "absent")


def test_another_number_of_the_same_thing_in_the_cited_sentence_contradicts(
    index: SourceIndex, sources: tuple[Sentence, ...]
) -> None:
    text = "The Harbour Council said 64 boats had rescued 400 sailors."
    verdicts = [(e.claim.text, e.verdict, e.quote) for e in index.judge(text, sources[:1])]
    assert ("400", "contradicted", "300") in verdicts
    assert judged(index, "By noon, 400 sailors were safe.")["400"] == "absent"


ACCUSED = "Novak accused Kovacs of fraud at the hearing on Monday."
BOATS = "Of the 23 boats in the regatta, 8 sank in the storm off Port Elmo."


@pytest.mark.parametrize(
    ("text", "claim", "sources", "working"),
    [
        ("About a third of the boats sank off Elmo.", "a third", [BOATS], "8 of 23 = 34.8 %"),
        ("Some 35 percent of the boats sank.", "35 percent", [BOATS], "8 of 23 = 34.8 %"),
        ("15 fewer boats sank than raced.", "15", [BOATS.replace("8 sank", "8 boats sank")],
         "23 - 8 = 15"),
        ("In all 19 houses burned.", "19",
         ["In Elmo 12 houses burned.", "Another 7 houses burned in Ost."], "12 + 7 = 19"),
        ("Votes for Novak rose by 20.", "20", ["Votes for Novak rose from 100 to 120."],
         "120 - 100 = 20"),
        ("It was 17 years in building.", "17 years",
         ["Building began in 1999 and ended in 2016."], "2016 - 1999 = 17"),
        ("More than 300 people saw the race.", "300", ["312 visitors saw the race in Elmo."],
         "312 ≈ 300"),
        ("More than half of the voters said no.", "half", ["Of the voters 54 percent said no."],
         "54 percent ≈ half"),
        ("Four in five of the nurses in Elmo walked out.", "Four",
         ["In Elmo 1,840 of the 2,300 nurses walked out."], "1840 of 2300 = 80 %"),
        ("Two thirds of the Elmo council voted for the ban.", "Two thirds",
         ["The council of Elmo voted six to three for the ban."], "6 of 9 = 66.7 %"),
        ("The council backed the ban by about three to one.", "three to one",
         ["The council backed the ban by 188 votes to 61."], "188 / 61 = 3.08"),
        ("The strike in Elmo lasted more than six weeks.", "six weeks",
         ["The strike in Elmo lasted from October 4 to November 19."],
         "October 4 to November 19 = 46 days"),
        ("They will hand over their arms within three months.", "three months",
         ["The rebels will hand over arms within 90 days."], "90 days ≈ three months"),
        ("More than 3,000 residents fled.", "3,000", ["About 3,100 people had to leave."],
         "3,100 ≈ 3,000"),
        ("Sales in Elmo were up by about 13 percent.", "13 percent",
         ["Sales in Elmo climbed to $9.8 billion from $8.7 billion."],
         "(9.8 billion - 8.7 billion) / 8.7 billion = 12.6 %"),
        ("Sales in Elmo fell by 20 percent.", "20 percent",
         ["Sales in Elmo were 800 boats this year and 1,000 boats last year."],
         "(1000 - 800) / 1000 = 20 %"),
        ("Turnout rose by seven percentage points.", "seven percentage points",
         ["Turnout was 71 percent, up from 64 percent in 2011."], "71 - 64 = 7"),
        ("Ten people were dead or missing in Elmo.", "Ten",
         ["In Elmo the 130 km winds were such that 3 people drowned and 7 were missing."],
         "7 + 3 = 10"),
        ("It was about minus 4 degrees Fahrenheit.", "minus 4 degrees Fahrenheit",
         ["It was minus 20 degrees Celsius in Elmo."],
         "minus 20 degrees Celsius ≈ minus 4 degrees Fahrenheit"),
        ("One dose of it was enough for the sailors.", "One",
         ["A single dose was enough for the sailors, the harbour doctor said."],
         "single dose ≈ One"),
        ("The ban lasts at least three months.", "three months",
         ["The ban on boats lasts 12 weeks."], "12 weeks ≈ three months"),
        ("The jury values the loss almost two million pounds higher than the owner.",
         "two million pounds",
         ["The jury puts the loss at 6 million pounds.", "The owner says 4.2 million pounds."],
         "6 million - 4.2 million = 1.8 million"),
    ],
)  # fmt: skip
def test_derived_numbers_show_their_working(
    text: str, claim: str, sources: list[str], working: str
) -> None:
    found = {e.claim.text: e for e in index_of(*sources).judge(text)}[claim]
    assert (found.verdict, found.working) == ("derived", working)
    assert found.quote in " ".join(sources)


@pytest.mark.parametrize(
    ("text", "claim", "sources"),
    [
        ("About half of the boats sank off Elmo.", "half", [BOATS]),
        ("Under 20 percent of the boats sank.", "20 percent", [BOATS]),
        ("At least 135,205 people died in Elmo.", "135,205", ["In Elmo 142,981 people died."]),
        ("At least 6 sailors were hurt in Elmo.", "6", ["In Elmo 8 sailors were hurt."]),
        ("Sales in Elmo rose by 25 percent.", "25 percent",
         ["Sales in Elmo were 800 boats this year and 3,200 boats last year."]),
        ("In all 21 houses burned.", "21",
         ["In Elmo 12 houses burned.", "Another 7 houses burned in Ost."]),
        ("Two in five of the nurses in Elmo walked out.", "Two",
         ["In Elmo 1,840 of the 2,300 nurses walked out."]),
        ("More than 3,000 residents fled.", "3,000", ["About 5,100 people had to leave."]),
        ("The strike in Elmo lasted more than nine weeks.", "nine weeks",
         ["The strike in Elmo lasted from October 4 to November 19."]),
        ("They will hand over their arms within three months.", "three months",
         ["The rebels will hand over arms within 60 days."]),
        ("In all 19 people died.", "19",
         ["In Elmo 12 houses burned.", "Another 7 soldiers died in Ost."]),
        ("In all 19 houses burned.", "19",
         ["In Elmo 12 houses burned.", "Nobody was hurt.", "7 houses burned in Ost."]),
    ],
)  # fmt: skip
def test_wrong_sums_are_absent(text: str, claim: str, sources: list[str]) -> None:
    found = {e.claim.text: e for e in index_of(*sources).judge(text)}[claim]
    assert (found.verdict, found.working) == ("absent", "")


@pytest.mark.parametrize(
    ("text", "claim", "source"),
    [
        ("Kettler accused Kovacs of fraud at the hearing on Monday.", "Kettler", ACCUSED),
        ("Novak accused Kovacs of fraud at the hearing on Friday.", "Friday", ACCUSED),
        ("The fire killed 14 nurses in the clinic at Ost.", "14",
         "The fire killed 14 soldiers in the clinic at Ost."),
        ("The fire burned 14 acres of wood near Ost.", "14 acres",
         "The fire burned 14 hectares of wood near Ost."),
    ],
)  # fmt: skip
def test_another_claim_in_its_place_contradicts(text: str, claim: str, source: str) -> None:
    sources = [source, "Kettler will speak on Friday, said two nurses with 30 acres of their own."]
    found = {e.claim.text: e.verdict for e in index_of(*sources).judge(text)}[claim]
    assert found in ("contradicted", "absent")
    assert found == "contradicted" or "acres" in claim


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Danish", "Some 70 of the Swedish troops on the island had left by Friday."),
        ("Danish", "A court fined the Republican candidate for his letters from the island."),
        ("Kettler", "“The ferries will sail again by the end of June,” Novak said."),
    ],
)
def test_another_people_or_speaker_in_a_near_copy_contradicts(name: str, source: str) -> None:
    text = re.sub("Swedish|Republican|Novak", name, source)
    index = index_of(source, "Kettler met the Danish minister and the mayor of Elmo.")
    assert judged(index, text)[name] == "contradicted"


@pytest.mark.parametrize(
    ("text", "source", "working"),
    [
        ("Kovacs accused Novak of fraud on Monday.", ACCUSED, "exchanged"),
        ("Novak was accused of fraud by Kovacs.", ACCUSED, "exchanged"),
        ("Novak did not accuse Kovacs of fraud.", ACCUSED, "no “not”"),
        ("The council did ban the ferries.", "The council did not ban the ferries.", "“not”"),
        ("The council signed the treaty.", "The council refused to sign the treaty.", "“not”"),
        ("Norland recaptured Harbor City on Friday.",
         "Norland is poised to recapture Harbor City on Friday.", "happened"),
        ("Profits of Ost Steel rose sharply in May.", "Profits of Ost Steel fell sharply in May.",
         "the source says “fell”"),
        ("The council reported a sharp rise in profit.",
         "The council reported a sharp drop in profit.", "the source says “drop”"),
        ("The council agreed to release Novak on bail.",
         "The council refused to release Novak on bail.", "the source says “refused”"),
        ("Shops in Elmo closed before the storm.", "Shops in Elmo closed after the storm.",
         "the source says “after”"),
        ("Novak spoke of “a brake fault that may stop the bus”.",
         "Novak spoke of “a switch fault that may stop the bus”.", "the source says “switch”"),
        ("The county's three schools were damaged by the fire.",
         "None of the county's three schools was damaged by the fire.", "“not”"),
        ("Turnout was 71 percent in Ost, down from 64 percent in 2011.",
         "Turnout was 71 percent in Ost, up from 64 percent in 2011, the mayor said.",
         "the source says “up”"),
        ("Spending on ferries will fall by 6 percent.",
         "Spending on ferries will rise by 6 percent, while the army's budget is to be cut.",
         "the source says “rise”"),
        ("Novak's foreign minister, Ann Kettler, declared victory.",
         "Novak's interior minister, Ann Kettler, declared victory on Friday.",
         "the source says “interior”"),
        ("Kovacs admitted that he had misled the council.",
         "He denied that he had misled the council.", "the source says “denied”"),
        ("The writer Novak was released in May.",
         "The mayor spoke of the writer Novak, who was detained in May.",
         "the source says “detained”"),
        ("Eight of the council voted against the ban.",
         "Eight of the council voted for the ban on Friday.", "the source says “for”"),
        ("Captain Novak, who steered the boat, said she could not support another in winter.",
         "In a speech on Tuesday she said she could support another ban in winter, Novak wrote.",
         "no “not”"),
        ("Novak has visited Port Elmo.", "Novak will visit Port Elmo next week.", "happened"),
        ("Regulators have approved the takeover of Ost Steel.",
         "Regulators must still approve the takeover of Ost Steel.", "happened"),
        ("The council will call an election.", "The council may call an election, Novak said.",
         "may"),
        ("Novak refused to concede defeat.", "Novak, 61, conceded defeat on Friday.", "no “not”"),
        ("The moon of Ost has an atmosphere, Novak said.",
         "“We do not know whether the moon of Ost has an atmosphere,” Novak said.", "open"),
        ("Kettler appointed Kovacs to run the port.",
         "Kovacs appointed the new harbour master, Kettler, to run the port.", "exchanged"),
        ("The mayor called it \"a gift with other people's money\".",
         "The mayor called it \"a gamble with other people's money\".",
         "the source says “gamble”"),
        ("Kovacs admitted that the council signed the treaty.",
         "Kovacs admitted the council failed to sign the treaty when it met in May.", "“not”"),
        ("The ministry ordered emergency grain selling to steady prices in Ost in May.",
         "The ministry ordered emergency grain buying to steady prices in Ost in May.",
         "the source says “buying”"),
        ("Shares in Ost Steel closed higher for a third straight session on Monday.",
         "Shares in Ost Steel closed higher for a second straight session on Monday.",
         "the source says “second”"),
        ("Novak said he could not support a ban in May.",
         "In a long speech on Tuesday Novak said that he could support a ban in May.", "no “not”"),
    ],
)  # fmt: skip
def test_statements_that_say_another_thing_contradict(text: str, source: str, working: str) -> None:
    (found,) = [e for e in index_of(source).judge(text) if e.claim.kind == "statement"]
    assert found.verdict == "contradicted"
    assert working in found.working
    assert text[found.claim.start : found.claim.end] == found.claim.text
    assert source[found.start : found.end] == found.quote


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Kovacs was accused of fraud by Novak.", [ACCUSED]),
        ("Ost met Elmo in the cup final.", ["Elmo met Ost in the cup final."]),
        ("The council did not sign the treaty.", ["The council refused to sign the treaty."]),
        ("Norland recaptured Harbor City on Friday.",
         ["Norland is poised to recapture Harbor City on Friday.",
          "Norland's army recaptured Harbor City on Friday."]),
        ("The council will pay for the ferry boat ride to the islands off Elmo in May.",
         ["The council will pay for the ride to the islands off Elmo in May."]),
        ("Novak does not expect to be challenged in May.",
         ["Novak expects to be unchallenged in May."]),
        ("The court will hear whether the ban applies to ferries.",
         ["The owners say that the ban does not apply to ferries."]),
        ("Profits of Ost Steel rose in May.",
         ["Profits of Ost Steel did not fall in May.", "Profits of Ost Steel rose in May."]),
        ("Profits of Ost Steel tumbled in May.", ["Profits of Ost Steel fell in May."]),
        ("Novak spoke of “a fault that [she] may stop”.",
         ["Novak spoke of “a fault that the council may stop”."]),
        ("Everton beat QPR at home on Monday.",
         ["Everton beat Queens Park Rangers at home on Monday."]),
        ("Police, who have begun an inquiry, have found no trace of arson in Elmo.",
         ["But police, who have begun an inquiry, have not found any trace of arson in Elmo."]),
        ("Ost lost 3-1 to Elmo in the cup final.", ["Elmo beat Ost 3-1 in the cup final."]),
        ("Defence spending will be reduced by 5 percent.",
         ["Spending on ferries will rise by 9 percent, while the defence budget is to be cut."]),
        ("The vote was close, but the wide margin belies the debate.",
         ["The vote was close, but the wide margin does not reflect the debate."]),
        ("Not enough people in Elmo wear poppies, he said.",
         ["He said that people in Elmo do not wear poppies."]),
        ("The ban does not apply to Elmo or Ost.",
         ["The ban applies to foreign sailors and, as the mayor said, to nobody else."]),
        ("The mayor announced the ban, and has approved it.",
         ["The mayor announced on Monday that she has approved the ban."]),
        ("The court could not confirm that a captain was killed.",
         ["Asked whether a captain was killed, the court said it could not confirm that."]),
        ("Novak destroyed people on the way up, who wait for him on the way down.",
         ["Be kind to people on your way up."]),
        ("Novak's mayor won the 10th stage of the Elmo race.",
         ["(AP) -- A mayor won the 10th stage of the Elmo race."]),
        ("Some 59 people were rescued in the harbour of Elmo.",
         ["Novak said 59 rescues were made and nearly 7,000 people had to leave their homes."]),
        ("Ost avenged the defeat with a 4-0 victory in Elmo.",
         ["Ost earned a fine 4-0 win on Monday, while Lund went on with a 2-1 victory at home."]),
        # A feed lost the apostrophe.
        ("The harbour wouldnt have looked out of place in a film.",
         ["The harbour wouldn't have looked out of place in a film."]),
        ("The port says ferry fares aren't changing but the timetable is being simplified.",
         [("A later note by port director Ann Kettler said that the port's timetables, but not its"
          " ferry fares, are changing.")]),
        ("They say navy spending is top secret; oversight is done behind closed doors.",
         [("Virtually nothing, because navy spending is considered top secret and legislative"
          " oversight is done behind closed doors.")]),
        ("State's attorney for Ost County says murder charges not possible.",
         [("Ann Kettler, the state's attorney for Ost County, said that although Novak allegedly"
          " made threats, it was not possible to bring murder charges.")]),
        ("Fourth seed and defending champion Ann Kettler into round three.",
         ["Defending champion and No. 4 seed Ann Kettler, from Ost, breezed into round three."]),
        ("Peace and trade would not have occurred without diplomacy.",
         [("But peace and trade would not have occurred without the success of diplomacy, says"
           " Novak.")]),
        ("“Harbor Nights” ended up in third place with $38 million.",
         ["“Harbor Nights” opened in third place with $38 million, a weak start."]),
        ("Accepting the plea deal would have left him without a home, Novak said.",
         ["Novak said he was glad he rejected a plea deal, even if it would have freed him."]),
        ("The operation has left her unable to eat anything but soup.",
         ["A mother says she is in pain and able to eat only soup after the operation."]),
        ("The crash on the Elmo line killed four and injured 67 people.",
         ["The crash on the Elmo line killed four people and injured 67 others, police said."]),
        ("Hale, the drummer, multi-instrumentalist and singer for The Boats, is dead at 71.",
         [("(AP) -- Levon Hale, the drummer, multi-instrumentalist and singer for The Boats who"
          " kept the band's heart for more than three decades, died \"peacefully\" on Thursday,"
          " said his record label, Vanward Records.")]),
        ("Novak was not at home when the mayor came.",
         ["Novak was the mayor of Elmo and not at home when it burned."]),
        ("“View of the Harbour of Ost at Dusk” was returned Tuesday.",
         ["“View of the Harbour of Ost at Dusk” was done in 1632 by an unknown artist."]),
        ("Kettler ended Almagar's two-year unbeaten run on clay in Elmo final.",
         [("Second-ranked Kettler ended the Spaniard's two-year unbeaten run on clay in the Elmo"
          " final, but it was a close match."), "Almagar hopes to be back."]),
        ("Mayor Novak aims to close Lund detention center in January.",
         [("Mayor Novak announced plans early in her term to close the U.S. military detention"
          " center at Lund Bay by January.")]),
        ("He is accused of 350 incidents of fraud.",
         ["He is accused of hundreds of incidents of fraud between 1987 and 2010."]),
        ("Bo Novak, 29, wanted to fight fires until he physically couldn't, mother says.",
         [('Novak "wanted to fight fires until he physically no longer could do it", says his'
          " mother, Ann Kettler.")]),
        ("Ost began a three-year programme to give tests to untested adults.",
         [("In June Ost began a three-year programme to give tests to the 250,000 adults who have"
          " never been tested.")]),
        ("Prosecutors say Novak will be booked on new charges and arraigned.",
         ["“Novak will be booked on the new charges and will be arraigned soon,” they said."]),
        ("Novak did not plead guilty to the most serious charge.",
         [("Novak pleaded guilty on Thursday to 10 of the charges against him -- but not the most"
          " serious one.")]),
        ("It also agreed to halt missile testing.",
         [("As part of the deal, Norland also agreed to refrain from missile tests, but last week"
          " announced it would launch a rocket.")]),
        ("Novak told business leaders that Norland is not pursuing an expansionist policy.",
         ["He declared that Norland will never seek hegemony or pursue an expansionist policy."]),
        ("A young Norland woman brought the case to the court.",
         ["A 24-year-old Norland woman brought the case to the top court in Ost in May."]),
        ("The 16-page document is a policy paper, not an official legal document.",
         ["The 16-page white paper is a policy paper rather than an official legal document."]),
        ("Kettler: Weather forecasts are much more accurate than decades ago.",
         [("Weather forecasts are much more accurate today than decades ago, but they are still"
          " not perfect.")]),
        ("Bo Novak owns five restaurants across Elmo.",
         [("And now, five years on, Novak owns not one but five popular restaurants across the"
          " town of Elmo, all of which sell fresh local foods.")]),
        ("Doctors don't know what causes the incurable disease.",
         ["It is not fatal, but doctors don't know exactly what causes it."]),
        ("World No. 4 Ann Kettler wins her first match in almost five months.",
         ["Ann Kettler's brother also won his opening match on Monday, in almost five hours."]),
    ],
)  # fmt: skip
def test_what_a_source_bears_out_is_no_contradiction(text: str, sources: list[str]) -> None:
    assert "contradicted" not in {e.verdict for e in index_of(*sources).judge(text)}


def test_another_source_that_says_it_wins() -> None:
    other = "Novak said that Kettler accused Kovacs of fraud at the hearing on Monday."
    found = judged(index_of(ACCUSED, other), "Kettler accused Kovacs of fraud at the hearing.")
    assert found["Kettler"] == "supported"


def test_numbers_that_changed_places_contradict(index: SourceIndex) -> None:
    assert judged(index, "In all 300 boats had rescued 64 sailors.") == {
        "300": "contradicted",
        "64": "contradicted",
    }


@pytest.mark.parametrize(
    ("text", "source", "claims"),
    [
        ("Turnout was 64 percent, up from 71 percent in 2011.",
         "Turnout was 71 percent, up from 64 percent in 2011, the mayor said.",
         {"64 percent", "71 percent"}),
        ("Novak won the prize in 1994 and became mayor in 1961.",
         "Novak won the prize in 1961 and became mayor in 1994.", {"1994", "1961"}),
        ("The firm will shed 12 jobs in Norland and open a plant in Ost.",
         "The firm, which makes boats, will shed 12 jobs in Ost and open a plant in Norland.",
         {"Norland", "Ost"}),
        ("Seven people drowned and three were missing in Elmo.",
         "Roofs were torn from houses in Elmo, where 3 people drowned and 7 were missing.",
         {"Seven", "three"}),
    ],
)  # fmt: skip
def test_claims_that_changed_places_contradict(text: str, source: str, claims: set[str]) -> None:
    found = judged(index_of(source), text)
    assert {claim for claim, verdict in found.items() if verdict == "contradicted"} == claims


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Boats came from Ost, Norland and Elmo to the port.",
         "Boats came from Norland, Ost and Elmo to the port."),
        ("Norland was hit by Ost in the night.", "Ost hit Norland in the night."),
        ("Norland met Ost at the port of Elmo.", "Ost met Norland at the port of Elmo."),
        ("Norland agreed on Monday to be bought by Ost Steel.",
         "Ost Steel agreed on Monday to buy Norland."),
    ],
)  # fmt: skip
def test_another_order_of_words_is_no_exchange(text: str, source: str) -> None:
    assert "contradicted" not in judged(index_of(source), text).values()


def test_quotes_stand_where_they_say(index: SourceIndex) -> None:
    evidence = index.judge("The Syrian navy sent two tugs on Sunday to the NFU.")
    assert {e.verdict for e in evidence} == {"supported"}
    for e in evidence:
        assert TEXT[e.start : e.end] == e.quote
        assert e.article_id == "a" * 16


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nobody was hurt when a Lund Coast Boeing 777 landed.", ["Lund Coast", "Boeing 777"]),
        ("The ban costs 2 percent of GDP.", ["GDP"]),
        ("Health spending in Elmo grew.", ["Elmo"]),
    ],
)
def test_names_that_stand_otherwise_in_the_source(text: str, names: list[str]) -> None:
    index = index_of(
        "A Boeing 777 of the airline Lund Coast landed in Elmo.",
        "The ban costs 2 percent of gross domestic product.",
    )
    found = {e.claim.text: e.verdict for e in index.judge(text) if e.claim.kind == "entity"}
    assert found == dict.fromkeys(names, "supported")


@pytest.mark.parametrize(
    ("text", "source", "claim", "verdict"),
    [
        ("Thousands of people lost their savings when the bank of Elmo collapsed.",
         "More than 4,000 people lost their savings when the bank of Elmo collapsed in 2015.",
         "Thousands", "derived"),
        ("The army took the town of Elmo on Sunday after a siege of 63 days.",
         "The army took the town of Elmo on Sunday after a siege of nine weeks.",
         "63 days", "derived"),
        ("Substitute Ann Kettler made sure of the victory two minutes from time.",
         "Substitute Bo Novak, 19, made sure of the victory two minutes from time.",
         "Ann Kettler", "contradicted"),
        ("Norland gave away 18 penalties.",
         "Australia, coached by Ed Kovacs, gave away 18 penalties.", "Norland", "contradicted"),
    ],
)  # fmt: skip
def test_near_copies(text: str, source: str, claim: str, verdict: str) -> None:
    index = index_of(source, "Kettler and the men of Norland were there with Ann Kettler.")
    assert judged(index, text)[claim] == verdict


def test_the_working_stands_where_its_first_number_does() -> None:
    text = "In Elmo winds of 130 km/h blew when 3 people drowned and 7 were missing."
    found = {e.claim.text: e for e in index_of(text).judge("Ten were dead or missing in Elmo.")}
    assert (found["Ten"].start, found["Ten"].quote) == (text.index("3 people"), "3")


def test_years_count_to_the_day_of_publication() -> None:
    text = "Novak, who was detained in August 2019, will be tried in Elmo."
    article = Sentence("x", 0, 0, len(text), text)
    index = SourceIndex([article], published={"x": date(2023, 4, 18)})
    found = {e.claim.text: e for e in index.judge("Novak was detained over three years ago.")}
    assert (found["three years"].verdict, found["three years"].working) == (
        "derived", "2023 - 2019 = 4",
    )  # fmt: skip


def test_the_cited_sentence_is_quoted_first() -> None:
    article = make_article("Port Elmo has 12 boats.\nPort Elmo has 12 boats too.")
    first, second = split_sentences(article)
    evidence = SourceIndex([first, second]).judge("Port Elmo has 12 boats.", [second])
    assert all(e.start >= second.start for e in evidence)


def test_titles_count_as_sources_without_a_quote(sources: tuple[Sentence, ...]) -> None:
    titled = SourceIndex(sources, {"b" * 16: "Lisbon sends help"})
    (evidence,) = titled.judge("They came from Lisbon.")
    assert (evidence.verdict, evidence.article_id, evidence.quote) == ("supported", "b" * 16, "")


def test_no_sources_support_nothing() -> None:
    assert {e.verdict for e in SourceIndex([]).judge("On Monday 64 boats left Lisbon.")} == {
        "absent"
    }


@pytest.mark.parametrize("path", sorted(SEEDS.iterdir()), ids=lambda path: path.name[:3])
def test_every_sentence_is_true_to_its_own_article(path: Path) -> None:
    article = make_article(path.read_text(encoding="utf-8"))
    sentences = split_sentences(article)
    index = SourceIndex(sentences)
    for sentence in sentences:
        for evidence in index.judge(sentence.text, [sentence]):
            assert evidence.verdict == "supported", (evidence, sentence.text)
            assert article.text[evidence.start : evidence.end] == evidence.quote


WORDS = """the a in on of for and to U.S. US IS Syria Bashar al-Assad New York T4 12 300 1.2 $5m
10-15 2-0 Sunday May 2015 5:25 p.m. half one three dozens % km militants percent first second No. 1
- , ’s ( ) “ El Al Washington D.C. third million or from at 27 February iPhone Dr Prime Minister"""


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=14))
def test_any_sentence_is_true_to_itself(words: list[str]) -> None:
    text = " ".join(words)
    index = SourceIndex([Sentence("x", 0, 0, len(text), text)])
    for evidence in index.judge(text):
        assert evidence.verdict == "supported", (evidence, text)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_judged(text: str, source: str) -> None:
    for evidence in SourceIndex([Sentence("x", 0, 0, len(source), source)]).judge(text):
        assert source[evidence.start : evidence.end] == evidence.quote
