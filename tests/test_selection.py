from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarize.composition import fit
from summarize.records import Article, Sentence, SummarySentence
from summarize.selection import Passage, coverage, rank, repeats, standing, weigh
from summarize.sentences import split_sentences
from summarize.settings import Length
from tests.conftest import make_article

LEAD = "The Harbor Bridge in Norville collapsed on Monday, killing four workers."
FIRST = make_article(
    f"{LEAD}\nMayor Ada Wills said the bridge had been inspected in May.\n"
    "He refused to answer questions.\nThe weather in Norville was fine.",
    "1" * 16,
    "Harbor Bridge collapses in Norville",
)
COPY = make_article(
    f"{LEAD}\nEngineers had warned of cracks in the bridge for two years.", "2" * 16
)
SENTENCES = {a.id: split_sentences(a) for a in (FIRST, COPY)}


def test_the_lead_comes_first_and_once_with_both_its_sources() -> None:
    passages = rank((FIRST, COPY), SENTENCES)
    assert passages[0].quote.text == LEAD
    assert {s.article_id for s in passages[0].sentences} == {FIRST.id, COPY.id}
    assert sum(p.quote.text == LEAD for p in passages) == 1


def test_every_sentence_that_can_be_told_is_in_exactly_one_passage() -> None:
    passages = rank((FIRST, COPY), SENTENCES)
    told = sorted(s for passage in passages for s in passage.sentences)
    every = (s for sentences in SENTENCES.values() for s in sentences)
    assert told == sorted(s for s in every if s.text != "He refused to answer questions.")


def test_two_articles_of_one_outlet_are_one_witness() -> None:
    apart = [replace(FIRST, source="Norville Post"), replace(COPY, source="Elm Falls Weekly")]
    same = [replace(FIRST, source="Norville Post"), replace(COPY, source="norville post")]
    assert [rank(two, SENTENCES)[0].witnesses for two in (apart, same)] == [2, 1]


def test_what_cannot_be_told_is_told_only_where_there_is_nothing_else() -> None:
    caption = "The bridge is seen in this picture from May."
    both = make_article(f"{LEAD}\n{caption}", "7" * 16)
    alone = make_article(caption, "8" * 16)
    for article, expected in ((both, [LEAD]), (alone, [caption])):
        passages = rank((article,), {article.id: split_sentences(article)})
        assert [passage.quote.text for passage in passages] == expected


@pytest.mark.parametrize("length", [Length(1, "sentences"), Length(40, "words")])
def test_what_was_weighed_for_one_length_serves_another(length: Length) -> None:
    weighed = weigh((FIRST, COPY), SENTENCES)
    again = rank((FIRST, COPY), SENTENCES, length=length, weighed=weighed)
    assert again == rank((FIRST, COPY), SENTENCES, length=length)


def test_a_sentence_that_hangs_on_another_one_comes_behind_it() -> None:
    mayor, hanging = (
        "Mayor Ada Wills spoke on Monday.",
        "She refused to answer any questions at all.",
    )
    article = make_article(f"{LEAD}\n{mayor}\n{hanging}", "9" * 16)
    told = [p.quote.text for p in rank((article,), {article.id: split_sentences(article)})]
    assert told.index(hanging) > told.index(mayor)


def test_a_sentence_that_hangs_on_a_caption_is_told_last() -> None:
    article = make_article(
        "A ferry sank off Norville on Friday.\nA ferry is seen in this picture from the harbor.\n"
        "It had left the port an hour before the storm came.\n"
        "Rescuers saved nine passengers from the cold water.",
        "6" * 16,
    )
    told = [p.quote.text for p in rank((article,), {article.id: split_sentences(article)})]
    assert {text.split()[0] for text in told[:2]} == {"A", "Rescuers"}
    assert told[0] != "A ferry is seen in this picture from the harbor."


def test_copies_of_one_wire_are_one_witness() -> None:
    third = make_article(f"{LEAD}\nPolice closed both roads.", "7" * 16)
    articles = (FIRST, COPY, third)
    sentences = {**SENTENCES, third.id: split_sentences(third)}
    assert rank(articles, sentences)[0].witnesses == 3
    wires = [frozenset((COPY.id, third.id))]
    assert rank(articles, sentences, wires=wires)[0].witnesses == 2


