import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.claims.numbers import bound, scan


def read(text: str) -> list[tuple[str, str]]:
    return [(number.value, number.unit) for number in scan(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4,000 sheep", "4000"),
        ("0.20 of it", "0.2"),
        (".5 of it", "0.5"),
        ("twenty-one goats", "21"),
        ("two hundred thousand voters", "200000"),
        ("one hundred and one cats", "101"),
        ("a hundred and fifty-five cats", "155"),
        ("two million three hundred thousand", "2300000"),
        ("a thousand", "1000"),
        ("a dozen eggs", "12"),
        ("two dozen eggs", "24"),
        ("half a dozen eggs", "6"),
        ("half a million bees", "500000"),
        ("two and a half million", "2500000"),
        ("a couple of dogs", "2"),
        ("1.2 million", "1200000"),
        ("4.3M sales", "4300000"),
        ("25k shares", "25000"),
        ("1/2 of it", "0.5"),
        ("2 1/2 turns", "2.5"),
        ("3½ turns", "3.5"),
        ("two-thirds of them", "0.6667"),
        ("a third of them", "0.3333"),
        ("three quarters of it", "0.75"),
        ("half of them", "0.5"),
        ("one in five men", "0.2"),
        ("1 in 4 men", "0.25"),
        ("nine out of ten men", "0.9"),
        ("1.5×10−3 of it", "0.0015"),
    ],
)
def test_plain_values(text: str, value: str) -> None:
    assert read(text) == [(value, "")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$1.2bn", "1200000000", "$"),
        ("$1.2 billion", "1200000000", "$"),
        ("€40m", "40000000", "EUR"),
        ("1,200€", "1200", "EUR"),
        ("40 million euros", "40000000", "EUR"),
        ("HK$3.7 billion", "3700000000", "HKD"),
        ("HK $5.4m", "5400000", "HKD"),
        ("$US113 trillion", "113000000000000", "USD"),
        ("USD10m", "10000000", "USD"),
        ("RM79", "79", "MYR"),
        ("Rs 500", "500", "INR"),
        ("45 square kilometers", "45", "km²"),
        ("3 km²", "3", "km²"),
        ("570 sq m", "570", "m²"),
        ("17 square miles", "17", "square mile"),
        ("60 percent", "60", "%"),
        ("60 per cent", "60", "%"),
        ("0.3%", "0.3", "%"),
        ("24pc", "24", "%"),
        ("4.2 percentage points", "4.2", "percentage point"),
        ("60 basis points", "60", "basis point"),
        ("10 kms", "10", "km"),
        ("6 miles", "6", "mile"),
        ("50mph", "50", "mph"),
        ("80km/h", "80", "km/h"),
        ("37m tall", "37", "m"),
        ("500mg", "500", "mg"),
        ("10kW", "10", "kW"),
        ("37.5 degrees", "37.5", "degree"),
        ("1.19deg C", "1.19", "°C"),
        ("minus 260 degrees Fahrenheit", "-260", "°F"),
        ("-3%", "-3", "%"),
        ("10 months", "10", "month"),
        ("48 hours", "48", "hour"),
        ("2,000-year-old", "2000", "year"),
        ("2,000 year-old", "2000", "year"),
        ("82-year-old", "82", "year"),
        ("8-year-olds", "8", "year"),
        ("three-week", "3", "week"),
        ("400 million-year-old", "400000000", "year"),
        ("118.5p", "118.5", "penny"),
        ("threefold", "3", "time"),
        ("3.5-fold", "3.5", "time"),
        ("doubled", "2", "time"),
    ],
)
def test_units(text: str, value: str, unit: str) -> None:
    assert read(f"It was {text} then.") == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12 to 15 men", "12..15", ""),
        ("between 3 and 5 men", "3..5", ""),
        ("10-15 men", "10..15", ""),
        ("10–15 men", "10..15", ""),
        ("three or four men", "3..4", ""),
        ("$62 to $68", "62..68", "$"),
        ("33-35 billion euros", "33000000000..35000000000", "EUR"),
        ("$89 to $93 billion", "89000000000..93000000000", "$"),
        ("5-10W", "5..10", "W"),
        ("from 4.8 to 4.7", "4.8..4.7", ""),
        ("hundreds of people", "100..1000", ""),
        ("dozens of people", "12..120", ""),
        ("tens of thousands of people", "10000..100000", ""),
        ("several hundred people", "100..1000", ""),
        ("millions of people", "1000000..10000000", ""),
    ],
)
def test_ranges(text: str, value: str, unit: str) -> None:
    assert read(text) == [(value, unit)]


