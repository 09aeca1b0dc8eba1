"""Words that turn a statement round when one stands in place of the other.

A short table of our own: pairs that news uses of results, directions, amounts and judgements.
"""

from functools import cache

from summarize.support.tokens import tokens

__all__ = ["opposites"]

_PAIRS = """
accept:reject rise:fall rose:fell risen:fallen rising:falling up:down increase:decrease
increase:reduce gain:loss gained:lost win:lose won:lost winning:losing victory:defeat
guilty:innocent convicted:acquitted conviction:acquittal arrested:released approve:reject
approval:rejection pass:fail open:close opening:closing start:end began:ended begin:end
before:after more:less more:fewer most:least high:low higher:lower highest:lowest first:last
early:late earlier:later best:worst better:worse good:bad strong:weak stronger:weaker large:small
larger:smaller big:small bigger:smaller old:new older:younger young:old rich:poor long:short
longer:shorter fast:slow faster:slower hot:cold warm:cool public:private national:local
north:south northern:southern east:west eastern:western left:right allow:ban allow:prevent
support:oppose supporters:opponents agree:disagree agreed:refused accept:refuse deny:confirm
deny:admit praise:criticize praise:criticise join:leave arrive:depart arrive:leave enter:leave
buy:sell bought:sold buyer:seller save:spend attack:defend safe:dangerous safe:unsafe legal:illegal
lawful:unlawful male:female man:woman men:women boy:girl he:she his:her father:mother son:daughter
brother:sister husband:wife alive:dead survived:died survive:die living:dying death:birth
killed:saved add:remove raise:lower raised:lowered raise:cut raised:cut expand:reduce expand:cut
grow:shrink grew:shrank growth:decline strengthen:weaken success:failure successful:unsuccessful
succeed:fail possible:impossible likely:unlikely able:unable include:exclude with:without
over:under above:below inside:outside always:never often:rarely many:few all:none everyone:nobody
majority:minority ally:enemy allies:enemies friend:enemy peace:war love:hate happy:sad
healthy:sick positive:negative optimistic:pessimistic advantage:disadvantage remember:forget
accelerate:slow improve:worsen temporary:permanent voluntary:mandatory required:optional
minimum:maximum profit:loss income:expense import:export hire:fire appointed:dismissed
promote:demote resume:suspend continue:stop keep:abandon maintain:abandon encourage:discourage
ease:tighten loosen:tighten surge:plunge soar:plunge jump:drop climb:drop day:night
morning:evening hours:minutes minutes:seconds days:weeks weeks:months months:years
million:billion thousands:hundreds safe:risky cheap:expensive
"""


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for pair in _PAIRS.split():
        one, other = (tokens(word)[0] for word in pair.split(":"))
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in table.items()}


def opposites(token: str) -> frozenset[str]:
    """The tokens that say the opposite of `token`; often none."""
    return _table().get(token, frozenset())