def test_coverage_names_the_articles_and_what_several_tell_that_were_left_out() -> None:
    passages = rank((FIRST, COPY), SENTENCES)
    other = next(s for s in SENTENCES[COPY.id] if s.text != LEAD)
    found = coverage((FIRST, COPY), passages, [SummarySentence(other.text, (other,), "quoted", ())])
    assert (found.cited, found.uncited) == ((COPY.id,), (FIRST.id,))
    assert [passage.quote.text for passage in found.missed] == [LEAD]
    told = [SummarySentence(LEAD, passages[0].sentences, "quoted", ())]
    assert coverage((FIRST, COPY), passages, told).missed == ()


def quoted(passages: tuple[Passage, ...], length: Length) -> list[Sentence]:
    made = (SummarySentence(p.quote.text, p.sentences, "quoted", ()) for p in passages)
    return [sentence.evidence[0] for sentence in fit(zip(made), length)]


STORM = (
    (
        "A storm hit the coast near Norville on Friday and tore the roofs off forty houses.\n"
        "Mayor Ada Wills opened two schools for families who could not go home.\n"
        "She asked people to stay away from the beach until Sunday.\n"
        "Damage in the town will cost two million dollars to repair, the council said."
    ),
    (
        "Nine ferries were cancelled on Friday after waves damaged the pier of Elm Falls.\n"
        "Port Director Ida Holm said the pier had been strengthened only last year.\n"
        "It will be closed for at least a month.\n"
        "Fishermen lost most of their nets, and several boats sank in the harbor."
    ),
    (
        "Power was out in much of Port Mary County on Saturday, a day after the storm.\n"
        "The utility sent three hundred workers from other states to mend the lines.\n"
        "They have to replace more than a thousand poles.\n"
        "Hospitals ran on generators and put off all operations that could wait."
    ),
    (
        "Insurers expect claims of half a billion dollars after the storm on Friday.\n"
        "Shares of Coastal Mutual fell by six percent when markets opened on Monday.\n"
        "But analysts said the company had reserves for two such storms a year.\n"
        "Premiums in the region have doubled since the great flood of 2009."
    ),
)
COAST = tuple(
    make_article(text, blake2b(text.encode(), digest_size=8).hexdigest()) for text in STORM
)
TOLD = {article.id: split_sentences(article) for article in COAST}


@pytest.mark.parametrize("count", [30, 45, 60, 100, 150])
def test_a_budget_of_words_is_filled_to_nine_tenths_and_never_overrun(count: int) -> None:
    length = Length(count, "words")
    used = sum(len(s.text.split()) for s in quoted(rank(COAST, TOLD, length=length), length))
    assert 0.9 * count <= used <= count


def test_every_article_is_told_where_there_is_room() -> None:
    length = Length(4, "sentences")
    chosen = quoted(rank(COAST, TOLD, length=length), length)
    assert {sentence.article_id for sentence in chosen} == {article.id for article in COAST}


def test_what_hangs_on_a_sentence_is_never_chosen_without_it() -> None:
    for count in range(20, 200, 10):
        length = Length(count, "words")
        chosen = quoted(rank(COAST, TOLD, length=length), length)
        places = {(s.article_id, s.index) for s in chosen}
        hanging = [s for s in chosen if standing(s.text) == "hanging"]
        assert all((s.article_id, s.index - 1) in places for s in hanging)


def test_the_order_of_the_articles_makes_no_difference() -> None:
    assert rank(COAST, TOLD) == rank(COAST[::-1], dict(reversed(TOLD.items())))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=6), st.integers(1, 80))
@example(["0", "0&0:0&0:0:0."], 1)
def test_any_text_is_ranked_and_no_sentence_twice(texts: list[str], count: int) -> None:
    articles = tuple(make_article(text, f"{n:016}") for n, text in enumerate(texts))
    sentences = {article.id: split_sentences(article) for article in articles}
    passages = rank(articles, sentences, length=Length(count, "words"))
    told = [s for passage in passages for s in passage.sentences]
    every = {s for found in sentences.values() for s in found}
    assert len(told) == len({*told})
    assert {*told} <= every
    assert told or not every
    assert {*told} == every or any(standing(s.text) != "unfit" for s in told)


def test_what_several_articles_tell_counts_more() -> None:
    texts = [
        "Nine ferries were cancelled in Norville Bay.",
        "Six trains were stopped in Elm Falls.",
    ]
    other = make_article("Police closed the road.\n" + texts[1], "4" * 16)
    article = make_article("A storm hit the coast on Friday.\n" + "\n".join(texts), "5" * 16)
    sentences = {a.id: split_sentences(a) for a in (article, other)}
    alone = [p.quote.text for p in rank((article,), sentences)]
    retold = [p.quote.text for p in rank((article, other), sentences)]
    assert alone.index(texts[0]) < alone.index(texts[1])
    assert retold.index(texts[1]) < retold.index(texts[0])


