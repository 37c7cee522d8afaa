"""Secrets in what passes: none comes through in a spelling that systems echo, and all else does, at once."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from itertools import pairwise
from string import ascii_letters, digits
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.e2e import leaks
from tests.effort import effort

from remuner.shared.redaction import Redactor

MARK = b"[redacted]"
TOKEN = "xoxb17653285Zk3vTq9LwB2nRf7Y"
SPECIAL = "tk<a>&'\"\\/+=`~ *%:?"
PRINTABLE = "".join(map(chr, range(32, 127)))
SECRETS = st.text("aab/", min_size=1, max_size=8) | st.text(PRINTABLE, min_size=1, max_size=20)


KEPT_IN_URLS = [
    ("-_.~", "+"),
    ("-_.*", "+"),
    *((f"-_.~{kept}", "%20") for kept in ("", "/", "!'()*", "$&+:=@", "/?:@!$'()*+,;", "/?:@!$'()*+,;&=#")),
]


def escaped(secret: str, characters: str, form: str) -> str:
    return "".join(form.format(ord(each)) if each in characters else each for each in secret)


def spellings(secret: str) -> list[bytes]:
    """Return all that is taken out, made a character at a time."""
    found = {secret.encode().hex(), secret.encode().hex().upper()}
    for form in ("%{:02x}", "%{:02X}"):
        found.add(escaped(secret, PRINTABLE, form))
        for kept, space in KEPT_IN_URLS:
            others = set(PRINTABLE) - set(ascii_letters + digits + kept + " ")
            found.add(escaped(secret, "".join(others), form).replace(" ", space))
    for form in ("\\u{:04x}", "\\u{:04X}"):
        found.add(escaped(secret, PRINTABLE, form))
        for characters in ("", "<>&", "<>&'", "<>&'=", "<>&'\"", "<>&'\"+`"):
            for slash in ("/", "\\/"):
                escapes = {"\\": "\\\\", '"': '\\"', "/": slash} | {each: form.format(ord(each)) for each in characters}
                found.add("".join(escapes.get(each, each) for each in secret))
    for encode in (b64encode, urlsafe_b64encode):
        alone = encode(secret.encode()).decode()
        found |= {alone, alone.strip("=")}
        for before in range(3):
            texts = (encode(other * before + secret.encode() + other * 3).decode() for other in (b"\0", b"\xff"))
            found.add("".join(one for one, two in zip(*texts, strict=True) if one == two != "="))
    return [secret.encode(), *(each.encode() for each in found if len(each) >= 6)]


def redacted(text: bytes, wanted: list[bytes], upto: int) -> bytes:
    """Return what is left of the first bytes: for each run of overlapping spellings a mark where it begins."""
    covered: set[int] = set()
    joined: set[int] = set()
    for spelling in wanted:
        for start in range(len(text)):
            if text.startswith(spelling, start):
                covered.update(range(start, start + len(spelling)))
                joined.update(range(start + 1, start + len(spelling)))
    return b"".join(MARK if at in covered else text[at : at + 1] for at in range(upto) if at not in joined)


@st.composite
def echoes(draw: st.DrawFn) -> tuple[list[str], list[bytes], bytes]:
    """Draw secrets, their spellings and a text with spellings, parts of them and anything else."""
    secrets = draw(st.lists(SECRETS, min_size=1, max_size=2))
    wanted = sorted({spelling for secret in secrets for spelling in spellings(secret)})
    one = st.sampled_from(wanted)
    part = st.tuples(one, st.integers(0, 20), st.integers(0, 20)).map(lambda cut: cut[0][cut[1] : -cut[2] or None])
    anything = st.sampled_from([MARK, b"\\", b"%"]) | st.binary(max_size=4) | st.text("ab/", max_size=3).map(str.encode)
    return secrets, wanted, b"".join(draw(st.lists(one | part | anything, max_size=6)))


def streamed(redactor: Redactor, text: bytes, cuts: list[int]) -> bytes:
    places = [0, *sorted(cuts), len(text)]
    return b"".join([*(redactor.feed(text[begin:end]) for begin, end in pairwise(places)), redactor.finish()])


@pytest.mark.fuzz
@effort(300)
@given(echoes(), st.data())
def test_no_spelling_is_left_however_a_stream_is_cut(
    echo: tuple[list[str], list[bytes], bytes], data: st.DataObject
) -> None:
    """What belongs to a spelling is out and all else is in, for a whole value, a byte at a time and in any chunks."""
    secrets, wanted, text = echo
    redactor = Redactor(*secrets)
    whole = redactor.whole(text)
    assert redacted(text, wanted, len(text)) == whole
    assert not [(spelling, part) for part in whole.split(MARK) for spelling in wanted if spelling in part]
    for cuts in (list(range(len(text))), data.draw(st.lists(st.integers(0, len(text))))):
        assert whole == streamed(redactor, text, cuts)


@pytest.mark.fuzz
@effort(200)
@given(st.lists(echoes(), min_size=1, max_size=3), st.data())
def test_a_line_that_has_not_ended_waits(
    lines: list[tuple[list[str], list[bytes], bytes]], data: st.DataObject
) -> None:
    """After each chunk all ended lines have passed and nothing else has, whatever the secrets are."""
    secrets, wanted, _ = lines[0]
    text = b"\n".join(each[2] for each in lines)
    redactor = Redactor(*secrets)
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=3)))
    passed = b""
    for begin, end in pairwise([0, *places]):
        passed += redactor.feed(text[begin:end])
        assert redacted(text[:end], wanted, text.rfind(b"\n", 0, end) + 1) == passed


@pytest.mark.parametrize("before", [b".", b"." * 65536, b"." * 300_000])
def test_what_waits_does_not_tell_how_a_secret_begins(before: bytes) -> None:
    """Else whoever has a guess sent could read it, a character at a time, from the sizes of what passes."""
    beginnings = {each[:size] for each in spellings(TOKEN) for size in range(1, len(each))}
    sizes = {len(Redactor(TOKEN).feed(before + guess.rjust(300, b"."))) for guess in {*beginnings, b"no"}}
    assert 1 == len(sizes)


@pytest.mark.fuzz
@effort()
@given(st.lists(st.text()))
def test_other_text_passes_unchanged_and_undelayed(words: list[str]) -> None:
    """Each event of a stream goes on whole, before the next one comes."""
    redactor = Redactor(TOKEN, f"user:{TOKEN}")
    events = [f"data: {word}\n\n".encode() for word in words]
    assert [*events, b""] == [*map(redactor.feed, events), redactor.finish()]


def test_a_part_of_a_token_at_the_end_comes_out_in_the_end() -> None:
    """It was no secret after all; it comes once, and has nothing to do with what is fed later."""
    redactor = Redactor(TOKEN)
    assert b"a\n" == redactor.feed(f"a\ntoken: {TOKEN[:-1]}".encode())
    assert (f"token: {TOKEN[:-1]}".encode(), b"") == (redactor.finish(), redactor.finish())
    assert MARK + b"\n" == redactor.feed(TOKEN.encode() + b"\n")


@pytest.mark.parametrize("secret", [TOKEN, TOKEN[1:], TOKEN[2:], SPECIAL])
@pytest.mark.parametrize(
    "echo",
    [
        str,
        lambda secret: json.dumps(secret)[1:-1],
        lambda secret: quote(secret, safe=""),
        quote,
        quote_plus,
        lambda secret: urlencode({"": secret})[1:],
        lambda secret: "".join(f"%{byte:02x}" for byte in secret.encode()),
        lambda secret: "".join(f"\\u{byte:04X}" for byte in secret.encode()),
        lambda secret: b64encode(secret.encode()).decode(),
        lambda secret: urlsafe_b64encode(secret.encode()).decode().strip("="),
        lambda secret: secret.encode().hex(),
        lambda secret: secret.encode().hex().upper(),
    ],
)
def test_what_encoders_make_of_a_secret_is_redacted(secret: str, echo: Callable[[str], str]) -> None:
    """The mark stands for it, the same for each."""
    text = f'{{"echo": "{echo(secret)}"}}'.encode()
    assert b'{"echo": "[redacted]"}' == Redactor(secret).whole(text)


@pytest.mark.parametrize(
    "echo",
    [
        r"""\u003ctk\u003e\u0026'\"\\/+=` ~*""",  # Go
        r"""\u003ctk\u003e\u0026\u0027\"\\/+=` ~*""",  # Jinja
        r"""\u003ctk\u003e\u0026\u0027\"\\/+\u003d` ~*""",  # Gson
        r"""<tk>&'\"\\\/+=` ~*""",  # PHP
        r"""\u003Ctk\u003E\u0026\u0027\u0022\\\/+=` ~*""",  # Symfony
        r"""\u003Ctk\u003E\u0026\u0027\u0022\\/\u002B=\u0060 ~*""",  # .NET
        "%3Ctk%3E%26'%22%5C%2F%2B%3D%60%20~*",  # encodeURIComponent
        "%3Ctk%3E%26%27%22%5C%2F%2B%3D%60+%7E*",  # a browser's form
        "%3ctk%3e%26%27%22%5c/%2b%3d%60%20~%2a",  # a path in lower case
        "%3Ctk%3E&%27%22%5C%2F+=%60%20~%2A",  # Go's PathEscape
        "%3Ctk%3E%26'%22%5C/+%3D%60%20~*",  # Spring's query
        "%3Ctk%3E&'%22%5C/+=%60%20~*",  # encodeURI
    ],
)
def test_what_other_systems_make_of_a_secret_is_redacted(echo: str) -> None:
    """Each escapes characters of its own."""
    assert b"<[redacted]>" == Redactor("<tk>&'\"\\/+=` ~*").whole(f"<{echo}>".encode())


