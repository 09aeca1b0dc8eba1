"""Summaries of the last run on the same paths: what is planned as it was is not written again.

So an article that changed costs its own summary and that of its story, and the stages before the
writer, which compare all articles with each other.
"""

from collections.abc import Sequence
from dataclasses import replace

from summarize.cache.store import Store
from summarize.codec import dump
from summarize.plans import Plan
from summarize.provenance import key_of
from summarize.records import Summary
from summarize.summaries import Progress, summaries
from summarize.writer import Writer

__all__ = ["told"]


def told(
    store: Store, key: str, plans: Sequence[Plan], writer: Writer, progress: Progress
) -> dict[tuple[str, str], Summary]:
    """As `summarize.summaries.summaries`, but for those that `store` has under the key.

    All of them are kept under it instead.
    """
    kept = store.get(dict[str, Summary], key) or {}
    keys = {plan.key: _key(plan, writer) for plan in plans}
    new = summaries([plan for plan in plans if keys[plan.key] not in kept], writer, progress)
    made = {plan.key: kept.get(keys[plan.key]) or new[plan.key] for plan in plans}
    store.put(key, {keys[of]: summary for of, summary in made.items()})
    return made


def _key(plan: Plan, writer: Writer) -> str:
    """The name of the plan and the writer, which alone decide a summary."""
    # The times of a story's other articles are in the plan of each.
    times = {article.id: plan.times[article.id] for article in plan.articles}
    return key_of([writer.name, writer.fingerprint, dump(replace(plan, times=times))])
