"""What a user relies on when mails are read: the article, its sender and day, all attachments."""

import base64
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.reading.build import Draft, Record, UnreadableError
from summarize.reading.mail import mime
from summarize.reading.mail.messages import read_mail, read_mailbox

BODY = "The council met on Monday and agreed to repair the old bridge.\n"
MORE = "Work is to begin in May and will take about six weeks, the council said.\n"
PAGE = f"<html><body><p>{BODY}</p><p>{MORE}</p></body></html>"
HEAD = (
    "From: Example Gazette <news@gazette.example>\nSubject: Bridge to be repaired\n"
    "Date: Mon, 3 Jun 2019 10:15:00 +0200\n"
)


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.get("sender", "Example Gazette <news@gazette.example>")
    message["Subject"] = headers.get("subject", "Bridge to be repaired")
    message["Date"] = "Mon, 3 Jun 2019 10:15:00 +0200"
    return message


def read(data: bytes | str | EmailMessage) -> dict[str, Draft | UnreadableError]:
    if isinstance(data, EmailMessage):
        data = data.as_bytes()
    return dict(read_mail(data.encode() if isinstance(data, str) else data, texts_only))


def texts_only(name: str, data: bytes) -> Iterator[Record]:
    if not name.endswith(".txt"):
        raise UnreadableError(f'".{name.rpartition(".")[2]}" files are not supported')
    yield "", Draft(data.decode())


def only(data: bytes | str | EmailMessage) -> Draft:
    ((suffix, draft),) = read(data).items()
    assert suffix == ""
    assert isinstance(draft, Draft)
    return draft


def reason(data: bytes | str | EmailMessage, suffix: str = "") -> str:
    draft = read(data)[suffix]
    assert isinstance(draft, UnreadableError)
    return str(draft)


# Headers


def test_subject_sender_and_date_are_title_source_and_day() -> None:
    draft = only(HEAD + "\n" + BODY)
    assert (draft.title, draft.source) == ("Bridge to be repaired", "Example Gazette")
    assert draft.published == date(2019, 6, 3)
    assert draft.text.strip() == BODY.strip()


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: Re: FW: A new bridge", "A new bridge"),
        ("=?utf-8?b?Q2Fmw6k=?= =?utf-8?q?_re=C3=B6ffnet?=", "Café reöffnet"),
        ("A long\n subject", "A long subject"),
        ("Ghani: a new bridge", "Ghani: a new bridge"),
        ("Fire: the bridge is closed", "Fire: the bridge is closed"),
        ("=?nonsense?q?A_b?=", "=?nonsense?q?A_b?="),
        ("=?utf-8?b?abcde?=", "=?utf-8?b?abcde?="),
    ],
)
def test_subjects_are_decoded_and_lose_their_prefixes(subject: str, title: str) -> None:
    assert only(f"From: a@b.example\nSubject: {subject}\n\n{BODY}").title == title


@pytest.mark.parametrize(
    ("sender", "source"),
    [
        ('"Gazette, The" <news@gazette.example>', "Gazette, The"),
        ("=?iso-8859-1?q?Caf=E9_News?= <c@d.example>", "Café News"),
        ("news@Gazette.example", "gazette.example"),
        ("The Gazette", "The Gazette"),
    ],
)
def test_the_sender_is_the_name_or_else_the_host(sender: str, source: str) -> None:
    assert only(f"From: {sender}\nSubject: x\n\n{BODY}").source == source


def test_headers_in_raw_latin_letters_are_read() -> None:
    assert only("Subject: Café\n\n".encode("cp1252") + BODY.encode()).title == "Café"


def test_broken_header_lines_do_not_hide_the_others() -> None:
    assert only("Subject: One\nno header line\nFrom: A <a@b.example>\n\n" + BODY).source == "A"


@pytest.mark.parametrize("data", [b"", b"\n\n", BODY.encode(), b"\xff\xfe\x00\x01" * 20])
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    assert "it is no mail" in reason(data)


