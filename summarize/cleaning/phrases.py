"""Sentences that nobody reports: appeals to the reader, rights, credits."""

import re

from summarize.cleaning.labels import ADDRESS, PIECE, PRICE, opening

__all__ = ["ANYWHERE", "CERTAIN", "CUES"]

# One of these words stands in every long sentence, and in every line with a phrase of `ANYWHERE`,
# that the phrases below can match.
# fmt: off
CUES = frozenset((
    "above", "access", "adapted", "affiliate", "afp", "alerts", "alexa", "anytime", "app",
    "appeared", "approached", "archive", "associated", "below", "bloomberg", "broadcast", "cancel",
    "caption", "check", "chip", "click", "cnbc", "columns", "comment", "comments", "commission",
    "commissions", "contact", "contacted", "contribute", "contributed", "contributing",
    "contribution", "conversation", "cookies", "copyright", "corrected", "correction", "crawl",
    "crawls", "credit", "credits", "digest", "digital", "donate", "donation", "download", "editing",
    "editor", "editors", "email", "enjoyed", "excerpted", "expressed", "facebook", "getty", "gift",
    "graphic", "hear", "here", "homepage", "illustration", "image", "inbox", "instagram",
    "interest", "iphone", "istock", "javascript", "journalism", "liked", "linkedin", "material",
    "member", "membership", "miss", "newsletter", "newsletters", "newsroom", "notifications",
    "offers", "permission", "photo", "photograph", "picture", "pitch", "plans", "posted",
    "produced", "published", "reached", "recaptcha", "reflect", "register", "registered",
    "reporting", "reprinted", "reproduced", "republished", "reserved", "screenshot", "share",
    "shipping", "shutterstock", "sign", "signing", "source", "stories", "submit", "subscribe",
    "subscriber", "subscribers", "subscribing", "subscription", "subscriptions", "summary", "tap",
    "tip", "transcript", "trial", "twitter", "unsubscribe", "updated", "visit", "wayback", "web",
    "website", "wire", "wires", "writing", "youtube",
))
# fmt: on

PLATFORM = r"(?:twitter|facebook|instagram|x|linkedin|bluesky|youtube|tiktok|whatsapp)\b"