def test_a_rise_and_its_result_are_two_numbers() -> None:
    assert read("grew by $43 billion to $419 billion") == [
        ("43000000000", "$"),
        ("419000000000", "$"),
    ]
    assert read("climbed 0.1% to 1,333.18") == [("0.1", "%"), ("1333.18", "")]


def test_a_bracketed_conversion_is_a_number_of_its_own() -> None:
    assert read("7 square kilometers (4 square miles)") == [("7", "km²"), ("4", "square mile")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("won 2-0 at home", "2-0"),
        ("the 21st inning", "21st"),
        ("the third inquest", "3rd"),
        ("the twenty-first", "21st"),
        ("ranked No. 1", "1st"),
        ("number seven", "7th"),
        ("a 1:36.6 lap", "1:36.6"),
    ],
)
def test_scores_ordinals_and_running_times(text: str, value: str) -> None:
    assert read(text) == [(value, "")]


@pytest.mark.parametrize(
    "text",
    [
        "the T4 base",
        "the TA-35 index",
        "a V-6",
        "COVID-19",
        "the G20",
        "call 0207 782 4368 today",
        "call 555-1234",
        "call +44 20 7946 0958",
        "a@b3.com and www.x1.org and https://x.org/12",
        "version 1.2.3",
        "9AB8",
        "24/7",
        "on 9/11",
        "at first",
        "the first half",
        "",
        "no number here",
    ],
)
def test_codes_are_no_numbers(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("before", "meaning"),
    [
        ("about ", "near"),
        ("some ", "near"),
        ("an estimated ", "near"),
        ("~", "near"),
        ("nearly ", "below"),
        ("up to ", "below"),
        ("at least ", "above"),
        ("more than ", "above"),
        ("", ""),
    ],
)
def test_bounds_and_hedges_are_not_part_of_the_number(before: str, meaning: str) -> None:
    text = f"It was {before}300 men."
    (number,) = scan(text)
    assert text[number.start : number.end] == "300"
    assert bound(text, number.start) == meaning


def test_taken_stretches_are_left_out() -> None:
    assert [number.value for number in scan("in 2014, 12 men", [(3, 7)])] == ["12"]


@given(st.text())
def test_any_text_is_read_with_exact_places(text: str) -> None:
    last = 0
    for number in scan(text):
        assert last <= number.start < number.end <= len(text)
        last = number.end


@given(st.text(alphabet="0123456789.,-/:%$€ km½×toandhalf", max_size=60))
def test_any_run_of_digits_and_signs_is_read(text: str) -> None:
    for number in scan(text):
        assert number.value


@given(st.integers(min_value=0, max_value=10**12))
def test_separators_do_not_change_the_value(value: int) -> None:
    assert read(f"{value:,} sheep") == [(str(value), "")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$ 1.2 bn , it", "1200000000", "$"),
        ("10 . 5 million people", "10500000", ""),
        ("27 % of it", "27", "%"),
        ("-lrb- 3.1 bn euros -rrb-", "3100000000", "EUR"),
        ("a 17 - year - old boy", "17", "year"),
        ("he is 17 -year-old", "17", "year"),
        ("£ 17,800 .", "17800", "GBP"),
    ],
)
def test_tokenised_text_in_small_letters(text: str, value: str, unit: str) -> None:
    assert read(text) == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("١٢ people", "12"),
        ("１２，０００ people", "12000"),
        ("१२.५ people", "12.5"),
        ("12\u2009000\u2009000 people", "12000000"),
        ("12\u00a0500 people", "12500"),
        ("12\u202f500 people", "12500"),
        ("12 000 people", "12000"),
        ("1,200.50 of it", "1200.5"),
        ("1.200 of it", "1.2"),
        ("⅝ of it", "0.625"),
        ("5 ½ turns", "5.5"),
    ],
)
def test_digits_of_any_script_and_thin_spaces(text: str, value: str) -> None:
    assert read(text) == [(value, "")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("a quarter of a million voters", "250000", ""),
        ("three quarters of a million", "750000", ""),
        ("a million and a half voters", "1500000", ""),
        ("an hour and a half", "1.5", "hour"),
        ("half an hour", "0.5", "hour"),
        ("a quarter of a mile", "0.25", "mile"),
        ("a quarter of a point", "0.25", "point"),
        ("half a percentage point", "0.5", "percentage point"),
        ("3 lakh voters", "300000", ""),
        ("Rs 5 crore", "50000000", "INR"),
        ("3 out of 10 voters", "0.3", ""),
        ("one in every five voters", "0.2", ""),
        ("twice as high", "2", "time"),
        ("ten times bigger", "10", "time"),
        ("15x bigger", "15", "time"),
        ("tripled to a record", "3", "time"),
        ("halved in a year", "0.5", "time"),
        ("at -5C outside", "-5", "°C"),
        ("500 zloty", "500", "PLN"),
        ("a $20 ticket", "20", "$"),
        ("A $20 ticket", "20", "$"),
        ("a 10m-high wall", "10", "m"),
        ("two-year-old twins", "2", "year"),
        ("a boy aged 17", "17", "year"),
        ("at the age of 94", "94", "year"),
        ("in her 40s", "40..49", "year"),
        ("in his late thirties", "30..39", "year"),
        ("in their 40s or 50s", "40..59", "year"),
        ("the over-65s", "65", "year"),
    ],
)
def test_parts_multiples_ages_and_money(text: str, value: str, unit: str) -> None:
    assert read(text) == [(value, unit)]


