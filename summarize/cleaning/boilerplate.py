"""Which lines of a news page are not the article: shares, trails, credits, appeals.

Every rule looks at one line alone. A line that ends like a sentence is only taken where its words
leave no doubt ("Sign up for our newsletter."): a lost sentence costs more than a kept trail.

Judged by hand on random articles of US and British outlets (`python -m benchmarks.studies.cleaning`), all
rules of cleaning together: of 530 lines removed none was a sentence of the text, 3 were captions;
of 425 lines kept that were short or had no full stop 47 were boilerplate, most of them bare
headlines of other stories. That makes about 85 % of the boilerplate removed.
"""

import re

__all__ = ["boilerplate_reason", "ends_sentence", "is_biography", "is_title_case"]

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_QUOTES = ("'", '"', "‘", "“")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_SMALL_WORD = re.compile(
    r"an?|and|as|at|but|by|for|from|in|into|is|nor|of|off|on|onto|or|over|per|so|than|that|the|to|up"
    r"|via|vs?|with",
    re.IGNORECASE,
)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None


def is_title_case(text: str) -> bool:
    """Whether a line is written Like This, as many outlets write headlines."""
    words = [word for word in _WORD.findall(text) if not _SMALL_WORD.fullmatch(word)]
    return len(words) >= 2 and all(word[0].isupper() for word in words)


def _whole(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(alternatives)})\W*", re.IGNORECASE)


def _opening(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(alternatives)}).*", re.IGNORECASE)


_NETWORK = (
    r"(?:facebook|twitter|x|whats ?app|linked ?in|pinterest|reddit|flipboard|google ?\+|e-?mail"
    r"|telegram|messenger|tumblr|sms|instagram|youtube|bluesky|threads|copy link|print|save|link)"
)
_MEDIA = (
    r"(?:video|image|photo|picture|gallery|galleries|slideshow|graphic|audio|podcast|caption)s?"
)
_PIECE = r"(?:article|story|stories|post|page|report|piece|column|essay|interview)"
_COUNTED = r"(?:shares?|comments?|likes?|retweets?|views?)"
_NEWS = r"(?:news|stor(?:y|ies)|headlines|articles?|posts?|coverage|links?|videos?|topics?|reading)"
_ADDRESS = r"(?:\[email.protected\]|[\w.+-]+@[\w-]+(?:\.\w+)+)"

