"""Which articles are one witness: copies of one wire, and what one outlet published."""

from collections.abc import Iterable

from summarize.records import Article

__all__ = ["independent", "outlets"]


def outlets(articles: Iterable[Article]) -> tuple[frozenset[str], ...]:
    """The ids of the articles of each outlet that published more than one of them."""
    by_name: dict[str, list[str]] = {}
    for article in articles:
        if article.source:
            by_name.setdefault(article.source.casefold(), []).append(article.id)
    return tuple(frozenset(ids) for ids in by_name.values() if len(ids) > 1)


def independent(article_ids: Iterable[str], together: Iterable[Iterable[str]]) -> int:
    """How many independent witnesses articles are; those of each set in `together` are one."""
    apart = [{id_} for id_ in set(article_ids)]
    for group in map(set, together):
        joined = [ids for ids in apart if not group.isdisjoint(ids)]
        apart = [ids for ids in apart if group.isdisjoint(ids)]
        apart += [set().union(*joined)] if joined else []
    return len(apart)
