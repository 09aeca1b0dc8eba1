"""The articles of a story that have little to do with the rest of it."""

from summarize.records import Article, Story
from summarize.stories.likeness import pairs, vectors
from summarize.stories.linkage import join

__all__ = ["strangers"]

# Other articles that were put into single stories of ECB+ and NeuS are found in 100 and 82 of 100
# cases, and 5 and 2 of 1000 of a story's own (`benchmarks.studies.stories DATA --strangers`).
_ACQUAINTED = 0.12


def strangers(story: Story) -> tuple[Article, ...]:
    """The articles that nothing leads to from most of the others, in the order of the story.

    One article leads to another that it is somewhat alike. Where no more than half of the articles
    hang together there is no rest to be a stranger to, and the answer is empty.
    """
    links = (
        pair
        for ones, others, _ in pairs(vectors(story.articles), _ACQUAINTED)
        for pair in zip(ones.tolist(), others.tolist(), strict=True)
    )
    groups = join(len(story.articles), links, lambda _, __: True)
    most = max(groups, key=len)
    if 2 * len(most) <= len(story.articles):
        return ()
    members = set(most)
    return tuple(a for i, a in enumerate(story.articles) if i not in members)
