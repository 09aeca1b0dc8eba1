"""What is known about names before any text is read: countries, their people, aliases, titles."""

import unicodedata
from functools import lru_cache
from importlib.resources import files

__all__ = [
    "ALIASES",
    "DEMONYMS",
    "ORGANISATIONS",
    "PARTICLES",
    "TITLES",
    "TITLE_MODIFIERS",
    "common_words",
    "fold",
    "folded",
]

# country: its people and adjectives. The first word of each line is what all of them fold to.
_PEOPLES = """
afghanistan: afghan afghans
albania: albanian albanians
algeria: algerian algerians
argentina: argentine argentines argentinian argentinians
armenia: armenian armenians
australia: australian australians
austria: austrian austrians
azerbaijan: azerbaijani azerbaijanis azeri azeris
bahrain: bahraini bahrainis
bangladesh: bangladeshi bangladeshis
belarus: belarusian belarusians
belgium: belgian belgians
bolivia: bolivian bolivians
bosnia: bosnian bosnians
brazil: brazilian brazilians
bulgaria: bulgarian bulgarians
cambodia: cambodian cambodians
cameroon: cameroonian cameroonians
canada: canadian canadians
chad: chadian chadians
chile: chilean chileans
china: chinese
colombia: colombian colombians
congo: congolese
croatia: croatian croatians
cuba: cuban cubans
cyprus: cypriot cypriots
denmark: danish dane danes
ecuador: ecuadorian ecuadorians
egypt: egyptian egyptians
england: english englishman
eritrea: eritrean eritreans
estonia: estonian estonians
ethiopia: ethiopian ethiopians
europe: european europeans
finland: finnish finn finns
france: french frenchman
georgia: georgian georgians
germany: german germans
ghana: ghanaian ghanaians
greece: greek greeks
guatemala: guatemalan guatemalans
haiti: haitian haitians
honduras: honduran hondurans
hungary: hungarian hungarians
iceland: icelandic icelander icelanders
india: indian indians
indonesia: indonesian indonesians
iran: iranian iranians
iraq: iraqi iraqis
ireland: irish irishman
israel: israeli israelis
italy: italian italians
jamaica: jamaican jamaicans
japan: japanese
jordan: jordanian jordanians
kazakhstan: kazakh kazakhs
kenya: kenyan kenyans
korea: korean koreans
kosovo: kosovan kosovar kosovars
kuwait: kuwaiti kuwaitis
kyrgyzstan: kyrgyz
laos: laotian laotians
latvia: latvian latvians
lebanon: lebanese
liberia: liberian liberians
libya: libyan libyans
lithuania: lithuanian lithuanians
malaysia: malaysian malaysians
mali: malian malians
malta: maltese
mexico: mexican mexicans
mongolia: mongolian mongolians
morocco: moroccan moroccans
myanmar: burma burmese
nepal: nepali nepalese nepalis
netherlands: dutch dutchman holland
nicaragua: nicaraguan nicaraguans
nigeria: nigerian nigerians
norway: norwegian norwegians
oman: omani omanis
pakistan: pakistani pakistanis
palestine: palestinian palestinians
panama: panamanian panamanians
peru: peruvian peruvians
philippines: philippine filipino filipinos
poland: polish pole poles
portugal: portuguese
qatar: qatari qataris
romania: romanian romanians
russia: russian russians
rwanda: rwandan rwandans
saudi: saudis
scotland: scottish scot scots
senegal: senegalese
serbia: serbian serbians serb serbs
singapore: singaporean singaporeans
slovakia: slovak slovaks slovakian
slovenia: slovenian slovenians slovene slovenes
somalia: somali somalis
spain: spanish spaniard spaniards
sudan: sudanese
sweden: swedish swede swedes
switzerland: swiss
syria: syrian syrians
taiwan: taiwanese
tajikistan: tajik tajiks
tanzania: tanzanian tanzanians
thailand: thai thais
tibet: tibetan tibetans
tunisia: tunisian tunisians
turkey: turkish turk turks
turkmenistan: turkmen
uganda: ugandan ugandans
ukraine: ukrainian ukrainians
uruguay: uruguayan uruguayans
uzbekistan: uzbek uzbeks
venezuela: venezuelan venezuelans
vietnam: vietnamese
wales: welsh welshman
yemen: yemeni yemenis
zambia: zambian zambians
zimbabwe: zimbabwean zimbabweans
africa: african africans
asia: asian asians
chechnya: chechen chechens
kurdistan: kurdish kurd kurds
islam: islamic
catalonia: catalan catalans
crimea: crimean crimeans
republican: republicans
democrat: democrats democratic
muslim: muslims
christian: christians
jew: jews jewish
texas: texan texans
california: californian californians
"""

DEMONYMS: dict[str, str] = {
    word: country
    for line in _PEOPLES.strip().splitlines()
    for country, words in [line.split(": ")]
    for word in [country, *words.split()]
}

