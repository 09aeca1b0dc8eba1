"""The digest as an e-mail: text and HTML, to be opened as a draft or piped to a mail program.

Who sends it to whom and when is for that program to say: it has no From, To and Date.
"""

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from summarize.records import Digest
from summarize.render.markup import filled
from summarize.render.phrases import heading
from summarize.render.text import to_text

__all__ = ["to_eml"]

# Columns at which mail programs wrap text (RFC 3676, section 4.2, advises 78 at most).
_WIDTH = 72

# In the tags themselves: mail programs drop style sheets.
_STYLES = {
    "body": "font: 16px/1.5 Georgia, serif; max-width: 40em; margin: 1em auto; padding: 0 1em",
    "h1": "font-size: 26px; line-height: 1.2",
    "h2": "font-size: 20px; line-height: 1.25; margin: 1.6em 0 .3em",
    "sentence": "margin: .6em 0",
    "meta": "font: 13px/1.45 Arial, sans-serif; color: #5d5a53",
    "warning": "font: 13px/1.45 Arial, sans-serif; color: #8f4700",
    "list": "padding-left: 1.2em; font-size: 14px",
}


def to_eml(digest: Digest) -> str:
    """The digest as an unsent message (RFC 5322), in ASCII with CRLF line ends."""
    text = to_text(digest, width=_WIDTH, colour=False, verbose=False)
    # A name of a file may hold bytes that are no text.
    text = text.encode("utf-8", "replace").decode("utf-8")
    page = filled("eml.html", digest, styles=_STYLES)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = heading(digest)
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    # One of the digest, not of chance: the same digest gives the same bytes.
    message.set_boundary(f"=_{sha256((text + page).encode()).hexdigest()[:32]}")
    return message.as_bytes().decode("ascii")
