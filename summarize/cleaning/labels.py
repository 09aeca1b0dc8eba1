"""Lines that are no sentences: labels of a page, and the openings of links to other pages."""

import re

__all__ = [
    "ADDRESS",
    "GLUED",
    "LABEL",
    "MONTH",
    "PIECE",
    "TRAIL",
    "WEEKDAY",
    "WHOLE",
    "opening",
    "whole",
]


def whole(*alternatives: str) -> re.Pattern[str]:
    """A pattern for `fullmatch`: one of the alternatives, whatever signs stand around it."""
    return re.compile(rf"[\W_]{{0,8}}(?:{'|'.join(alternatives)})[\W_]{{0,8}}", re.IGNORECASE)


def opening(*alternatives: str) -> re.Pattern[str]:
    """A pattern for the beginning of a line: one of the alternatives, behind whatever signs."""
    return re.compile(rf"\A[\W_]{{0,8}}(?:{'|'.join(alternatives)}).*", re.IGNORECASE)


NETWORK = (
    r"(?:facebook|twitter|x|whats ?app|linked ?in|pinterest|reddit|flipboard|google ?\+|e-?mail"
    r"|telegram|messenger|tumblr|sms|instagram|youtube|bluesky|threads|copy link|print|save|link)"
)
MEDIA = r"(?:video|image|photo|picture|gallery|galleries|slideshow|graphic|audio|podcast|caption)s?"
PIECE = r"(?:article|story|stories|post|page|report|piece|column|essay|interview)"
COUNTED = r"(?:shares?|comments?|likes?|retweets?|views?)"
NEWS = r"(?:news|stor(?:y|ies)|headlines|articles?|posts?|coverage|links?|videos?|topics?|reading)"
PRICE = r"(?:[$£€] ?\d[\d.,]*)"
MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|(?:t?em)?ber"
    r"|ober)?\.?"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sat|sun)(?:day)?\.?"
CLOCK = r"\d\d?[:.]\d\d ?[ap]\.?m\b\.?"
ADDRESS = r"(?:\[email.protected\]|[\w.+-]+@[\w-]+(?:\.\w+)+)"