# Bodies


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_encodings_and_charsets(encoding: str, charset: str) -> None:
    message = mail()
    message.set_content(f"Café owners agreed. {BODY}", charset=charset, cte=encoding)
    assert only(message).text.strip() == f"Café owners agreed. {BODY}".strip()


def test_wrong_charset_and_wrong_encoding_are_seen_through() -> None:
    kind = "Content-Type: text/plain; charset=x-nonsense\nContent-Transfer-Encoding: base64\n"
    assert only(HEAD + kind + "\n" + BODY).text.strip() == BODY.strip()
    cut = base64.b64encode(BODY.encode() * 3).decode().rstrip("=")[:-2]
    assert BODY.strip() in only(HEAD + kind + "\n" + cut).text


def test_the_plain_form_is_preferred_unless_it_is_a_stub() -> None:
    message = mail()
    message.set_content(BODY + MORE)
    message.add_alternative("<p>Other words stand here for the same.</p>", subtype="html")
    assert only(message).text.strip() == (BODY + MORE).strip()
    message = mail()
    message.set_content("Open this in your browser: https://gazette.example/abc\n")
    message.add_alternative(PAGE, subtype="html")
    assert only(message).text.split("\n") == [BODY.strip(), MORE.strip()]


def test_a_newsletter_keeps_all_its_articles() -> None:
    stories = [f"Story number {n} says that bridge {n} is closed until May." for n in range(8)]
    rows = "".join(f"<tr><td><h2>Bridge {n}</h2>{s}</td></tr>" for n, s in enumerate(stories))
    message = mail()
    message.set_content(f"<html><body><table>{rows}</table></body></html>", subtype="html")
    text = only(message).text
    assert all(story in text for story in stories)


def test_flowed_lines_are_joined() -> None:
    kind = "Content-Type: text/plain; format=flowed\n\n"
    flowed = "The council met on \nMonday and agreed.\n\nWork begins \nin May, it said.\n"
    assert only(HEAD + kind + flowed).text.strip().split("\n") == [
        "The council met on Monday and agreed.",
        "",
        "Work begins in May, it said.",
    ]


def test_a_missing_boundary_is_found_and_a_cut_off_mail_read() -> None:
    part = f"--xyz\nContent-Type: text/plain\n\n{BODY}"
    assert only(f"{HEAD}Content-Type: multipart/mixed\n\n{part}--xyz--\n").text.strip() == (
        BODY.strip()
    )
    kind = 'Content-Type: multipart/mixed; boundary="xyz"\n\n'
    assert only(HEAD + kind + part).text.strip() == BODY.strip()
    assert only(HEAD + kind + BODY).text.strip() == BODY.strip()


def test_encrypted_mails_say_so() -> None:
    kind = "Content-Type: multipart/encrypted; boundary=x\n\n--x\n\nabc\n--x--\n"
    assert reason(HEAD + kind) == "it is encrypted"


# Replies and forwarded messages


@pytest.mark.parametrize(
    "tail",
    [
        "-- \nJane Doe\nExample Gazette\n",
        "On Sun, 2 Jun 2019 at 09:00, Joe <joe@b.example> wrote:\n> Is the bridge open?\n> Joe\n",
        "On Sun, 2 Jun 2019 at 09:00, Joe\n<joe@b.example> wrote:\n\n> Is it open?\n",
        "-----Original Message-----\nFrom: Joe\nSent: Sunday\nSubject: Bridge\n\nIs it open?\n",
        "From: Joe\nSent: 2 June 2019\nTo: Jane\nSubject: Bridge\n\nIs it open?\n",
    ],
)
def test_quoted_tails_and_signatures_go(tail: str) -> None:
    text = f"From: a@b.example\nSubject: Re: Bridge\n\n{BODY}\n{tail}"
    assert only(text).text.strip() == BODY.strip()


