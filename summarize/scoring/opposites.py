"""Words of a summary sentence that stand where its source sentence has the opposite.

Two rules: a word whose opposite the source has beside the same words ("profit rose" for "profit
fell"), and a word that stands in a near copy where the source has one that excludes it ("next
month" for "next year"). What was tried to find any other noun in the place of one that the source
has is in `summarize/models/support/README.md`; more of a thing where sentences in other words tell
of less was of no use either.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarize.scoring.alignment import changes
from summarize.scoring.grammar import VERBAL, actors, fillers, filling, is_pronoun, key, lemma
from summarize.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["opposed", "replaced"]

# Each line: words that say one thing, and words that say the opposite. Only words that are plain in
# the news; "drop" and "cut" stand with "fall" because all of them may be told of a price.
_LINES = """
rise increase grow climb surge soar jump gain growth upturn improve raise boost hike up upward \
| fall decrease decline drop tumble plunge slump shrink dip slide lower reduce slash cut lose loss \
downturn worsen down downward
before ahead prior | after following
accept agree approve back support favor favour endorse allow permit welcome \
| reject refuse oppose deny ban forbid block veto condemn
win beat defeat stun thrash rout trounce victory | lose loss defeat
earn gain | lose
for | against
beat exceed surpass | miss
begin start open launch resume | end finish close halt stop suspend
buy purchase | sell
arrive enter join | leave exit quit
admit confirm acknowledge | deny
arrest detain jail imprison | release free
convict guilty | acquit innocent
appoint hire | dismiss fire sack
survive alive survivor | die dead
more | less fewer
higher | lower
most | least fewest
best better | worst worse
larger bigger | smaller
largest biggest highest | smallest lowest
longer | shorter
first | last
early earlier | late later
older | younger
strong strengthen | weak weaken
right correct | wrong incorrect
same | different
above over | below under
succeed success successful | fail failure unsuccessful
likely | unlikely
able | unable
legal lawful | illegal unlawful
possible | impossible
known | unknown
expected | unexpected
safe | unsafe dangerous
public | private
import | export
profit | loss
male man men | female woman women
northern north | southern south
eastern east | western west
forward | backward
optimistic | pessimistic
ease loosen | tighten
widen | narrow
praise | criticize criticise
attack | defend
include | exclude
"""

# Words that exclude each other: a near copy that has another one says another thing.
_EXCLUSIVE = """
second | minute | hour | day | week | month | year | decade | century
daily | weekly | monthly | quarterly | yearly annual
morning | afternoon | evening | night
seconds | minutes | hours | days | weeks | months | years | decades | centuries
wife | husband | mother | father | son | daughter | brother | sister | uncle | aunt | cousin \
| nephew | niece | grandmother | grandfather | widow | widower
foreign | interior home | finance treasury | defence defense | health | justice | education \
| transport | agriculture | energy | environment | trade | labour labor | culture | sports
north northern | south southern | east eastern | west western
first | second | third | fourth | fifth | sixth
"""

_Poles = dict[str, set[tuple[int, int]]]


def _poles(lines: str) -> _Poles:
    """For each stem the rows it stands in, with its side of them."""
    found: _Poles = {}
    for row, line in enumerate(lines.replace("\\\n", "").strip().splitlines()):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                # "Bond buying" is a noun, and too short a word for its ending to be taken off.
                for form in (word, f"{word.removesuffix('e')}ing"):
                    found.setdefault(stem(form), set()).add((row, side))
    return found


_POLES, _SIDES = _poles(_LINES), _poles(_EXCLUSIVE)
_NEGATIONS = frozenset("not n't n’t never no nor without hardly".split())  # noqa: SIM905
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
_NAMING = frozenset({"NOUN", "PROPN", "VERB"})


def opposed(doc: "Doc", source: "Doc") -> Iterator[tuple["Token", "Token"]]:
    """The words of `doc` whose opposite stands beside the same words of `source`, with that."""
    theirs = [(token, poles) for token in source if (poles := _POLES.get(_key(token)))]
    words = {_key(token) for token in doc}
    for token in doc:
        ours = _POLES.get(_key(token), set())
        said = any(ours & poles and _may_be_said_of(token, other) for other, poles in theirs)
        if not ours or said or token.dep_ == "prt":
            continue
        for other, poles in theirs:
            # "On the way up ... on the way down" tells of both.
            if (
                _key(other) not in words
                and _face(ours, poles)
                and _are_alike(token, other)
                and _share_words(token, other)
            ):
                yield token, other
                break


def replaced(doc: "Doc", source: "Doc") -> Iterator[tuple["Token", "Token"]]:
    """Words of `doc`, nearly a copy of `source`, that stand in the place of one they exclude."""
    for change in changes(doc.text, source.text):
        ours = [t for t in doc if change.start <= t.idx < change.end]
        theirs = [t for t in source if change.source_start <= t.idx < change.source_end]
        if len(ours) != 1 or len(theirs) != 1 or _is_denied(ours[0]) != _is_denied(theirs[0]):
            continue
        words = _key(ours[0]), _key(theirs[0])
        for table in (_POLES, _SIDES):
            if _face(*(table.get(word, set()) for word in words)):
                yield ours[0], theirs[0]


def _face(ours: set[tuple[int, int]], theirs: set[tuple[int, int]]) -> bool:
    """Whether two words stand in one row, and in none on the same side."""
    rows = {row for row, _ in ours} & {row for row, _ in theirs}
    return bool(rows) and not ours & theirs


def _may_be_said_of(token: "Token", other: "Token") -> bool:
    """Whether `other`, which says the same as `token`, is not plainly told of other things."""
    ours, theirs = _subjects(token), _subjects(other)
    verbs = token.pos_ in VERBAL and other.pos_ in VERBAL
    return not verbs or not ours or not theirs or _are_shared(ours, theirs)


def _key(token: "Token") -> str:
    return stem(token.lemma_ if token.pos_ in ("VERB", "AUX") else token.lower_)


def _are_alike(token: "Token", other: "Token") -> bool:
    """Whether the words have the same part in their sentences, and both or neither are denied."""
    kinds = {token.pos_, other.pos_}
    same = len(kinds) == 1 or kinds <= {"ADP", "SCONJ", "ADV"}
    return (
        same
        and _is_denied(token) == _is_denied(other)
        and _limits(token) == _limits(other)
        and _particles(token) == _particles(other)
    )


def _limits(token: "Token") -> bool:
    """Whether it holds of little or is only imagined: "able to eat only soup", "to lose would"."""
    return token.dep_ == "csubj" or any(word.lower_ == "only" for word in token.subtree)


def _particles(token: "Token") -> set[str]:
    """What makes another verb of a verb: to "end up" is not to end."""
    return {child.lower_ for child in token.children if child.dep_ == "prt"}


def _is_denied(token: "Token") -> bool:
    near = [*token.children, *token.doc[max(0, token.i - 3) : token.i]]
    return any(word.lower_ in _NEGATIONS for word in near)


def _share_words(token: "Token", other: "Token") -> bool:
    """Whether the same words depend on both, or both depend on the same one."""
    below = {
        _key(one)
        for one in _below(token)
        for two in _below(other)
        if _key(one) == _key(two) and not _are_apart(one, two)
    }
    above = _governor(token) & _governor(other)
    if token.pos_ in VERBAL:
        if _is_converse(token) and _is_converse(other):
            return bool(actors(token) & actors(other))
        return (
            _are_shared(_subjects(token), _subjects(other))
            or len(below) > 1
            or _says_of_both(token, other)
        )
    if token.pos_ in ("NOUN", "PROPN", "ADP", "SCONJ"):
        return bool(below) and (bool(above) or token.pos_ == "NOUN")
    return bool(above)


# What one does the other undergoes: "Ost lost to Elmo" says what "Elmo beat Ost" says.
_CONVERSE = frozenset("win beat defeat stun thrash rout trounce lose buy purchase sell".split())  # noqa: SIM905


def _is_converse(token: "Token") -> bool:
    return lemma(token) in _CONVERSE


def _says_of_both(token: "Token", other: "Token") -> bool:
    """Whether both state or deny the same clause, and a pronoun is the subject of one."""
    clauses = [
        {key(c) for c in verb.children if c.dep_ in ("ccomp", "xcomp")} for verb in (token, other)
    ]
    pronoun = any(
        c.dep_ in ("nsubj", "nsubjpass") and is_pronoun(c)
        for verb in (token, other)
        for c in verb.children
    )
    return pronoun and bool(clauses[0] & clauses[1])


def _below(token: "Token") -> list["Token"]:
    """The words that say something and depend on `token`, if by a preposition."""
    below = list(token.children)
    below += [word for child in below if child.dep_ == "prep" for word in child.children]
    return [word for word in below if word.pos_ in _CONTENT]


def _subjects(token: "Token") -> list["Token"]:
    """The subjects and objects of a verb, with those of the verb that it follows."""
    above = [token.head] if token.dep_ in ("xcomp", "conj") else []
    places = ("nsubj", "nsubjpass", "dobj")
    return [word for head in (token, *above) for word in filling(head, places)]


def _are_shared(ours: list["Token"], theirs: list["Token"]) -> bool:
    """Whether a word is one of both; "defence spending" is not "spending on hospitals"."""
    return any(
        _key(one) == _key(other) and not is_pronoun(one) and not _are_apart(one, other)
        for one in ours
        for other in theirs
    )


def _are_apart(one: "Token", other: "Token") -> bool:
    if one.pos_ not in _NAMING or other.pos_ not in _NAMING:
        return False
    ours, theirs = ({_key(word) for word in _below(token)} for token in (one, other))
    return bool(ours) and bool(theirs) and not ours & theirs


def _governor(token: "Token") -> set[str]:
    head = token.head.head if token.head.dep_ == "prep" else token.head
    if head.pos_ == "AUX" and lemma(head) == "be":
        return fillers(head, ("nsubj",))
    return {_key(head)} if head.i != token.i and head.pos_ in _CONTENT else set()