# The whole line, whatever its end.
# In capitals, as "Related costs" and "More people" may begin a sentence.
LABEL = re.compile(
    r"\W*(?:RELATED|MORE|ALSO|READ|SEE|WATCH|LISTEN|AUDIO|VIDEO|PHOTOS?|GALLERY|STORY|LIVE|POLL"
    r"|QUIZ)(?: (?:ALSO|MORE|NOW|NEXT|STORY|STORIES|VIDEO))?\b\W"
)
WHOLE = {
    "archive notice": whole(
        r"these crawls are part of an effort to archive pages as they are created\b.*",
    ),
    "advertisement": whole(
        r"ads?|advert(?:s|isements?|orial)?",
        r"(?:sponsored|promoted|paid)(?: (?:content|stories|post|by .{1,40}))?",
        rf"{PIECE} continue[sd]? (?:after|below)(?: (?:this |the )?\w+)?",
        r"continue reading(?: (?:the )?main story| below.{0,40})?",
        r"(?:advertisement|ad)\W+(?:scroll|skip|continue|story).{0,60}",
        r"skip (?:advert|ad)(?:isement)?|(?:advertisement\W*){2,}",
        rf"(?:buy|shop|order|pre-?order|available|get it)(?: it)?(?: now| here| (?:at|on"
        rf"|from) .{{2,30}}?)(?: for)?\W*{PRICE}?",
        rf".{{5,100}}\((?:now|was|from|reduced)\b.{{0,12}} {PRICE}",
    ),
    "share line": whole(
        rf"(?:share|tweet|print|e-?mail|pin|like|follow)s?(?: (?:this|it|us))?(?: {PIECE})?"
        rf"(?: (?:on|via|by|with|to) (?:{NETWORK}|friends|others))?",
        rf"(?:{NETWORK}|share|tweet|pin(?: it)?|like|comments?)(?:[\s|,·/•]+(?:{NETWORK}|share"
        r"|tweet|pin(?: it)?|e-?mail|print|like|comments?|on|via|this|more|\d{1,4}))*",
        rf"[\d.,]+k? {COUNTED}(?:\W+(?:[\d.,]+k? )?{COUNTED})*",
        r"embed .{0,100}\bautoplay\b.{0,200}|click below to sign .{0,40}",
        r"(?:(?:view|show|see|read|post|leave|add|hide) )?(?:all |a |your |the )?(?:[\d,]+ )?"
        r"comments?",
        r"(?:now )?share your (?:opinion|thoughts|views?)",
        r"(?:share )?all sharing options for:.{0,200}|listen to (?:this )?article.{0,80}",
        r"share or comment on this article.{0,200}|read or share this story.{0,60}",
        r"(?:play|tweet|post) (?:facebook|twitter)",
        r"join the (?:conversation|discussion|debate)",
        r"(?:text|font) size.{0,10}|print(?:er)?[ -]friendly(?: version)?|embed|link copied",
        r"(?:\S+ \S+ )?share this (?:article|story).{0,40}|skip \w+ post by .{0,40}",
    ),
    "picture or player line": whole(
        r"scroll (?:down )?(?:for|to) (?:video|see|watch|read).{0,40}",
        rf"(?:watch|play|show|hide|view|see|open|close|enlarge|toggle)(?: the| this| full| more)?"
        rf" {MEDIA}",
        r"watch(?: now| live| below| above| here)?|now playing|close|reset|loading|replay|unmute",
        r"(?:prev(?:ious)?|next)(?: (?:image|slide|photo)s?)?(?: \d+ (?:of|/) \d+)?",
        rf"(?:image|photo|slide|picture)? ?\d+ ?(?:of|/) ?\d+(?: {MEDIA})?",
        rf"slideshow \(\d+ images?\)|{MEDIA}|fullscreen|transcript|stock chart icon.{{0,30}}",
        r"loading (?:the )?player|\[pullquote\]|(?:poster|src|href)=\"\S+|\.?(?:jpe?g|png|gif)",
        r"media playback is (?:un|not )supported on (?:this|your) device.{0,200}",
        r"(?:.{10,200} )?listen ?[·•] ?\d+:\d\d.{0,10}|prev(?:ious)? next image \d+ of \d+"
        r"|\[\w+player .{5,300}"
        r"|listen|hide caption(?: \d+ of \d+)?|view bio|jump links?|table of contents"
        r"|.{0,40}\benable javascript\b.{0,60}",
        r"play video.{0,120}|.{0,20}just watched\b.{0,200}|.{0,80}replay more videos.{0,200}",
    ),
    "section trail": whole(
        r"(?:the )?(?:latest|more|top|breaking|related|trending|popular|recent|recommended|other"
        rf"|must[- ]read)(?: [\w.&'’-]+){{0,3}} {NEWS}",
        r"(?:most|more) (?:read|popular|viewed|shared|recent|commented|news)",
        r"more (?:from|on) .{1,40}|related|recommended(?: for you)?|trending(?: now)?|more|also",
        r"you (?:may|might) (?:also )?(?:like|be interested in|have missed)|what to read next",
        r"story highlights|key points|at a glance",
        r"up next|editor'?s'? (?:picks?|choice)|from the (?:left|right|center|centre)",
        r"around the web|don'?t miss(?: it)?|in case you missed it|tags?|topics?|see also",
        r"(?:topics?|tags?|filed under|categories|keywords)\s*:.{1,200}",
        r"(?:[\w’' ]{2,30}: )?(?:https?://|www\.|pic\.twitter\.com/)\S+",
        r"[\w’' ]{2,40} \[ ?edit ?\]",
        r"\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago|analysis\W+opinion",
        r"related (?:topics|stories|articles|coverage|posts)|latest in .{2,30}|in brief|commentary",
        r"this article (?:tagged under\b.{0,80}|is more than \d+ (?:year|month)s? old)|\w+ event",
        r"opinion contributor|(?:special )?(?:to|for) the .{3,40}|guest (?:columnist|writer|essay)",
    ),
    "date line": whole(
        rf":? ?{MONTH} \d\d?,? (?:19|20)\d\d,? {CLOCK}.{{0,12}}",
        rf"{CLOCK}.{{0,12}}[·|,–-] ?{MONTH} \d\d?,? (?:19|20)\d\d",
        rf"\(?(?:most recent |last |first )?(?:update|updated|posted|published):?"
        rf" (?:on |at )?(?:{MONTH} \d.{{0,30}}|{CLOCK}.{{0,40}})",
        rf"[^.|]{{3,40}} \| {MONTH} \d\d?(?:-\d\d?)?, (?:19|20)\d\d|\d\d?/\d\d?/(?:19|20)\d\d",
    ),
    # "[Republicans vow no votes]" and "(PHOTOS: The week in Congress)" are links
    "read more": re.compile(
        r"\[[^\[\].]{10,160}\]|\( ?(?:[A-Z][A-Z ]{2,}|Also on [A-Z]{3,}): [^().]{10,160}\)"
    ),
    "separator": re.compile(r"[\W_]+|-30-|\[?\d+\]? ibid\..{0,30}", re.IGNORECASE),
}