def test_what_looks_like_a_quote_in_an_article_stays() -> None:
    article = f"{BODY}On 3 June 2019 the mayor wrote:\n“The bridge will be ready in May.”\n"
    assert "ready in May" in only(HEAD + "\n" + article).text


def test_an_answer_below_the_quote_is_kept_and_a_quote_alone_too() -> None:
    quote = "On Sunday, Joe <joe@b.example> wrote:\n> Is the bridge open?\n"
    assert only(f"Subject: Re: x\n\n{quote}\n{BODY}").text.strip() == BODY.strip()
    assert "Is the bridge open?" in only(f"Subject: Re: x\n\n{quote}").text


FORWARDED = f"""\
From: The Courier <c@courier.example>
Date: Sun, 2 Jun 2019 at 09:00
Subject: Fwd: Council agrees to repair
To: Jane <jane@b.example>

{BODY}"""


@pytest.mark.parametrize(
    "text",
    [
        f"FYI, see below.\n\n---------- Forwarded message ---------\n{FORWARDED}",
        f"---------- Forwarded message ---------\n{FORWARDED}\n-- \nJane\n",
        "Begin forwarded message:\n\n" + "".join(f"> {line}\n" for line in FORWARDED.split("\n")),
        f"-----Original Message-----\n{FORWARDED.replace('Date', 'Sent')}",
        f"FYI\n________________________________\n{FORWARDED}",
    ],
)
def test_a_forwarded_article_counts_for_itself(text: str) -> None:
    draft = only(f"From: Jane <jane@b.example>\nSubject: Fwd: Look\n\n{text}")
    assert draft.text.strip() == BODY.strip()
    assert (draft.title, draft.source) == ("Council agrees to repair", "The Courier")
    assert draft.published == date(2019, 6, 2)


def test_a_long_note_above_a_forwarded_article_is_a_text_of_its_own() -> None:
    note = BODY * 5
    text = f"{HEAD}\n{note}\n---------- Forwarded message ---------\n{FORWARDED}"
    found = read(text)
    assert list(found) == ["", "/forwarded"]
    assert [draft.title for draft in found.values() if isinstance(draft, Draft)] == [
        "Bridge to be repaired",
        "Council agrees to repair",
    ]


def test_a_forwarded_page_counts_for_itself() -> None:
    head = "<br>".join(FORWARDED.split("\n")[:4]).replace("<c@", "&lt;c@").replace("<jane@", "(")
    message = mail(subject="Fwd: Look")
    message.set_content(
        f"<div>FYI</div><div>---------- Forwarded message ---------<br>{head}</div>{PAGE}",
        subtype="html",
    )
    draft = only(message)
    assert draft.title == "Council agrees to repair"
    assert draft.text.strip() == (BODY + MORE).strip()


# Attachments


def test_attachments_are_read_or_named() -> None:
    message = mail()
    message.set_content(BODY)
    message.add_attachment(MORE, filename="report.txt")
    for _ in range(2):
        message.add_attachment(b"PK", maintype="application", subtype="x", filename="x.xls")
    found = read(message)
    assert list(found) == ["", "/report.txt", "/x.xls", "/x (2).xls"]
    assert isinstance(found["/report.txt"], Draft)
    assert reason(message, "/x.xls") == (
        'its attachment "x.xls" was not read: ".xls" files are not supported'
    )


NOTES = [
    "Hi Tom,\n\nsee attached, as promised this morning.\n\nRegards\nJane",
    "The article we talked about is attached.",
    "FYI - from today's paper.\n\nBest regards,\nJane Miller\nNews desk",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_that_sends_an_article_is_none(note: str) -> None:
    message = mail()
    message.set_content(note)
    message.add_attachment(MORE, filename="report.txt")
    assert list(read(message)) == ["/report.txt"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (NOTES[0], "report.xls"),
        (BODY, "report.txt"),
        (NOTES[0] + "\n\n" + BODY * 4, "report.txt"),
    ],
)
def test_what_may_be_news_of_its_own_is_read_beside_an_attachment(text: str, name: str) -> None:
    message = mail()
    message.set_content(text)
    message.add_attachment(MORE, filename=name)
    assert list(read(message)) == ["", f"/{name}"]