def test_a_change_by_a_share_and_its_result_are_no_range() -> None:
    assert read("Shares of Alder Steel fell by a fifth to 300 pence") == [
        ("0.2", ""),
        ("300", "penny"),
    ]
    assert read("the crowd grew a third to 12,000") == [("0.3333", ""), ("12000", "")]
    assert read("a quarter to a third of the crew") == [("0.25..0.3333", "")]


def test_a_price_after_or_is_one_of_two() -> None:
    assert read("about 8 or $9 a seat") == [("8", ""), ("9", "$")]
    assert read("about 8 or 9 miles away") == [("8..9", "mile")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$5-$10 million", "5000000..10000000", "$"),
        ("between the ages of 18 and 34", "18..34", "year"),
        ("women aged 25 to 54", "25..54", "year"),
        ("from 18,000 to about 2,700 men", "18000..2700", ""),
        ("thousands upon thousands of men", "1000..10000", ""),
        ("scores were killed", "20..200", ""),
        ("a ratio of 3 to 1", "3:1", ""),
    ],
)
def test_ranges_of_ages_and_hedged_ends(text: str, value: str, unit: str) -> None:
    assert read(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "the S&P 500 and the sp 500",
        "the FTSE 100",
        "the Big 12 and the Big Ten",
        "under Section 427 and section 2(2)",
        "Fortune 100 firms",
        "an iPhone 11 on iOS 5 and windows 10",
        "version 4.2",
        "a 737, a Boeing 747 and an old 777-300ER",
        "Flight 370",
        "Interstate 95, highway 36 and Route 66",
        "221 Baker Street and 10 Downing Street",
        "Area 51",
        "Phase 2 trials",
        "Planet 9",
        "they lined up 4-4-2",
        "the Le Mans 24 Hours",
        "the 24 Hours of Daytona",
        "the under-21 side",
        "the Group of 20 nations",
        "seat 11C",
        "think twice",
        "call 0800 123 4567",
    ],
)
def test_numbers_in_names_are_no_quantities(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("737 men", "737"),
        ("in 24 hours", "24"),
        ("a flight 20 minutes late", "20"),
        ("Week 3 million", "3000000"),
        ("a group of 20 men", "20"),
        ("the under-30 vote", "30"),
    ],
)
def test_what_only_looks_like_a_name_is_counted(text: str, value: str) -> None:
    assert [number.value for number in scan(text)] == [value]


@pytest.mark.parametrize(
    ("before", "after", "meaning"),
    [
        ("no more than ", "", "below"),
        ("no fewer than ", "", "above"),
        ("as many as ", "", "below"),
        ("a minimum of ", "", "above"),
        ("under ", "", "below"),
        ("over ", "", "above"),
        ("", " or so", "near"),
        ("", " or more", "above"),
        ("", "-plus", "above"),
        ("", " or fewer", "below"),
    ],
)
def test_bounds_on_either_side(before: str, after: str, meaning: str) -> None:
    text = f"It was {before}300{after} men."
    assert bound(text, text.index("300")) == meaning


@pytest.mark.parametrize(
    "piece",
    ["1", ",", " ", "1,", ",11", "1.", "1-", "1 ", "A", "A-", "a@", "one ", "a hundred and one ",
     "$1 ", "+11 ", "(", "½", "١", "2015 ", "1 Aa ", "twenty-", "\u2009000", " 000"],
)  # fmt: skip
def test_long_hostile_text_is_read(piece: str) -> None:
    text = "1" + piece * (20_000 // len(piece))
    assert all(number.value for number in scan(text))


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["\u2009", "\u202f", "\u00a0"]))
def test_thin_spaces_do_not_change_the_value(value: int, space: str) -> None:
    written = f"{value:,}".replace(",", space)
    assert read(f"{written} sheep") == [(str(value), "")]