# Names of one thing, folded; all are read as the first. Those in capitals are only read in capitals
# ("IS", not "is").
_ALIAS_GROUPS = """
islamic state|IS|isis|isil|daesh|islamic state of iraq and syria
islamic state|islamic state of iraq and the levant
islamic state|islamic state group
al qaeda|qaeda|qaida|al qaida|al-qaeda|al-qaida
hezbollah|hizbollah|hizbullah|hezbullah
taliban|taleban
gaddafi|gadhafi|gadafi|gadaffi|qaddafi|qadhafi|qadafi|kadafi|kadhafi|kaddafi|khadafy
houthi|houthis|huthi|huthis
mohammed|mohammad|muhammad|mohamed|muhammed|mohamad
united states|US|usa|america|united states of america|american|americans
united kingdom|uk|britain|great britain|british|briton|britons
united nations|UN
european union|EU
russia|russian federation
saudi arabia|saudi|saudis|kingdom of saudi arabia
united arab emirates|uae|emirates|emirati|emiratis
south africa|south african|south africans
north korea|north korean|north koreans|dprk
south korea|south korean|south koreans|republic of korea
new zealand|new zealander|new zealanders
sri lanka|sri lankan|sri lankans
czech republic|czechia|czech|czechs
new york|new york city|nyc|new yorker|new yorkers
los angeles|LA
washington dc|washington d c
world health organization|WHO|world health organisation
"""

ALIASES: dict[tuple[str, ...], str] = {
    tuple(form.split()): names[0]
    for line in _ALIAS_GROUPS.strip().splitlines()
    for names in [line.split("|")]
    for form in names
}


# What common nouns are abbreviated to; names give their initials themselves.
ACRONYMS = {
    "GDP": "gross domestic product", "AI": "artificial intelligence",
    "IPO": "initial public offering",
    "VAT": "value added tax", "CCTV": "closed-circuit television", "IVF": "in vitro fertilisation",
    "PTSD": "post-traumatic stress disorder", "PM": "prime minister", "MP": "member of parliament",
    "MPs": "members of parliament", "CFO": "chief financial officer", "EV": "electric vehicle",
    "EVs": "electric vehicles", "GP": "general practitioner", "IT": "information technology",
}  # fmt: skip


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set(
    "president minister secretary chancellor director chief general colonel captain major"
    " lieutenant"
    " sergeant admiral commander spokesman spokeswoman spokesperson senator sen rep representative"
    " congressman congresswoman governor gov mayor king queen prince princess sir dame lord lady dr"
    " mr mrs ms miss prof professor judge justice attorney ambassador envoy pope bishop archbishop"
    " rev reverend father sheikh imam ayatollah coach manager captain ceo chairman chairwoman chair"
    " leader officer detective inspector constable superintendent sheriff premier speaker gen col"
    " capt lt sgt pm mp pc deputy actor actress singer striker midfielder defender goalkeeper"
    " forward winger substitute boss counsellor counselor councillor councilor commissioner"
)
TITLE_MODIFIERS = _set(
    "prime vice deputy defense defence foreign interior finance home state attorney major general"
    " first former ex lieutenant brigadier chief executive press prime managing assistant senior"
    " police fire treasury justice health education transport labor labour trade shadow acting"
    " supreme court district military army air force national security crown chief high"
)
# After the name of an organisation, "of" and "for" belong to the name.
ORGANISATIONS = _set(
    "university college school institute bank house department ministry state states court lords"
    " republic kingdom city church bay gulf isle isles island duke duchess prince princess board"
    " federation museum association league hall office union council commission committee center"
    " centre centers centres observatory agency campaign fund foundation society movement party"
    " coalition alliance organization organisation bureau chamber conference academy knights"
    " secretary attorney world tour cup game cape strait straits rock tower statue friends doctors"
    " reporters ambassadors order battle bishop archbishop earl sea mouth survey life game lord"
    " congress assembly administration authority service network group"
)
# Words inside a name that are not compared ("Bashar al-Assad" is "Bashar Assad").
PARTICLES = _set("al el ez ul as ad an the of for and de del bin ibn bint")


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Frequent words that news writes small within a sentence: a capital makes no name of them.

    The 8,000 most frequent words of 23,000 news articles that stand in small letters in at least
    85 of 100 places where the grammar does not ask for a capital.
    """
    text = files("summarize.claims").joinpath("common_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """`text` without case, accents, dots and apostrophes: "Deir", "U.S." and "O’Brien" compare.

    Sign by sign, so that a stretch of `text` folds to a stretch of the result.
    """
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in plain if not unicodedata.combining(c))
    return text.translate(_LEFT_OUT).casefold()


_LEFT_OUT = dict.fromkeys(map(ord, ".'’‘`"))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """`folded` for words, remembered: the same few make up most of any text."""
    return folded(word)
