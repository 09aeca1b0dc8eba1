"""Whether an article is in English: everything behind reading is made for English only.

A text is told by its function words, which no text of some length can do without, and by its
script. The lists hold common words of each language that are no English words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from summarize.records import Article, Failure

__all__ = ["foreign_language", "only_english"]

_ENGLISH = frozenset(
    """the of and to in a is was were are be been has have had that this these those which who for
    with from by at as it its on he she they we you his her their our your not but or if when
    would could should will can may an there than then about after into over said""".split()  # noqa: SIM905
)
_OTHERS = {
    "German": (
        "der und den von zu das mit sich auf für ist im dem nicht ein eine als auch es werden "
        "aus hat dass sie nach wird bei einer um sind noch wie einem über einen zum haben nur "
        "oder aber vor zur bis durch sein wurde ich wir kann ihre seine gegen sowie"
    ),
    "French": (
        "de la le les et des en du une est que dans qui pour par sur au plus ne se pas avec ce "
        "il son sa ses aux ont été cette mais comme nous elle leur sont fait être deux ces ou "
        "était entre après sans"
    ),
    "Spanish": (
        "de la que el en los se del las por un para con una su al lo como más pero sus le ya "
        "fue este ha sí porque esta entre cuando muy sin sobre también hasta hay donde desde "
        "todo nos durante según son está y es"
    ),
    "Italian": (
        "di che la il un una in per è non sono del della con si da le al dei nel alla come ma "
        "più anche delle gli ha lo se degli stato questo dal hanno sul essere dopo nella tra ed "
        "loro aveva era i"
    ),
    "Portuguese": (
        "de que o a do da em um para com não uma os no se na por mais as dos como mas ao ele "
        "das à seu sua ou quando muito nos já também só pelo pela até isso entre depois sem foi "
        "são está"
    ),
    "Dutch": (
        "de het een van en dat te op voor met zijn niet aan er maar om dan zou wat mijn ook bij "
        "werd naar uit nog wordt door over deze tegen hij zij heeft hebben kan worden geen of "
        "tot wel hun haar omdat toen"
    ),
    "Swedish": (
        "och att det som en på är av för med den till inte har de ett om var men sig från vi nu "
        "kan när ska också efter eller så vid under där mot ut mycket alla skulle kommer sin "
        "sina hade blir än"
    ),
    "Danish": (
        "og at det som en på er af for med den til ikke har de et om var men sig fra vi nu kan "
        "når skal også efter eller så ved under der mod ud meget alle ville kommer sin sine "
        "havde bliver end blev jeg"
    ),
    "Norwegian": (
        "og at det som en på er av for med den til ikke har de et om var men seg fra vi nå kan "
        "når skal også etter eller så ved under der mot ut mye alle ville kommer sin sine hadde "
        "blir enn ble jeg"
    ),
    "Finnish": (
        "ja on ei että se oli mutta myös ovat kun hän joka jo mukaan vain kuin sen ole sekä "
        "niin tai jos olisi ollut kanssa hänen jälkeen voi nyt siitä mitä vielä sitä eivät "
        "joiden ennen koska"
    ),
    "Polish": (
        "w i na z się nie do że to jest o jak po co za od przez dla ale tym był który są oraz "
        "było ma już tylko czy może być jego przy które także został jako tego ich"
    ),
    "Czech": (
        "a v se na je že s z do o i to k ve pro za by ale si po jako které který jsou od jeho "
        "také již bylo podle jsem až nebo při však není byl byla tak může"
    ),
    "Hungarian": (
        "a az és hogy nem is egy ez volt de meg csak már ha van mint azt még el vagy szerint "
        "pedig ki nagyon kell után majd ezt akkor lehet minden között lesz voltak ezek azonban"
    ),
    "Romanian": (
        "de și în a la cu pe nu o un din că să se mai este pentru care au fost lui sau după "
        "prin ca ce sunt fi dar cele acest această doar fără între până despre între său"
    ),
    "Turkish": (
        "ve bir bu için ile da de olarak daha çok en olan gibi kadar sonra ancak ise var olduğu "
        "göre her değil ya ne ki oldu veya büyük yeni o tarafından"
    ),
    "Indonesian": (
        "yang dan di dengan untuk ini itu dari dalam tidak akan pada juga ke ada karena oleh "
        "sudah mereka saya kami telah bisa atau lebih seperti kepada para adalah bahwa kata "
        "tersebut"
    ),
    "Catalan": (
        "de la que el i en els les per amb un una del es al més són no ha com va dels aquest "
        "aquesta ser però també ja seva seu fins entre sobre quan molt si"
    ),
    "Croatian": (
        "i u je na se da su za od s o a koji će ne kao što iz do bi nije ali ili sve koja koje "
        "samo kako još bio bila prema nakon više biti već kada"
    ),
    "Vietnamese": (
        "và của là có các được cho không trong một người với những này để đã khi ở ra cũng đến "
        "vào như năm từ nhiều phải về sẽ trên tại đó"
    ),
}
# Words that English texts have for other reasons: as names' parts, initials or after apostrophes.
_ENGLISH_TOO = _ENGLISH | frozenset(
    """i o s u com de die do en me men no war al el la le""".split()  # noqa: SIM905
)
_KNOWN = {name: frozenset(text.split()) for name, text in _OTHERS.items()}
# Of each language the words that tell it from English, and those of English that tell it from it.
_TELLING = {
    name: (frozenset(filter(str.isascii, known - _ENGLISH_TOO)), _ENGLISH - known)
    for name, known in _KNOWN.items()
}
_SCRIPTS = {
    "ARABIC": "Arabic script",
    "ARMENIAN": "Armenian",
    "BENGALI": "Bengali script",
    "CJK": "Chinese or Japanese",
    "CYRILLIC": "Cyrillic script",
    "DEVANAGARI": "Devanagari script",
    "GEORGIAN": "Georgian",
    "GREEK": "Greek",
    "HANGUL": "Korean",
    "HEBREW": "Hebrew script",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "TAMIL": "Tamil",
    "THAI": "Thai",
}

_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile("[À-ÖØ-öø-ɏḀ-ỿ]")
# A text is judged by its beginning; an article of 34,585 in 35 is longer.
_SAMPLE_CHARS = 20_000
# Under this many words a text may be a headline or a table; none is turned away.
_MIN_WORDS = 20
# Words of another language, with all accented words but names: English articles of such a length
# have at most .09 of them, other articles .14 and more (benchmarks/studies/language.py).
_MIN_SHARE = 0.12
# They must be twice as many as the English words, so that a text in two languages stays.
_MIN_LEAD = 2.0
_MIN_SCRIPT_SHARE = 0.5
_MIN_LETTERS = 60
_MIN_KANA_SHARE = 0.1


def only_english(articles: Iterable[Article]) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """The articles that are in English or too short to tell, and failures for the others."""
    kept: list[Article] = []
    failures: list[Failure] = []
    for article in articles:
        language = foreign_language(article.text)
        if language is None:
            kept.append(article)
        else:
            reason = f"it seems to be in {language}; --any-language keeps it"
            failures.append(Failure(article.named or article.path, reason))
    return tuple(kept), tuple(failures)


def foreign_language(text: str) -> str | None:
    """The language (or script) a text is in when that clearly is not English, else None."""
    sample = text[:_SAMPLE_CHARS]
    words = _WORD.findall(sample)
    return _script(sample) or (_language(words) if len(words) >= _MIN_WORDS else None)


def _script(text: str) -> str | None:
    """The script that most letters are in, if it is not Latin."""
    letters = Counter({letter: n for letter, n in Counter(text).items() if letter.isalpha()})
    total = letters.total()
    if total < _MIN_LETTERS:
        return None
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[unicodedata.name(letter, "").partition(" ")[0]] += count
    other = {name: count for name, count in scripts.items() if name in _SCRIPTS}
    if sum(other.values()) <= _MIN_SCRIPT_SHARE * total:
        return None
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    return (
        "Japanese"
        if kana > _MIN_KANA_SHARE * total
        else _SCRIPTS[max(other, key=other.__getitem__)]
    )


def _language(words: Sequence[str]) -> str | None:
    """The language whose words prevail, if it is not English."""
    counts = Counter(word.lower() for word in words)
    accented = sum(1 for word in words if word.islower() and _ACCENTED.search(word))
    leads: dict[str, float] = {}
    for name, (foreign, english) in _TELLING.items():
        own = sum(counts[word] for word in foreign & counts.keys()) + accented
        if own >= _MIN_SHARE * len(words) and own >= _MIN_LEAD * sum(counts[w] for w in english):
            leads[name] = sum(counts[word] for word in _KNOWN[name])
    return max(leads, key=leads.__getitem__) if leads else None