# The whole line, whatever its end.
# In capitals, as "Related costs" and "More people" may begin a sentence.
_LABEL = re.compile(
    r"\W*(?:RELATED|MORE|ALSO|READ|SEE|WATCH|LISTEN|AUDIO|VIDEO|PHOTOS?|GALLERY|STORY|LIVE|POLL|QUIZ)"
    r"(?: (?:ALSO|MORE|NOW|NEXT|STORY|STORIES|VIDEO))?\b\W"
)
_WHOLE = {
    "advertisement": _whole(
        r"ads?|advert(?:s|isements?|orial)?",
        r"(?:sponsored|promoted|paid)(?: (?:content|stories|post|by .{1,40}))?",
        rf"{_PIECE} continue[sd]? (?:after|below)(?: (?:this |the )?\w+)?",
        r"continue reading(?: (?:the )?main story| below.{0,40})?",
        r"(?:advertisement|ad)\W+(?:scroll|skip|continue|story).{0,60}",
        r"skip (?:advert|ad)(?:isement)?",
    ),
    "share line": _whole(
        rf"(?:share|tweet|print|e-?mail|pin|like|follow)s?(?: (?:this|it|us))?(?: {_PIECE})?"
        rf"(?: (?:on|via|by|with|to) (?:{_NETWORK}|friends|others))?",
        rf"(?:{_NETWORK}|share|tweet|pin it|like|comments?)"
        rf"(?:[\s|,·/•]+(?:{_NETWORK}|share|tweet|pin it|like|comments?|on|via|this|more))*",
        rf"[\d.,]+k? {_COUNTED}(?:\W+(?:[\d.,]+k? )?{_COUNTED})*",
        r"embed .{0,100}\bautoplay\b.{0,200}|click below to sign .{0,40}",
        r"(?:(?:view|show|see|read|post|leave|add|hide) )?(?:all |a |your |the )?(?:[\d,]+ )?"
        r"comments?",
        r"(?:now )?share your (?:opinion|thoughts|views?)",
        r"(?:share )?all sharing options for:.{0,200}|listen to (?:this )?article.{0,80}",
        r"share or comment on this article.{0,200}|read or share this story.{0,60}",
        r"(?:play|tweet|post) (?:facebook|twitter)",
        r"join the (?:conversation|discussion|debate)",
        r"(?:text|font) size.{0,10}|print(?:er)?[ -]friendly(?: version)?|embed",
    ),
    "picture or player line": _whole(
        r"scroll (?:down )?(?:for|to) (?:video|see|watch|read).{0,40}",
        rf"(?:watch|play|show|hide|view|see|open|close|enlarge|toggle)(?: the| this| full| more)?"
        rf" {_MEDIA}",
        r"watch(?: now| live| below| above| here)?|now playing|close|reset|loading|replay|unmute",
        r"(?:prev(?:ious)?|next)(?: (?:image|slide|photo)s?)?(?: \d+ (?:of|/) \d+)?",
        rf"(?:image|photo|slide|picture)? ?\d+ ?(?:of|/) ?\d+(?: {_MEDIA})?",
        rf"slideshow \(\d+ images?\)|{_MEDIA}|fullscreen|transcript|stock chart icon.{{0,30}}",
        r"jump links?|table of contents|.{0,40}\benable javascript\b.{0,60}",
        r"play video.{0,120}|.{0,20}just watched\b.{0,200}|.{0,80}replay more videos.{0,200}",
    ),
    "section trail": _whole(
        r"(?:the )?(?:latest|more|top|breaking|related|trending|popular|recent|recommended|other"
        rf"|must[- ]read)(?: [\w.&'’-]+){{0,3}} {_NEWS}",
        r"(?:most|more) (?:read|popular|viewed|shared|recent|commented|news)",
        r"more (?:from|on) .{1,40}|related|recommended(?: for you)?|trending(?: now)?|more|also",
        r"you (?:may|might) (?:also )?(?:like|be interested in|have missed)|what to read next",
        r"up next|editor'?s'? (?:picks?|choice)|from the (?:left|right|center|centre)",
        r"around the web|don'?t miss(?: it)?|in case you missed it|tags?|topics?|see also",
        r"(?:topics?|tags?|filed under|categories|keywords)\s*:.{1,200}",
        r"(?:[\w’' ]{2,30}: )?(?:https?://|www\.|pic\.twitter\.com/)\S+",
        r"[\w’' ]{2,40} \[ ?edit ?\]",
        r"\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago|analysis\W+opinion",
    ),
    # "[Republicans vow no votes]" and "(PHOTOS: The week in Congress)" are links
    "read more": re.compile(
        r"\[[^\[\].]{10,160}\]|\( ?(?:[A-Z][A-Z ]{2,}|Also on [A-Z]{3,}): [^().]{10,160}\)"
    ),
    "separator": re.compile(r"[\W_]+|-30-|\[?\d+\]? ibid\..{0,30}", re.IGNORECASE),
}

# The opening of a line that does not end like a sentence: a headline or a label follows.
_TRAIL = {
    "read more": _opening(
        r"(?:read|see|learn|find out|hear)(?: also| more| next| this)?\s*[:>»|]",
        r"(?:read|see|learn|find out|hear) (?:also|more|next|the full|our full|all)\b",
        r"(?:also|must) (?:read|see|watch)\b|(?:continue|keep) reading\b",
        r"(?:more|related|recommended|see also|also|raw|watch|listen|videos?|photos?|pictures"
        rf"|gallery|in (?:pics|pictures|photos)|background|elsewhere)(?: {_NEWS})?\s*[:»>|]",
        rf"(?:more|related|full|complete|special) (?:on|from|{_NEWS})\b",
        r"(?:click|tap) (?:here|to|on)\b|for the latest\b",
        r"for more (?:on|from|about|info\w*|stories|news|\w+ articles)\b",
        r"read (?:the|our|his|her) (?:blog|article|story|report|column)\b",
        r"(?:download|visit|check out|view) (?:our|the|full|complete|more|all|pdf)\b",
        r"i-?report(?:ers)?\b.{0,30}:",
        r"(?:interactive|opinion|commentary|explainer|timeline|map|blog|previously)s?:",
        r".{10,160}\b(?:read more|click here)\W*$",
        r".{10,150} \[[A-Z][\w ]{2,30}\]$",
        r"[^.|\d]{3,60} \| [^.|\d]{3,60}$",
    ),
    "newsletter": _opening(
        r"(?:sign[ -]?up|subscribe|register|log[ -]?in|sign in)\b",
        r"(?:daily |weekly |our )?newsletters?\b",
        r"(?:follow|like|find|join) .{1,60} on (?:twitter|facebook|instagram|x|linkedin|bluesky)\b",
        r"follow @\w+|like us on\b|get .{3,60} by e-?mail\b|(?:enter )?your e-?mail\b",
        r"(?:download|get) (?:the|our) .{0,40}\bapp\b",
    ),
    "byline": _opening(
        r"(?:written|posted|published|reported|edited|compiled|story|text|words|analysis|video) by"
        r":? [^\W\d_]",
        r"(?:published|updated|posted|last modified|first published|last updated)\b.*\d",
        r"(?:updated|published|posted)$",
    ),
}

