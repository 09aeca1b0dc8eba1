"""The kinds of events news reports, and the words for them.

Written for this project from the vocabulary of general news; nothing in it depends on a topic.
"""

import re
from dataclasses import dataclass, replace

__all__ = ["IRREGULAR", "NOUNS", "VERBS", "Predicate", "lookup"]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word for an event of the class `name`.

    `patient` says which side the event happens to. `once` is true where it can hardly happen twice
    to the same patient (dying), so that the actor need not be known; `routine` where it happens
    again and again (an attack), so that only a dated mention says which one is meant. `repeated`
    is true when the word itself says that it has happened before ("retake").
    """

    name: str
    patient: str
    once: bool
    routine: bool
    noun: bool = False
    repeated: bool = False


# class, how often ("once", "again", "routine"), verbs with the patient as object, verbs with the
# patient as subject, nouns.
_CLASSES = (
    ("take", "again", "take seize capture overrun liberate conquer occupy claim gain win free",
     "fall", "capture seizure takeover conquest liberation fall taking"),
    ("kill", "once", "kill murder assassinate slay execute behead", "die",
     "death murder killing assassination execution"),
    ("arrest", "once", "arrest detain apprehend", "", "arrest detention"),
    ("charge", "once", "charge indict", "", "indictment"),
    ("convict", "once", "convict sentence jail", "", "conviction sentencing"),
    ("acquit", "once", "acquit exonerate pardon", "", "acquittal pardon"),
    ("elect", "once", "elect inaugurate", "", "election inauguration"),
    ("appoint", "again", "appoint name nominate hire", "", "appointment nomination"),
    ("dismiss", "once", "fire sack dismiss oust depose topple overthrow impeach", "",
     "dismissal ouster overthrow impeachment firing"),
    ("resign", "once", "", "resign quit retire", "resignation retirement"),
    ("sign", "once", "sign approve pass ratify adopt enact", "",
     "signing approval ratification adoption enactment passage"),
    ("reject", "once", "reject veto block defeat", "", "rejection veto"),
    ("ban", "once", "ban outlaw prohibit", "", "ban"),
    ("acquire", "once", "acquire buy purchase", "", "acquisition purchase"),
    ("launch", "once", "launch unveil introduce release", "",
     "launch unveiling introduction release"),
    ("open", "once", "open inaugurate", "", "opening"),
    ("close", "once", "close shut", "close", "closure"),
    ("crash", "once", "", "crash sink derail collapse explode erupt",
     "crash sinking derailment collapse explosion eruption"),
    ("marry", "once", "marry wed", "", "wedding marriage"),
    ("kidnap", "once", "kidnap abduct hijack", "", "kidnapping abduction hijacking"),
    ("rescue", "once", "rescue evacuate", "", "rescue evacuation"),
    ("invade", "once", "invade annex", "", "invasion annexation"),
    ("strike", "routine", "strike hit attack bomb raid shell", "", "strike attack bombing raid"),
    ("beat", "routine", "beat trounce", "", ""),
    ("visit", "routine", "visit", "", "visit"),
)  # fmt: skip


def _words() -> tuple[dict[str, Predicate], dict[str, Predicate]]:
    verbs: dict[str, Predicate] = {}
    nouns: dict[str, Predicate] = {}
    for name, often, objects, subjects, nominals in _CLASSES:
        once, routine = often == "once", often == "routine"
        for word in objects.split():
            verbs.setdefault(word, Predicate(name, "object", once, routine))
        for word in subjects.split():
            verbs.setdefault(word, Predicate(name, "subject", once, routine))
        for word in nominals.split():
            nouns.setdefault(word, Predicate(name, "of", once, routine, noun=True))
    return verbs, nouns


VERBS, NOUNS = _words()

# Beside regular forms. The lemmatizer knows "took" but not "retook".
IRREGULAR = {
    "took": "take",
    "taken": "take",
    "won": "win",
    "bought": "buy",
    "struck": "strike",
    "stricken": "strike",
    "fell": "fall",
    "fallen": "fall",
    "slew": "slay",
    "slain": "slay",
    "dying": "die",
    "beaten": "beat",
    "overran": "overrun",
    "overthrew": "overthrow",
    "overthrown": "overthrow",
    "sank": "sink",
    "sunk": "sink",
    "sunken": "sink",
}


def lookup(lemma: str, *, noun: bool) -> Predicate | None:
    """The event a lemma names; "re-" is folded, so that "recapture" is a "capture" again."""
    table = NOUNS if noun else VERBS
    word = lemma.casefold()
    if word in table:
        return table[word]
    bare = re.sub("^re-?", "", word)
    found = table.get(IRREGULAR.get(bare, bare)) if bare != word else None
    return replace(found, repeated=True) if found else None