def test_an_article_of_function_words_does_not_break() -> None:
    article = make_article("It was so and it is so.", "3" * 16)
    assert len(rank((article,), {article.id: split_sentences(article)})) == 1


def test_no_articles_give_no_passages() -> None:
    assert rank((), {}) == ()


def test_the_middle_of_somebodys_speech_is_not_told() -> None:
    article = make_article(
        "The Harbor Bridge in Norville collapsed on Monday, killing four workers.\n"
        "“The council knew of the cracks,” said the engineer Jon Reed. “Nobody in Norville had the "
        "bridge inspected. The council was asked for money in May. That is a crime.”\n"
        "“In May the council lied about the Harbor Bridge in Norville.\n"
        "The council of Norville denied that it knew about the Harbor Bridge.\n"
        '"We did no wrong. The bridge in Norville was safe. It was old," Mayor Ada Wills said.\n'
        "The inquiry into the Harbor Bridge begins on Friday.\n",
        "8" * 16,
    )
    told = [p.quote.text for p in rank((article,), {article.id: split_sentences(article)})]
    torn = {"The council was asked for money in May.", "The bridge in Norville was safe."}
    assert not torn & {*told}
    assert "The council of Norville denied that it knew about the Harbor Bridge." in told[:4]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Officials in Norville closed the bridge.", "alone"),
        ("After the bridge fell, Mayor Wills closed its approach.", "alone"),
        ("The company said it would appeal.", "alone"),
        ("But hours later the bridge fell.", "hanging"),
        ("During that time it was closed.", "hanging"),
        ("A third waited in a van.", "hanging"),
        ("Two more were found on Monday.", "hanging"),
        ("Some may have left Norville by sea.", "hanging"),
        ("One could see the smoke from Norville.", "alone"),
        ("Two men were found on Monday.", "alone"),
        ("Many of those who fled were children.", "alone"),
        ("Well, the bridge in Norville fell after all.", "hanging"),
        ("Nonetheless, the council of Norville kept the bridge open.", "hanging"),
        ("Well water in Norville was safe on Monday.", "alone"),
        ("Since then, four men have crossed the bridge.", "hanging"),
        ("(The council of Norville had asked for repairs in May.)", "hanging"),
        ("(AP) Four men crossed the bridge on Monday.", "alone"),
        ("Why did the bridge fall?", "unfit"),
        ("“The bridge is gone.”", "unfit"),
        ('"The bridge is gone," the mayor said.', "hanging"),
        ("Bridge closed until further notice", "unfit"),
        ("Officials in Norville closed the bridge on Friday.", "alone"),
        ("He refused to answer any more questions.", "hanging"),
        ("“The bridge is in our hands,” the source said.", "hanging"),
        ("“The bridge is in our hands,” Mayor Wills said.", "alone"),
        ("“We had asked for repairs since May.", "unfit"),
        ("Read more about bridges", "unfit"),
        ("Police closed it.", "unfit"),
        ("Why did the bridge fall on Monday?", "unfit"),
        ("The bridge is seen in this picture from May.", "unfit"),
        ("Mayor Ada Wills (L) and Jon Reed open the new Harbor Bridge.", "unfit"),
        ("The only reason for the storm of protest is that I asked for repairs.", "unfit"),
        ("My neighbours in Norville asked for repairs in May.", "unfit"),
        ("“I asked for repairs,” Mayor Ada Wills told my colleague.", "unfit"),
        ("In May the council asked that we close the Harbor Bridge.", "unfit"),
        ("The Herald has reached out to Mayor Ada Wills for comment.", "unfit"),
        ("Mayor Ada Wills did not immediately respond to a request for comment.", "unfit"),
        ("Mayor Ada Wills declined to say who had inspected the bridge.", "alone"),
        ("“We saw cracks in our bridge,” Mayor Ada Wills said.", "alone"),
        ("Soldiers of the US Army crossed the bridge in May.", "alone"),
        ("who had been inspecting the bridge since the storm.", "unfit"),
        ("al-Wills crossed the bridge with the mayor in May.", "alone"),
        ("de Wills crossed the bridge with the mayor in May.", "alone"),
        ("‘I don’t know my own bridge any more,’ Mayor Ada Wills said.", "alone"),
        ("“I asked for repairs in my letter,” Mayor Ada Wills said.", "alone"),
        ("The bridge was built after World War I by soldiers.", "alone"),
        ("“The bridge was safe in May and is safe now,” Wills added.", "hanging"),
        ("“The bridge was safe in May and is safe now,” Wills said.", "alone"),
        ("Ada Wills also said that the bridge had been safe.", "hanging"),
        ("Ada Wills also closed the bridge to lorries in May.", "hanging"),
        ("Norville closed its port and also its bridge in May.", "alone"),
        ("Ada Wills, who also runs the port, closed the bridge in May.", "alone"),
        ("In this case, the council of Norville had no choice.", "hanging"),
        ("On that bridge, the council of Norville lost millions.", "hanging"),
        ("By this time next year, Norville will have a new bridge.", "alone"),
        ("2. The bridge was closed to lorries in May.", "unfit"),
        ("Ada Wills / Norville Herald The bridge was closed on Friday.", "unfit"),
        ("Mayor Ada Wills speaks at the port in Norville May 3, 2016.", "unfit"),
        ("Mayor Ada Wills said the bridge had been closed on May 3, 2016.", "alone"),
        ("The Herald has not independently confirmed the report of the council.", "unfit"),
        ("Norville has never seen a bridge like this one!", "unfit"),
        ("“Norville needs a new bridge now!” Mayor Ada Wills said.", "alone"),
        ("After the storm in Norville and the loss...", "unfit"),
        ("The council was charged with fraud in this case.", "hanging"),
        ("The bridge in Norville, he said, had been closed since May.", "hanging"),
        ("The bridge in Norville, Wills said, had been closed since May.", "alone"),
        ("Let's hope that the bridge in Norville stays open.", "unfit"),
        ("Representative Ada Wills (R) voted against the new Harbor Bridge.", "alone"),
        ("“The bridge is in our hands,” she said at a meeting on Friday.", "hanging"),
        ("The mayor said it was the biggest bridge of the county.", "hanging"),
        ("The mayor said that was the reason for the delay in May.", "hanging"),
        ("The mayor said it was the first time that a bridge fell.", "alone"),
        ("The company said it was looking for the cause of it.", "alone"),
        ("Many hills above the bridge are now also under water.", "hanging"),
        ("Actually, the mayor had asked for repairs in May.", "hanging"),
        ("If you cross the bridge in May, the toll is two dollars.", "unfit"),
        ("Please leave the bridge by the steps on the left.", "unfit"),
        ("“You should have closed the bridge,” Mayor Wills told the council.", "alone"),
        ("Below is a list of the bridges that the storm has damaged.", "unfit"),
        ("BRIDGE OF NORVILLE CLOSED AFTER A NIGHT OF STORMS.", "unfit"),
        ("@norvillepost: The bridge stays closed until the end of May.", "unfit"),
    ],
)
def test_standing(text: str, kind: str) -> None:
    assert standing(text) == kind