# The opening of any line of moderate length: nobody reports in these words.
_CERTAIN = {
    "newsletter": _opening(
        r"(?:please )?(?:sign[ -]?up|subscribe|register) (?:here|now|to (?:our|get|receive|unlock"
        r"|access|read)|for (?:our|the .{0,40}newsletter|free))\b",
        r"(?:get|receive|want) .{0,80}\b(?:in|to) your inbox\b",
        r"by (?:signing up|subscribing|submitting|registering),? (?:you|i)\b",
        r"(?:you can |please )?(?:follow|like) (?:us|me|@\w+|[\w.' ]{1,40}) on (?:twitter|facebook"
        r"|instagram|x|linkedin|bluesky)\b.{0,80}$",
        r"support .{1,30} journalism\b|every day at \w+,? we aim\b",
        r"(?:this )?(?:article|story|content) is (?:only )?available (?:only )?(?:for|to) .{0,30}"
        r"subscribers\b",
        r"already (?:a )?(?:subscriber|member|registered)\b|(?:we use|this site uses) cookies\b",
        r".{0,160}\bsubscribe (?:now|today)\W*$|(?:we are )?no longer accepting comments\b",
        r"(?:sorry,? )?(?:the )?comments (?:below )?(?:are (?:now )?closed|have (?:not )?been)\b",
        r"please (?:enable|turn on|disable) (?:javascript|cookies|your ad)",
        r"sign[ -]?up .{0,200}(?:privacy policy|terms of (?:service|use))",
    ),
    "copyright": _opening(
        r"(?:copyright|©|\(c\))(?: ?©| ?\(c\))? ?(?:19|20)\d\d\b|©",
        r"[^.]{0,120}\ball rights (?:are )?reserved\b",
        r".{0,60}\bmay not be (?:published|broadcast|reproduced|republished|reprinted)\b",
        r"(?:reprinted|republished|reproduced|excerpted) (?:with|by) (?:the )?permission\b",
        r"content created by the .{1,40} is available without charge\b",
        r"(?:this is )?a rush transcript\b|this (?:copy|transcript) may not be\b",
        r"(?:the )?(?:views|opinions) expressed (?:in|by|here)\b",
        r"[^.]{0,80}\bmay earn (?:an? )?(?:affiliate )?(?:commissions?|revenue)\b",
        r"(?:entire )?contents of this .{1,30}copyright",
    ),
    "credit": _opening(
        r"with (?:additional )?(?:inputs?|reports?|reporting|files|wires|information) (?:from|by)"
        r"\b.{0,120}$",
        r"with (?:agency|agencies|wire|wires|post|bureau|pti|ians|ani|afp|ap) (?:inputs?|reports?"
        r"|wires|feeds?)\W*$",
        r"(?:additional |further |writing and |reporting and )?(?:reporting|writing|editing"
        r"|research)(?: and (?:writing|editing|reporting))?(?: for \w+)? by:? .{2,300}$",
        r".{2,200}\bcontributed (?:(?:\w+ )?reporting\b|to (?:this|the|our) "
        rf"(?:\w+ )?{_PIECE}\b).{{0,90}}$",
        rf"this (?:\w+ )?{_PIECE} (?:was|has been|is|also|first|originally) (?:\w+ )?"
        r"(?:published|appeared|updated|corrected|posted|produced|adapted|excerpted|republished"
        r"|part of)\b.{0,260}$",
        rf"(?:see|read) the (?:original|full) {_PIECE} (?:at|on|here)\b.{{0,60}}$",
        r"(?:originally|first) (?:published|appeared|posted) (?:on|in|at|by)\b.{0,100}$",
        r"(?:image|photo|picture|video) (?:copyright|credit|source|courtesy)\b"
        r"(?:(?!caption).){0,60}$",
        r"contributing: .{2,100}$|journal reference: .{2,100}$",
        r"(?:image|photo|picture|photograph|credit|illustration|file photo)s?\s*[:/]\s?.{1,80}$",
        r"(?:enlarge this image|toggle caption)\b.{0,160}$",
        r"(?:correction|clarification|editor['’]?s['’]? note|update)\b.{0,40}\b(?:earlier|previous)"
        r" version of this\b",
        r"[^.!?]{0,80}\b(?:getty images|shutterstock|afp/|/afp|ap photo|istock)\b[^.!?]{0,60}$",
        r"[^.!?]{1,60} \| (?:afp|reuters|ap|bloomberg|cnbc)\b[^.!?]{0,40}$",
    ),
    "reader appeal": _opening(
        rf"(?=.*{_ADDRESS}).{{0,200}}\b(?:e-?mail|contact|write to|tell|call|tip|send|reach|text)\b"
        rf".{{0,160}}{_ADDRESS}",
        r"[\w .,'’-]{3,40}(?:[•|,:-] ?|, (?:at )?)\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\W*$",
        r"click here (?:to|for)\b.{0,120}$",
        rf"we pay for (?:your )?(?:stories|videos|photos)|{_ADDRESS}\W*$",
        r"(?:\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}[ /|]*)+(?:@\w+)?$",
        r"do you have (?:a |any |more |an )?(?:story|stories|news|tip|photos?|information)\b"
        r".{0,40}\?",
        r"(?:have|got) (?:a|any) (?:story|tip|news|question|comment|correction)s?\b.{0,40}\?",
        r"what do you think\?.{0,120}$|let us know (?:what|in the comments|your)\b",
        r"(?:this is a |it['’]s a )?(?:breaking|developing) (?:news )?story\b.{0,120}$",
        r"this is breaking news\b.{0,100}$|(?:please )?check back (?:soon|for)\b.{0,80}$",
        r"more to (?:follow|come)\W*$|(?:spotted|found) (?:a typo|an error)\b",
    ),
}
# A longer line is a paragraph that mentions such words. Longest true one measured: 58 words.
_CERTAIN_WORDS = 70
_TRAIL_WORDS = 30
_MAX_CHARS = 800
_LABEL_CHARS = 30


