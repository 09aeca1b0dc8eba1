"""What was decided about the articles before anything was written, as plain sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from summarize.records import Article, Digest, Dropped, Revision, Story, WirePair
from summarize.render.phrases import (
    count,
    harmless,
    place_of,
    quotation,
    shared_outlets,
    witnesses,
)

__all__ = [
    "EARLIER",
    "credit",
    "dropped_note",
    "left_untold",
    "listed",
    "paths",
    "story_facts",
    "story_notes",
    "told_wires",
    "unchanged_note",
    "wire_notes",
]

EARLIER = "an article of the earlier digest"
"""What to call an article that an update does not show, as nothing in its story is new."""

_PAIRS_SHOWN = 3
_MISSED_SHOWN = 2


def credit(article: Article) -> tuple[str, ...]:
    """Who stands behind an article: "The Post", "By Ada Wills", "BEIRUT (AP)" or "AP copy"."""
    source, author, place, agency = (
        harmless(name or "")
        for name in (article.source, article.author, article.place, article.agency)
    )
    copy = f"{agency} copy" if agency and (source == agency or agency not in source) else ""
    parts = (
        source if source != agency else "",
        f"By {author}" if author not in ("", source, agency) else "",
        f"{place} ({agency})" if place and agency else place or copy,
    )
    return tuple(part for part in parts if part)


def listed(ids: Iterable[str], numbers: Mapping[str, int]) -> str:
    """The articles by their numbers: "[2] and [5]", "[2], [3] and [7]", "[2]–[6]"."""
    runs: list[list[int]] = []
    for number in sorted(numbers[id_] for id_ in ids):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [
        part
        for run in runs
        for part in ([f"[{run[0]}]–[{run[-1]}]"] if len(run) > 2 else [f"[{n}]" for n in run])
    ]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def paths(digest: Digest) -> dict[str, str]:
    """Where each article was read, by its id; also where it was dropped."""
    articles = [article for story in digest.stories for article in story.articles]
    return {a.id: harmless(a.path) for a in [*(d.article for d in digest.dropped), *articles]}


def story_facts(story: Story, digest: Digest) -> str:
    """How many articles and independent sources a story has: "4 articles, 1 undated · 3 …"."""
    articles = count(len(story.articles), "article")
    undated = sum(digest.placements[a.id].confidence == "unknown" for a in story.told)
    if 0 < undated < len(story.told):
        articles += f", {undated} undated"
    if len(story.articles) == 1 and story.off_topic:
        return f"{articles}, on no other article's topic"
    return f"{articles} · {count(witnesses(story, digest.wires), 'independent source')}"


def story_notes(story: Story, digest: Digest, numbers: Mapping[str, int]) -> str:
    """Which articles of a story are of one wire, outlet or moment, or off topic."""
    return " ".join(_notes(story, digest, numbers))


def _notes(story: Story, digest: Digest, numbers: Mapping[str, int]) -> Iterator[str]:
    told = {article.id: article for article in story.told}
    ties = [listed(tie, numbers) for tie in digest.ties if told.keys() >= set(tie)]
    for wire in digest.wires:
        copies = [told[id_] for id_ in wire if id_ in told]
        if len(copies) > 1:
            ids = listed((article.id for article in copies), numbers)
            order = "; nothing tells their order" if ids in ties else ""
            ties = [tie for tie in ties if tie != ids]
            yield f"{ids} carry the same {_copy(copies)} and count as one source{order}."
    for name, own in shared_outlets(story).items():
        if not any(set(wire).issuperset(own) for wire in digest.wires):
            yield f"{listed(own, numbers)} are from {name} and count as one source."
    for tie in ties:
        yield f"Nothing tells the order of {tie}."
    if story.off_topic and len(story.articles) > 1:
        one = len(story.off_topic) == 1
        rest = "is off topic and not" if one else "are off topic and not"
        yield f"{listed(story.off_topic, numbers)} {rest} in this summary."


def _copy(articles: Sequence[Article]) -> str:
    """Whose text it is: an agency's, one outlet's own, or nobody knows."""
    agencies = sorted({harmless(a.agency) for a in articles if a.agency})
    one = len({(a.source or "").casefold() for a in articles}) == 1
    outlet = harmless(articles[0].source or "") if one else ""
    return f"{' / '.join(agencies) or outlet or 'wire'} copy"


def told_wires(digest: Digest) -> Iterator[tuple[tuple[str, ...], list[WirePair]]]:
    """Each wire and its closest pairs, as far as their articles are in a story of the digest.

    An update knows the articles of stories without news, but does not show them.
    """
    ids = {article.id for story in digest.stories for article in story.articles}
    for wire in digest.wires:
        told = tuple(id_ for id_ in wire if id_ in ids)
        if len(told) > 1:
            yield told, [p for p in digest.wire_pairs if {p.first, p.second} <= set(told)]


def wire_notes(
    digest: Digest, numbers: Mapping[str, int], *, verbose: bool
) -> Iterator[tuple[str, Sequence[str]]]:
    """Each wire, and what its closest pairs have in common."""
    articles = {a.id: a for story in digest.stories for a in story.articles}
    for wire, closest in told_wires(digest):
        pairs = sorted(
            closest,
            key=lambda pair: (-pair.similarity, numbers[pair.first], numbers[pair.second]),
        )
        shown = pairs if verbose else pairs[:_PAIRS_SHOWN]
        found = [
            f"{listed((pair.first, pair.second), numbers)} share {pair.similarity:.0%}: "
            f"{quotation(pair.passage)}"
            for pair in shown
        ]
        if len(pairs) > len(shown):
            found.append(f"and {count(len(pairs) - len(shown), 'pair')} more (-v lists them)")
        copy = _copy([articles[id_] for id_ in wire])
        yield f"Same {copy}, one source: {listed(wire, numbers)}", found


def dropped_note(dropped: Dropped, places: Mapping[str, str]) -> str:
    """Which article was dropped, for which one, on what evidence, and what differs."""
    kept = places.get(dropped.duplicate_of, EARLIER)
    passage = f": {quotation(dropped.passage)}" if dropped.passage else ""
    changes = f"; {_changes(dropped.revision)}" if dropped.revision else ""
    return (
        f"{harmless(dropped.article.path)}, {harmless(dropped.reason)} "
        f"({dropped.similarity:.0%} of it stands in {kept}{passage}){changes}"
    )


def _changes(revision: Revision) -> str:
    """What the newer version changed: "2 sentences came, 1 went; “12 dead” became “15 dead”"."""
    came, went = revision.added, revision.removed
    moved = [f"{quotation(was)} became {quotation(is_)}" for was, is_ in revision.figures]
    counts = f"{count(came, 'sentence')} came, {went} went" if came or went else ""
    return "; ".join([*([counts] if counts else []), *moved]) or "no sentence came or went"


def left_untold(
    story: Story, digest: Digest, numbers: Mapping[str, int], *, verbose: bool
) -> Iterator[str]:
    """Which articles a story's summary does not cite, and what several tell that it leaves out."""
    summary = digest.story_summaries[story.id]
    cited = {source.article_id for s in summary.sentences for source in s.evidence}
    uncited = [article.id for article in story.told if article.id not in cited]
    if uncited and len(story.told) > 1:
        what = "Nothing new told from" if digest.settings.get("since") else "Not cited here:"
        yield f"{what} {listed(uncited, numbers)}."
    for source in summary.missed if verbose else summary.missed[:_MISSED_SHOWN]:
        yield f"Told by several, left out: {quotation(source.text)} [{place_of(source, numbers)}]"


def unchanged_note(digest: Digest) -> str:
    """Which stories are left out because an earlier digest told them; empty if none is."""
    if not digest.unchanged:
        return ""
    titles = "; ".join(harmless(title) for title in digest.unchanged)
    return f"Nothing new in {count(len(digest.unchanged), 'story')}: {titles}."