def test_one_thing_of_one_day_is_told_once_whoever_words_it() -> None:
    plain = make_article(
        "Norville's council voted on Tuesday to close the Harbor Bridge to lorries for good.\n"
        "Shopkeepers in the old town fear for their deliveries.",
        "1" * 16,
    )
    other = (
        "Lorries will be banned from the Harbor Bridge after a stormy meeting of Norville's "
        "council on {}, where forty people came to speak against it."
    )
    for day, expected in (("Tuesday", 2), ("Thursday", 3)):
        again = make_article(other.format(day), "2" * 16)
        sentences = {a.id: split_sentences(a) for a in (plain, again)}
        passages = rank((plain, again), sentences, length=Length(3, "sentences"))
        assert len(quoted(passages, Length(3, "sentences"))) == expected
        told = [SummarySentence(plain.text, sentences[plain.id][:1], "quoted", ())]
        retold = Passage(sentences[again.id], witnesses=2)
        assert coverage((plain, again), (retold,), told).missed == (retold,) * (expected - 2)


def told_of(*articles: Article, length: str, times: Mapping[str, int] | None = None) -> list[str]:
    sentences = {a.id: split_sentences(a) for a in articles}
    size = Length.parse(length)
    weighed = weigh(articles, sentences, times=times or {})
    return [s.text for s in quoted(rank(articles, sentences, length=size, weighed=weighed), size)]


REPORTED = "Harbor police told reporters that divers had found the missing ferry on the sea bed."
QUOTED = (
    "“After three nights we can see the ferry, upright on the sea bed off the old lighthouse,” "
    "{} said."
)