def test_without_a_reader_attachments_are_named() -> None:
    message = mail()
    message.set_content(BODY)
    message.add_attachment(MORE, filename="report.txt")
    assert "attachments are not read" in str(dict(read_mail(message.as_bytes()))["/report.txt"])


def test_a_reader_that_fails_costs_only_its_attachment() -> None:
    def broken(name: str, _data: bytes) -> Iterator[Record]:
        raise ValueError(name)

    message = mail()
    message.set_content(BODY)
    message.add_attachment(MORE, filename="report.txt")
    found = dict(read_mail(message.as_bytes(), broken))
    assert isinstance(found[""], Draft)
    assert "it could not be read (ValueError)" in str(found["/report.txt"])


def dressed(text: str) -> EmailMessage:
    """A mail as programs send it: logo and tracking pixel, invitation, card and proof of sender."""
    message = mail()
    message.set_content(f'<p>{text}</p><img src="cid:Logo@b">', subtype="html")
    message.add_related(b"xxx", "image", "png", cid="<Logo@b>", filename="logo.png")
    message.add_related(b"xxx", "image", "gif", cid="<other@b>")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="invite.ics")
    message.add_attachment(b"x", "application", "octet-stream", filename="Jane Doe.VCF")
    message.add_attachment(b"x", "application", "pkcs7-signature", filename="smime.p7s")
    return message


DRESS = ("logo.png", "part 2.gif", "invite.ics", "Jane Doe.VCF", "smime.p7s")


def test_what_dresses_a_mail_is_no_failure() -> None:
    assert only(dressed(BODY)).enclosed == DRESS


def test_what_dresses_a_note_goes_with_the_article_it_sends() -> None:
    message = dressed("FYI, the article is attached.")
    message.add_attachment(MORE, filename="report.txt")
    found = read(message)
    assert list(found) == ["/report.txt"]
    assert [draft.enclosed for draft in found.values() if isinstance(draft, Draft)] == [DRESS]


def test_a_picture_that_a_note_sends_is_named() -> None:
    message = mail()
    message.set_content(NOTES[0])
    message.add_attachment(b"x", "image", "jpeg", filename="page 3.jpg")
    assert "its attachment" in reason(message, "/page 3.jpg")


def test_what_cannot_be_read_is_named_beside_decoration() -> None:
    message = dressed(BODY)
    message.add_attachment(b"x", "application", "pdf", filename="report.pdf")
    assert list(read(message)) == ["", "/report.pdf"]
    assert "its attachment" in reason(message, "/report.pdf")


def test_an_attached_article_came_by_the_day_of_its_mail() -> None:
    message = mail()
    message.set_content(BODY)
    message.add_attachment(MORE, filename="report.txt")
    own, attached = read(message).values()
    assert isinstance(own, Draft)
    assert isinstance(attached, Draft)
    assert (own.published, own.received) == (date(2019, 6, 3), None)
    assert (attached.published, attached.received) == (None, date(2019, 6, 3))


def test_attached_mails_are_mails() -> None:
    inner = mail(subject="Inner", sender="The Courier <c@courier.example>")
    inner.set_content(MORE)
    message = mail()
    message.set_content(BODY)
    message.add_attachment(inner)
    found = read(message)["/message 1.eml"]
    assert isinstance(found, Draft)
    assert (found.title, found.source) == ("Inner", "The Courier")


