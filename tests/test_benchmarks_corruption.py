import re
from difflib import SequenceMatcher

from benchmarks.corruption import corrupt
from benchmarks.records import Example

FLOOD = """\
Maria Kovacs opened the new dam in Hungary on Tuesday after two years of work.
The dam cost $1.2 billion and holds 350 million gallons of water.
At least 48 soldiers and 12 farmers helped to build it in March 2014.
Kovacs praised Peter Novak for the design of the gates.
Farmers in Romania did not welcome the dam near the border.
About 60 trucks brought stone from a quarry 25 miles away.
Critics said water levels in Austria fell by 15 percent in 2013.
Twelve engineers from the Danube Commission checked the walls on Friday.
Officials in Hungary will publish the full report of the Danube Commission on Friday.
Peter Novak defended Maria Kovacs in a speech on Tuesday.
"""
ELECTION = """\
Voters in Kenya chose a new president on Sunday in a peaceful vote.
Grace Wanjiru won 54 percent of the ballots, the Electoral Commission said.
The count took three days and 9,000 observers watched it.
Daniel Otieno accused Grace Wanjiru of fraud in a speech on Monday.
Otieno has never won a vote in Tanzania or in Kenya.
Supporters of Wanjiru danced in Nairobi until the early hours of Thursday.
Election officials from Uganda arrived in Nairobi in August 2010.
"""
EXAMPLES = [Example("flood", (FLOOD,)), Example("election", (ELECTION,))]

# Each denies the one before it, and the other way round.
OPPOSITES = [
    ("Mayor Anna Lind told the truth on Friday.", "Mayor Anna Lind did not tell the truth on Friday."),
    ("The council closed 12 schools in Ostrava.", "The council did not close 12 schools in Ostrava."),
    ("Norway has sent 40 doctors to the camp.", "Norway has not sent 40 doctors to the camp."),
    ("The ferry to Malta will sail on Sunday.", "The ferry to Malta will not sail on Sunday."),
    ("Peter Novak is the owner of two farms.", "Peter Novak is not the owner of two farms."),
    ("The villagers were moved to Graz on Monday.", "The villagers were not moved to Graz on Monday."),
    ("Residents can return to Split on Friday.", "Residents cannot return to Split on Friday."),
    ("Grace Wanjiru knows the judge in Nairobi.", "Grace Wanjiru does not know the judge in Nairobi."),
    ("The nurses like the clinic in Perth.", "The nurses do not like the clinic in Perth."),
    ("The court freed three sailors on Tuesday.", "The court did not free three sailors on Tuesday."),
    ("Police stopped 20 trucks near Lyon.", "Police did not stop 20 trucks near Lyon."),
    ("The clinic in Perth tries 15 new drugs.", "The clinic in Perth does not try 15 new drugs."),
    ("Daniel Otieno left the party in 2012.", "Daniel Otieno did not leave the party in 2012."),
    ("The storm could reach Cuba on Thursday.", "The storm could not reach Cuba on Thursday."),
    ("The museum has 90 paintings from Spain.", "The museum does not have 90 paintings from Spain."),
]  # fmt: skip


def made(*examples: Example, seed: int = 1, per_article: int = 100) -> list[Example]:
    return list(corrupt(examples or EXAMPLES, seed=seed, per_article=per_article))


def pairs(kind: str) -> list[tuple[str, str]]:
    """True sentences with a corruption of `kind`, over several seeds."""
    found = []
    for seed in range(8):
        rows = made(seed=seed)
        true = {row.id: row.summary for row in rows if row.right}
        found += [
            (true[row.id.rpartition("/")[0]], row.summary)
            for row in rows
            if row.error_types == (kind,)
        ]
    return found


def change(true: str, wrong: str) -> tuple[str, str]:
    """The one stretch of words in which two sentences differ."""
    old, new = re.findall(r"[\w.,]*\w|\W", true), re.findall(r"[\w.,]*\w|\W", wrong)
    codes = [c for c in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()]
    edits = [code for code in codes if code[0] != "equal"]
    first, last = edits[0], edits[-1]
    return "".join(old[first[1] : last[2]]), "".join(new[first[3] : last[4]])


def article_of(sentence: str) -> str:
    return FLOOD if sentence in FLOOD else ELECTION


def denial(sentence: str) -> str:
    rows = made(Example("one", (sentence,)))
    return next((row.summary for row in rows if row.error_types == ("negation",)), "")