# The opening of any line of moderate length: nobody reports in these words.
CERTAIN = {
    "newsletter": opening(
        r"(?:please )?(?:sign[ -]?up|subscribe) (?:here|now|(?:to|for|and)\b.{0,80}\b(?:our|free"
        r"|newsletters?|briefing|e-?mail|inbox|alerts|updates)\b)",
        r"(?:please )?(?:sign[ -]?up|subscribe|register) (?:to (?:our|get|receive|unlock|access"
        r"|read)|for (?:our|the .{0,40}newsletter|free))\b",
        r"(?:get|receive|want) .{0,80}\b(?:in|to) your inbox\b",
        r"by (?:signing up|subscribing|submitting|registering),? (?:you|i)\b",
        rf"(?:you can |please )?(?:also )?(?:follow|like|join|find|catch) (?:us|me|@\w+"
        rf"|[\w.,' ]{{1,60}}) (?:on|at) (?:{PLATFORM}|https?://|www\.|@).{{0,120}}$",
        r"(?:get|receive) (?:real-time updates|(?:\w+ )?(?:breaking )?news alerts|push"
        r" notifications)\b",
        r"get breaking news\b.{0,40}\b(?:e-?mail|inbox|iphone|android|phone|alerts)\b",
        r"(?:keep|stay) up to date (?:with|by)\b.{0,60}\b(?:e-?mail|newsletter|our|app)\b",
        r"(?:want|like|interested in|are you) .{3,120}\? ?:?(?:sign up|subscribe|join our"
        r"|download|add )",
        r"download (?:the|our) .{2,40}\bapp\b|start (?:the day|your day) smarter\b",
        r"to (?:read this (?:article|story)|continue reading)\b|(?:try|get) unlimited access\b",
        rf"{PRICE} (?:for|per) (?:\d+ )?(?:weeks?|months?|year)\W*$|(?:then|only) {PRICE}"
        rf" (?:per|for)\b",
        r"(?:complete|essential|unlimited|full|standard|premium|trial)(?: (?:digital|access))*\W*$",
        r"(?:complete|essential|unlimited|full|standard|premium)? ?digital access (?:to|for"
        r"|with)\b",
        r"(?:explore|discover|see|view) (?:more|all the|our (?:full )?|all our )?"
        r"(?:range of |the )?(?:offers|subscriptions|plans)\b.{0,60}$",
        r"register (?:to|now)\W*$|once registered,? you can\b",
        r"(?:a|the) (?:daily|weekly) (?:round-?up|newsletter|summary|briefing) of\b",
        r"every day at \w+,? we aim\b|(?:thank you|thanks) for (?:reading|signing up"
        r"|supporting our)\b",
        r"you can (?:also )?(?:find|listen|read|sign up|subscribe)\b.{0,160}\bour (?:[\w-]+ ){0,3}"
        r"(?:app|edition|newsletters?|podcasts?)\b",
        r"(?:this )?(?:article|story|content) is (?:only )?available (?:only )?(?:for|to) .{0,30}"
        r"subscribers\b",
        rf"this {PIECE} (?:is|was|comes|came)(?: taken| adapted)? from .{{2,60}}\bnewsletter\b",
        r"stay in touch\b|become a (?:[\w-]+ ){0,2}(?:member|supporter|patron|subscriber)\b",
        r"already (?:a )?(?:subscriber|member|registered)\b|(?:we use|this site uses) cookies\b",
        r".{0,160}\bsubscribe (?:now|today)\W*$|(?:we are )?no longer accepting comments\b",
        r"(?:sorry,? )?(?:the )?comments (?:below )?(?:are (?:now )?closed|have (?:not )?been)\b",
        r"please (?:enable|turn on|disable) (?:javascript|cookies|your ad)",
        r"sign[ -]?up .{0,200}(?:privacy policy|terms of (?:service|use))",
    ),
    "copyright": opening(
        r"(?:copyright|©|\(c\))(?: ?©| ?\(c\))? ?(?:19|20)\d\d\b|©",
        r"[^.]{0,120}\ball rights (?:are )?reserved\b",
        r".{0,60}\bmay not be (?:published|broadcast|reproduced|republished|reprinted)\b",
        r"(?:reprinted|republished|reproduced|excerpted) (?:with|by|from .{2,60} (?:with|by)) "
        r"(?:the )?permission\b|permission is (?:given|granted) to\b",
        r"(?:this (?:column|article|piece|commentary)|.{0,40}views?) does not necessarily"
        r" reflect\b",
        r"content created by the .{1,40} is available without charge\b",
        r"(?:this is )?a rush transcript\b|this (?:copy|transcript) may not be\b",
        r"(?:the )?(?:views|opinions) expressed (?:in|by|here)\b",
        r"[^.]{0,80}\bmay earn (?:an? )?(?:affiliate )?(?:commissions?|revenue)\b",
        r"(?:entire )?contents of this .{1,30}copyright",
    ),
    "archive notice": opening(
        r"crawls of supported\b|then the internet archive hopes\b",
        r"(?:starting in \d{4}, )?alexa internet has been donating\b",
        r"flowing in every day, these data are added\b",
        r"(?:crawl (?:start|end) date|number of (?:captures|unique urls|hosts)): ",
    ),
    "credit": opening(
        r"with (?:additional )?(?:inputs?|reports?|reporting|files|wires|information) (?:from|by)"
        r"\b.{0,120}$",
        r"with (?:agency|agencies|wire|wires|post|bureau|pti|ians|ani|afp|ap) (?:inputs?|reports?"
        r"|wires|feeds?)\W*$",
        r"(?:additional |further |writing and |reporting and )?(?:reporting|writing|editing"
        r"|research)(?: and (?:writing|editing|reporting))?(?: for \w+)? by:? .{2,300}$",
        r".{2,200}\bcontributed (?:(?:\w+ )?reporting\b|to (?:this|the|our) "
        rf"(?:\w+ )?{PIECE}\b).{{0,90}}$",
        rf"this (?:\w+ )?{PIECE} (?:was|has been|is|also|first|originally) (?:\w+ )?"
        r"(?:published|appeared|updated|corrected|posted|produced|adapted|excerpted|republished"
        r"|part of)\b.{0,260}$",
        rf"(?:see|read) the (?:original|full) {PIECE} (?:at|on|here)\b.{{0,60}}$",
        r"(?:originally|first) (?:published|appeared|posted) (?:on|in|at|by)\b.{0,100}$",
        r"(?:image|photo|picture|video) (?:copyright|credit|source|courtesy)\b"
        r"(?:(?!caption).){0,60}$",
        r"(?:—|--?)? ?with (?:assistance|research help|files) (?:by|from)\b.{2,160}$",
        rf"this (?:\w+ )?{PIECE} (?:is based in part on|contains|includes|uses) (?:material"
        rf"|wire|reporting)\b",
        rf"[^.\"“]{{0,160}}\bcontributed (?:this|to (?:this|the|our)) (?:\w+ )?{PIECE}\b.{{0,40}}$",
        r"(?:[\w'’-]+\.? ){2,6}(?:also )?contributed\.$|contributed to this \w+\W*$",
        r"(?:some )?(?:information|material) (?:from|by) .{3,80} (?:was|were"
        r"|is) used in this\b.{0,40}$",
        rf"\(this {PIECE} (?:was|has been|is|corrects?|refiles)\b[^()]{{3,200}}\)\W*$",
        rf"(?-i:[A-Z]).{{3,80}} (?:wrote|reported|adapted|narrated) (?:and \w+ )?(?:this"
        rf"|the) {PIECE} for .{{2,200}}$",
        rf"this {PIECE} (?:was|is) (?:reported|written|co-published|republished|made possible"
        rf"|supported|provided|brought to you)\b.{{2,260}}$",
        r"from .{5,120}\bpublished by\b.{3,200}\b(?:copyright|permission|arrangement|imprint)\b",
        r"[\w ,.'’-]{4,120} contributed from [A-Z][\w ,.]{2,60}$|contributing: .{2,100}$"
        r"|journal reference: .{2,100}$",
        r"(?:image|photo|picture|photograph|credit|illustration|file photo|graphic|screenshot"
        r"|(?:image|photo) credits?)s?\s*[:/]\s?.{1,110}$",
        r"(?:data )?sources?: [^.!?]{2,60}\.?$|a post shared by\b",
        r"(?:enlarge this image|toggle caption)\b.{0,160}$",
        r"associated press (?:writers?|reporters?)\b.{2,160}\bcontributed\b",
        r"(?:correction|clarification|editor['’]?s['’]? note|update)\b.{0,200}"
        r"\b(?:earlier|previous|prior) version of this\b",
        rf"an? (?:\w+ )?version of this {PIECE} (?:was |has )?(?:first |originally |also )?"
        r"(?:appeared|published|ran)\b.{0,200}$",
        r"[^.!?]{0,80}\b(?:getty images|shutterstock|afp/|/afp|ap photo|istock)\b[^.!?]{0,60}$",
        r"[^.!?]{1,60} \| (?:afp|reuters|ap|bloomberg|cnbc)\b[^.!?]{0,40}$",
    ),
    # What the outlet did, not what happened: of 4,500 articles 120 have one.
    "request for comment": opening(
        r"(?!(?:he|she|they|it|i) )(?-i:[A-Z])[\w.&'’-]*(?: [\w.&'’-]+){0,4} (?:has|have)"
        r" (?:also )?(?:contacted|reached out to|approached) .{2,160}\bfor (?:an? )?(?:\w+ )?"
        r"(?:comment|response)s?\b[^.!?]{0,80}\.?$",
    ),
    "editor's note": opening(r"[\[(*]?editor['’]?s?['’]? note\b"),
    "advertisement": opening(
        r".{0,120}(?-i:\bFREE) (?:shipping|delivery|returns|trial)\b",
        r"(?:get |enjoy |plus,? )?free (?:shipping|delivery|returns) (?:on|for|with|over)\b",
    ),
    "reader appeal": opening(
        rf"(?:please )?(?:(?:donate|(?:pitch|chip) in|contribute)\b.{{0,60}}?(?:{PRICE}|\b(?:today"
        rf"|now|here|to us|tax-deductible)\b)|give {PRICE})",
        r"(?:please )?(?:support(?! for\b| from\b)|help (?:us|fund|keep|sustain|support))"
        r"\b.{0,80}\b(?:journalism|newsroom"
        r"|(?:a|your) (?:[\w-]+ )?(?:donation|contribution|gift))\b",
        r"your (?:[\w-]+ ){0,2}(?:subscription|support|donation|contribution|membership|gift)"
        r" (?:to|funds|helps|will|makes|keeps|allows)\b",
        rf"(?=.*{ADDRESS})(?!.*\b(?:said|says|told)\b).{{0,200}}\b(?:e-?mail|contact|write to|tell"
        rf"|call|tip|send|reach|text)\b.{{0,160}}{ADDRESS}",
        r"[\w .,'’-]{3,40}(?:[•|,:-] ?|, (?:at )?)\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\W*$",
        r"click here (?:to|for)\b.{0,120}$|click for more\b.{0,60}$",
        r"(?:you can (?:also )?|please )?contact (?:us|the (?:editor|author|newsroom)|or"
        r" verify)\b.{0,160}$",
        r"(?:we want to|we['’]d (?:like|love) to) hear (?:from you|what you)\b",
        r"(?:submit|send(?: us)?|share|upload|e-?mail) (?:us )?(?:your|a tip|a letter)\b.{0,80}"
        r"(?:pictures|photos|video|stories|story|tip|newsroom|comments?|opinion|us)\b",
        r"(?:are you there|were you there|did you see)\b.{0,40}\?.{0,160}$",
        rf"we pay for (?:your )?(?:stories|videos|photos)|{ADDRESS}\W*$",
        r"(?:\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}[ /|]*)+(?:@\w+)?$",
        r"do you have (?:a |any |more |an )?(?:story|stories|news|tip|photos?|information)\b"
        r".{0,40}\?",
        r"(?:have|got) (?:a|any) (?:story|tip|news|question|comment|correction)s?\b.{0,40}\?",
        r"share your thoughts\b.{3,200}\bconversation\b",
        r"what do you think\?.{0,120}$|let us know (?:what|in the comments|your)\b",
        r"(?:this is a |it['’]s a )?(?:breaking|developing) (?:news )?story\b.{0,120}$",
        r"this is breaking news\b.{0,100}$|(?:please )?check back (?:soon|for)\b.{0,80}$",
        r"more to (?:follow|come)\W*$|(?:spotted|found) (?:a typo|an error)\b",
    ),
}