def test_names_of_attachments_are_fit_for_paths() -> None:
    message = mail()
    message.set_content(BODY)
    message.add_attachment(b"x", maintype="a", subtype="b", filename="../../etc/pass\u202ewd")
    message.add_attachment(b"x", maintype="a", subtype="b", filename="n" * 500 + ".xls")
    for suffix in list(read(message))[1:]:
        assert suffix.count("/") == 1
        assert len(suffix) < 150
        assert suffix.isprintable()


# Limits


def test_deep_nesting_and_many_parts_are_refused() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5000))
    assert "nested more than" in reason(HEAD + deep)
    many = "--b\n\nx\n" * 10_000
    assert "more than 1,000 parts" in reason(
        f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{many}"
    )
    mails = "Content-Type: message/rfc822\n\n" * 100
    (found,) = read(HEAD + mails).values()
    assert "nested more than" in str(found)


def test_a_text_longer_than_any_article_is_refused() -> None:
    assert "more than 2,000,000 characters" in reason(HEAD + "\n" + "From: x\n" * 300_000)


@pytest.mark.parametrize("line", [" \t" * 100_000, ">" * 1_000_000, "> " * 500_000 + "x"])
def test_long_runs_of_blanks_and_marks_do_not_take_for_ever(line: str) -> None:
    assert BODY.strip() in only(f"{HEAD}\n{BODY}\n{line}\n").text
    assert read(f"{HEAD}\n{line}")


def test_a_sign_inside_a_line_is_no_quote() -> None:
    text = "Subject: Re: x\n\nOn Sunday, Joe <joe@b.example> wrote:\n> is 2 > 1\n"
    assert "is 2 > 1" in only(text).text


def test_a_header_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mime, "_MAX_HEADER_BYTES", 1024)
    assert "header is longer than 1 KB" in reason("Subject: " + "x" * 2000)


# Mailboxes

START = "From news@gazette.example Mon Jun 03 10:15:00 2019\n"


def test_mailboxes_are_cut_into_mails() -> None:
    one = f"{START}{HEAD}Content-Length: 3\n\n{BODY}>From here on it is quoted.\n>>From twice.\n\n"
    records = list(read_mailbox((one * 3).encode()))
    assert [suffix for suffix, _ in records] == ["#1", "#2", "#3"]
    for _, draft in records:
        assert isinstance(draft, Draft)
        assert draft.text.strip() == f"{BODY}From here on it is quoted.\n>From twice."


def test_a_sentence_from_an_article_is_no_new_mail() -> None:
    text = f"{START}{HEAD}\n{BODY}\nFrom 10:15 the bridge was closed.\n\nFrom May on it is open.\n"
    ((_, draft),) = read_mailbox(text.encode())
    assert isinstance(draft, Draft)
    assert draft.text.strip().endswith("From May on it is open.")


def test_a_bad_mail_costs_only_itself() -> None:
    bad = f"{START}X-Odd: 1\n\nnothing\n\n"
    good = f"{START}{HEAD}\n{BODY}\n"
    records = dict(read_mailbox((good + bad + good).replace("\n", "\r\n").encode()))
    assert [isinstance(draft, Draft) for draft in records.values()] == [True, False, True]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=30),
            st.sampled_from(
                [
                    b"\n", b"\n\n", b"--b\n", b"--b--\n", START.encode(), HEAD.encode(),
                    b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: text/html\n",
                    b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\n",
                    b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*99=x\n",
                    b"> ", b"On 1:00, a@b.example wrote:\n", b"-- \n", b"From: x\n", BODY.encode(),
                    b"---------- Forwarded message ---------\n", b"Subject: =?utf-8?b?x?=\n",
                ]
            ),
        ),
        max_size=30,
    ).map(b"".join)
)  # fmt: skip
def test_any_bytes_give_records(data: bytes) -> None:
    for records in (read_mail(data, texts_only), read_mailbox(data, texts_only)):
        found = list(records)
        assert found
        assert len({suffix for suffix, _ in found}) == len(found)
