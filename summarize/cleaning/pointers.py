"""Where a page sends its reader: "Follow us on Twitter", "Watch the interview below"."""

from summarize.cleaning.labels import opening

__all__ = ["POINTER"]

_LEAD_IN = (
    r"(?:(?:please|also|or|you can(?: also)?|don['’]t forget to|be sure to|make sure to"
    r"|if you .{3,80},) )*"
)
_ASKED = (
    r"(?:subscribe|sign[ -]?up|follow|check out|read|watch|see|click|join|download|visit|listen"
    r"|send|e-?mail|tell us|share|find|learn more|stay|don['’]t miss|want|get|view|hear|tune in"
    r"|catch|like|leave|write to|contact|vote|take our|add your|submit|register|buy|order"
    r"|pre-?order|help us|support|donate|connect with|keep up with|explore|browse|for (?:more"
    r"|the latest|additional|further|all|full)|to (?:receive|subscribe|read|learn|see|watch|comment"
    r"|listen|contact|sign|submit|hear|join|view))"
)
_SITE = r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|co\.uk|edu)\b(?:/\S*)?"
_PLACE = (
    rf"(?:newsletters?|inbox|podcasts?|iphone or android|app store|free app|(?:our|this|full"
    rf"|the) (?:website|web site|site|app|twitter|facebook)(?: page)?|on (?:our )?(?:twitter"
    rf"|facebook|instagram|youtube|linkedin|bluesky|apple podcasts|itunes|spotify|flipboard)"
    rf"|(?:click(?:ing)?|tap(?:ping)?|right) here|(?:at|on|visit|to|via) (?:https?://\S*|www\.\S*)"
    rf"|(?:at|on|visit|via) {_SITE}|our (?:\w+ ){{0,3}}(?:coverage|guides?|stories|reporters"
    rf"|journalism|community|conversation|live ?blogs?|experts|reviews?|roundup|list|hub|page"
    rf"|channel|series|magazine))"
)

# The opening of a line of moderate length. A line that ends with a colon introduces what follows.
POINTER = opening(
    rf"{_LEAD_IN}{_ASKED}\b.{{0,200}}\b{_PLACE}\b.{{0,60}}(?<!:)$",
    r"(?:watch|see|listen to|hear|read|view|check out|take a look at)\b[^.!?]{3,120}"
    r"\b(?:below|above|here|at this link|right now)[.!)\]]*$",
    r"(?:watch|see|listen to|view|hear) (?:it|the (?:full|entire|whole|complete|latest|video|clip"
    r"|trailer|interview|segment|exchange))\b[^.!?:]{0,160}[.!]?$",
    r"(?:follow|find|see|get|read) (?:more|live|along|all|complete|full|the latest)\b[^.!?]{0,100}"
    r"\b(?:here|coverage|updates)\b[^:]{0,40}$",
    r"\(?(?:for|to) (?:a|the|more)\b.{3,120}\bplease (?:click|see|visit)\b",
    r"(?:send|share) (?:us|with us|a tip|tips|comments|questions|your)\b.{3,160}$",
    r"(?:for|to|if|want|you|learn|see|read|find|don['’]t|our|go|full)\b.{3,200}"
    r"\b(?:click|tap|go) here(?: now)?\W*$",
    r"(?-i:[^a-z]{10,160}\bCLICK(?:ING)? HERE)\W*$",
    r"(?:learn|find out|read|see) more about (?:how|our|the|us)\b.{3,60}$",
    r"(?:our|the) (?:full|complete) (?:interview|story|report|review)\b.{3,60}"
    r"\bis available (?:now|here|at)\b",
    r"view (?:complete|full|the full|all)\b.{3,60}$|visit .{3,60}\bhomepage\b",
    # "For more on the sale, be sure to check out our guide": in 4,300 articles 31 such lines.
    r"(?:for (?:even )?more\b[^.!?]{0,90}, |[^.!?]{3,90}\? |(?:while|if) (?:we|you)\b[^.!?]{3,90}"
    r", )?(?:(?:please|also|you can|be sure to|make sure to|make sure you) )*check out"
    r" (?:our|my|these|some (?:other|of)|how (?:to|you can))\b.{3,250}$",
    r"check out .{3,80}\b(?:podcast|newsletter|column)\b|these data are available\b",
    r"(?:have|got) (?:something|a|any|thoughts)\b.{2,80}\? .{3,160}$",
)