@pytest.mark.parametrize("speaker", ["he", "Norville’s police chief"])
def test_words_that_bear_out_what_was_just_reported_are_not_told_again(speaker: str) -> None:
    speech = QUOTED.format(speaker)
    other = "“Nobody has told the families anything since Sunday night,” Mayor Ada Wills said."
    article = make_article(f"{REPORTED}\n{speech}\n{other}", "1" * 16)
    told = told_of(article, length="80w")
    assert other in told
    assert len({*told} & {REPORTED, speech}) == 1


def test_words_bear_out_only_what_stands_shortly_before_them() -> None:
    def at(index: int, text: str) -> Sentence:
        return Sentence("1" * 16, index, 0, len(text), text)

    speech = QUOTED.format("a police diver")
    assert repeats(at(3, speech), at(2, REPORTED))
    assert repeats(at(2, REPORTED), at(3, speech))
    assert not repeats(at(9, speech), at(2, REPORTED))
    assert not repeats(at(2, speech), at(3, REPORTED))
    assert not repeats(at(3, speech.replace("sea bed", "rocks")), at(2, REPORTED))


EXPECTED = "The council of Norville will vote on Tuesday on closing the Harbor Bridge to lorries."
VOTED = "The council of Norville has voted to close the Harbor Bridge to lorries for good."


def test_what_was_expected_is_not_told_once_it_has_come() -> None:
    shops = "Shopkeepers in the old town say that they will lose their best customers."
    before = make_article(f"{EXPECTED}\n{shops}", "1" * 16)
    after = make_article(f"{VOTED}\nForty people spoke against it at the town hall.", "2" * 16)
    later = {before.id: 0, after.id: 1}
    assert EXPECTED not in told_of(before, after, length="60w", times=later)
    assert shops in told_of(before, after, length="60w", times=later)
    assert EXPECTED in told_of(before, after, length="60w")
    assert told_of(before, length="60w", times=later) == [EXPECTED, shops]


def test_what_nobody_has_reported_yet_is_told() -> None:
    before = make_article(f"{EXPECTED}\nThe bridge dates from 1931.", "1" * 16)
    after = make_article("A storm has torn the roof off the town hall in Norville.", "2" * 16)
    assert EXPECTED in told_of(before, after, length="60w", times={before.id: 0, after.id: 1})


def test_that_something_will_not_come_is_news() -> None:
    denied = EXPECTED.replace("will vote", "will not vote")
    before = make_article(f"{denied}\nThe bridge dates from 1931.", "1" * 16)
    after = make_article(f"{VOTED}\nForty people spoke against it at the town hall.", "2" * 16)
    assert denied in told_of(before, after, length="60w", times={before.id: 0, after.id: 1})


def test_a_summary_tells_the_first_sentence_of_an_article_where_it_fits() -> None:
    lead = "A ferry with ninety people on board sank off Norville on Sunday night."
    rest = [
        "Officers of Norville and of Elm Falls searched the port of Norville for the ferry.",
        "Norville and Elm Falls have asked the port of Norville for the ferry's papers.",
        "The port of Norville has sent the papers of the ferry to Norville and Elm Falls.",
    ]
    articles = [make_article("\n".join((lead, *rest)), "1" * 16)]
    articles += [make_article("\n".join(("Papers, papers", *rest[::-1])), "2" * 16)]
    for count in (14, 30):
        assert lead in told_of(*articles, length=f"{count}w")


@pytest.mark.parametrize(
    "post",
    [
        "Traitors tore the bridge down tonight in Norville. — Jo Doe (@jo_doe) May 3, 2017",
        "Traitors tore the bridge down tonight in Norville. pic.example\n— Jo (@jo) 3 May 2017",
        "Traitors tore the bridge down tonight. A post shared by Jo (@jo) on May 3, 2017 at 6:17pm",
        "Traitors tore the bridge down tonight. Posted by Jo Doe on Wednesday, May 3, 2017",
        "Traitors tore the bridge down tonight.\n— Jo (@jo.example) 2026-04-07T10:20:07.659Z",
    ],
)
def test_a_post_that_a_page_shows_is_not_told_as_news(post: str) -> None:
    tail = "The council of Norville will meet on Friday."
    shown = make_article(f"{LEAD}\n{post}\n{tail}", "4" * 16)
    told = [p.quote.text for p in rank((shown,), {shown.id: split_sentences(shown)})]
    assert LEAD in told
    assert tail in told
    assert not any("Traitors" in text for text in told)


def test_an_account_that_a_sentence_names_is_no_post() -> None:
    named = "The city (@norville) closed the bridge on Monday, and it stays closed until June."
    article = make_article(f"{LEAD}\n{named}", "5" * 16)
    told = [p.quote.text for p in rank((article,), {article.id: split_sentences(article)})]
    assert named in told