# The opening of a line that does not end like a sentence: a headline or a label follows.
# "Stock market:It may feel like 2008 again" is a label glued to the text of a link, "ELECTION
# WATCH: Who leads in the polls" one in capitals.
GLUED = re.compile(
    r"[A-Z'‘“][^:]{2,80}[a-zA-Z.\d’']:[A-Z'‘“][\w'’]*(?: \S+){2,30}"
    r"|[A-Z]{4,}(?: [A-Z]+){0,2}: [A-Z][\w'’-]*(?: \S+){2,20} [^\s.!?]*[^\s.!?\"”)–—-]"
)
TRAIL = {
    "read more": opening(
        r"(?:read|see|learn|find out|hear)(?: also| more| next| this)?\s*[:>»|]",
        r"(?:read|see|learn|find out|hear) (?:also|more|next|the full|our full|all)\b",
        r"(?:also|must) (?:read|see|watch)\b|(?:continue|keep) reading\b",
        r"(?:more|related|recommended|see also|also|raw|watch|listen|videos?|photos?|pictures"
        rf"|gallery|in (?:pics|pictures|photos)|background|elsewhere)(?: {NEWS})?\s*[:»>|]",
        rf"(?:more|related|full|complete|special) (?:on|from|{NEWS})\b",
        r"(?:click|tap) (?:here|to|on)\b|for the latest\b",
        r"for more (?:on|from|about|info\w*|stories|news|\w+ articles)\b",
        r"read (?:the|our|his|her) (?:blog|article|story|report|column)\b",
        r"(?:download|visit|check out|view) (?:our|the|full|complete|more|all|pdf)\b",
        r"i-?report(?:ers)?\b.{0,30}:",
        r"(?:interactive|opinion|commentary|explainer|timeline|map|blog|previously)s?:",
        # Behind a sentence it is that which is cut off: see `boilerplate.cut_tails`.
        r"(?!.*[.!?][\"'”’]* (?:read more|click here)\W*$).{10,160}\b(?:read more|click here)\W*$",
        r".{10,150} \[[A-Z][\w ]{2,30}\]$",
        r"[^.|\d]{3,60} \| [^.|\d]{3,60}$|.{10,160}»$|. .{10,160} \[[\w-]{1,12}\]$",
        r"(?:go deeper|further reading|most viewed|listen to|subscribe on)\b",
    ),
    "newsletter": opening(
        r"(?:sign[ -]?up|subscribe|register|log[ -]?in|sign in)\b",
        r"(?:daily |weekly |our )?newsletters?\b",
        r"(?:follow|like|find|join) .{1,60} on (?:twitter|facebook|instagram|x|linkedin|bluesky)\b",
        r"follow @\w+|like us on\b|get .{3,60} by e-?mail\b|(?:enter )?your e-?mail\b",
        r"(?:download|get) (?:the|our) .{0,40}\bapp\b|stay up to date\b",
    ),
    "byline": opening(
        r"(?-i:(?:By|Analysis:|With a report from) [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3},"
        r" [A-Z]).{2,60}$",
        r"(?:written|posted|published|reported|edited|compiled|story|text|words|analysis|video) by"
        r":? [^\W\d_]",
        r"(?:published|updated|posted|last modified|first published|last updated)\b.*\d",
        r"(?:updated|published|posted)$",
    ),
}