def boilerplate_reason(line: str) -> str | None:
    """What kind of boilerplate a line is, or None for all that may be content."""
    if len(line) > _MAX_CHARS:
        return None
    for reason, pattern in _WHOLE.items():
        if pattern.fullmatch(line):
            return reason
    words = len(line.split())
    quoted = line.startswith(_QUOTES) and ends_sentence(line)
    rules = [_CERTAIN] if words <= _CERTAIN_WORDS and not quoted else []
    labelled = line.endswith(("?", "!")) and ":" in line[:_LABEL_CHARS]
    if words <= _TRAIL_WORDS and (labelled or not ends_sentence(line)):
        if _LABEL.match(line):
            return "read more"
        rules.append(_TRAIL)
    for rule in rules:
        for reason, pattern in rule.items():
            if pattern.match(line):
                return reason
    return None


_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]+,? ){2,5}"
_WRITER = (
    r"(?:reporter|editor|correspondent|columnist|contributor|writer|fellow|professor|author|host"
    r"|journalist|analyst)s?"
)
_BIOGRAPHY = re.compile(
    rf"[-–—•*_] ?{_NAME}(?:is|are|serves|was|represents) "
    rf"|(?:{_NAME}|[A-Z][a-z]+ )reported from [A-Z].{{2,60}}$"
    rf"|{_NAME}(?:is|are|writes|covers|reports) .{{0,120}}\b{_WRITER}\b"
    r"|.{0,300}\b[Ff]ollow (?:him|her|them|me) (?:on|at|@)"
)


def is_biography(line: str) -> bool:
    """Whether a line introduces the writer. Only to be asked of an article's last lines."""
    return _BIOGRAPHY.match(line) is not None