@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("after", range(1, 4))
@pytest.mark.parametrize("secret", [TOKEN, TOKEN[1:], TOKEN[2:], "a~~~~~~?????>>>>"])
def test_a_secret_amid_longer_base64_is_redacted(
    encode: Callable[[bytes], bytes], before: int, after: int, secret: str
) -> None:
    """All that stays is what its neighbours have a part in."""
    text = encode(b"\xfb" * before + secret.encode() + b"\xfb" * after)
    begin, end = -(-before * 8 // 6), (before + len(secret)) * 8 // 6
    assert text[:begin] + MARK + text[end:] == Redactor(secret).whole(text)


def test_credentials_of_basic_are_redacted_as_a_whole() -> None:
    """The user's name and the padding tell nothing of the token's length."""
    redactor = Redactor("token", "user:token")
    credentials = b64encode(b"user:token").decode()
    assert b"Basic [redacted]" == redactor.whole(f"Basic {credentials}".encode())
    assert b"[redacted], [redacted]" == redactor.whole(b"user:token, token")


def test_the_canary_finds_only_what_cannot_be_caught() -> None:
    """Of the spellings that leaks are looked for in, two are documented as such."""
    answers = leaks.spellings(TOKEN)
    answers |= {f"base64, {shift}": b64encode(b"-" * shift + TOKEN.encode() + b"---") for shift in range(3)}
    assert set(answers) == leaks.leaks(TOKEN, answers)
    passed = {name: Redactor(TOKEN).whole(answer) for name, answer in answers.items()}
    assert {"UTF-16", "reversed"} == leaks.leaks(TOKEN, passed)


@pytest.mark.parametrize(
    ("secret", "text", "left"),
    [
        ("abcabc", b"-abcabcabc-", b"-[redacted]-"),
        ("abcabc", b"-abcabcabcabc-", b"-[redacted]-"),
        ("abcab", b"-abcababcab-abcabcab-", b"-[redacted][redacted]-[redacted]-"),
        ("aabaa", b"-aabaaabaa-", b"-[redacted]-"),
        ("abcd", b"-abcdabcd-", b"-[redacted][redacted]-"),
        ("k1", b"-k1-6b31-azE=-", b"-[redacted]-6b31-azE=-"),
    ],
)
def test_what_overlaps_has_one_mark(secret: str, text: bytes, left: bytes) -> None:
    """What only touches has two; and short spellings, which ordinary text may hold, stay."""
    assert left == Redactor(secret).whole(text)
    assert left == streamed(Redactor(secret), text, list(range(len(text))))


@pytest.mark.timeout(10)
@pytest.mark.parametrize(("size", "length"), [(1, 2**14), (1000, 2**21), (2**16, 2**21)])
def test_a_monotonous_secret_takes_no_quadratic_time(size: int, length: int) -> None:
    """The longest, in an answer that consists of it; a search for it at each place would take half a minute."""
    assert MARK == streamed(Redactor("a" * 8192), b"a" * length, list(range(0, length, size)))


@pytest.mark.timeout(10)
def test_a_text_of_beginnings_takes_no_quadratic_time() -> None:
    """That of a secret's escape, again and again; to look at each place would take half a minute."""
    assert 2**25 == len(streamed(Redactor("ab" * 4096), b"\\" * 2**25, list(range(0, 2**25, 2**16))))


def test_the_longest_spelling_is_found_across_chunks() -> None:
    """That of a token in a query whose characters are three bytes each, and each of these six in JSON."""
    longest = "%3C" * 8192
    echo = "".join(f"\\u{byte:04x}" for byte in longest.encode()).encode()
    text = b"." * 300_000 + echo + b"." * 300_000
    assert b"." * 300_000 + MARK + b"." * 300_000 == streamed(Redactor(longest), text, list(range(0, len(text), 5000)))


@pytest.mark.parametrize("secret", ["", "a" * 24577, "tökens", "to\nken"])
def test_what_cannot_be_a_token_is_refused(secret: str) -> None:
    """The reason does not tell it."""
    with pytest.raises(ValueError, match=r"^A secret has 1 to 24576 printable ASCII characters\.$"):
        Redactor("a", secret)


def test_a_redactor_shows_nothing() -> None:
    """Neither what it looks for nor what it holds back."""
    redactor = Redactor(TOKEN)
    redactor.feed(TOKEN[:-1].encode())
    assert set() == leaks.leaks(TOKEN[:8], {"repr": repr(redactor).encode(), "str": str(redactor).encode()})