# Anywhere in a line of moderate length that holds a cue.
ANYWHERE = {
    "newsletter": re.compile(
        r"\bby signing up,? you(?: are)? agree|\bprotected by recaptcha"
        r"|\badd .{2,40} as an interest\b"
        r"|\bsign up (?:(?:for it )?(?:by )?here|now|today|for (?:free|our|the))\b.{0,60}$"
        r"|\bnewsletter (?:e-?mail )?sign up\b|\b(?:becoming|become) a (?:subscriber|member)\W*$"
        r"|\bcould not subscribe\b|\bsubscribe to (?:our|the)\b.{2,60}\bnewsletters?\W*$"
        r"|\bweekly guide to\b.{0,160}\binbox\b"
        r"|\b(?:delivered|sent|straight|directly) to your (?:e-?mail |in)?box\b"
        r"|\bif you (?:enjoyed|liked) this \w+, (?:we have|sign|subscribe|please|consider)\b"
        r"|\bis a (?:nonprofit|non-profit) newsroom\b"
        r"|\bsubscribe to .{2,40} (?:magazine|for (?:less|only|just|as little))\b"
        r"|\bcancel (?:or change your plan )?any ?time\b|\bnever miss our\b",
        re.IGNORECASE,
    ),
    "reader appeal": re.compile(
        r"\b(?:let (?:us|me)(?: \w+)? know|let['’]s discuss|sound off|tell us|discuss(?: it)?"
        r"|have your say|share your \w+|leave a comment|weigh in)\b.{0,60}\b(?:in the|below)\b"
        r".{0,20}\bcomments?\b.{0,20}$",
        re.IGNORECASE,
    ),
    "read more": re.compile(
        r"\bfor more of (?:his|her|\S+ \S+['’]s) (?:reports|columns|stories)\b", re.IGNORECASE
    ),
}
