"""Taking secrets out of what another system answers, in the spellings that systems echo them in.

A spelling is a fixed string: the secret raw, URL-encoded, escaped for JSON, in hex, in base64 alone or amid a longer
text. Every byte that belongs to one is taken out, however they overlap: of the longer nothing is left around a shorter.

What of a stream has to wait is told by lines and sizes, never by the secrets: who lets the other system send a guess
would see by what waits whether a secret begins like that, and read it a character at a time.

No other transformation can be caught: compressed (undo it before), encrypted, hashed, reversed, split into fields or
lines, with HTML entities, in UTF-16, encoded twice, a part of the secret only. Amid a longer base64 text, the
characters that the secret shares with its neighbours stay: at most four of its bits at each end. Spellings other than
raw that are very short are not looked for: they would redact ordinary text.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from itertools import product
from typing import TypeAlias
from urllib.parse import quote, quote_plus

_MARK = b"[redacted]"  # whatever the length of the secret, which is a secret, too
_LONGEST = 3 * 8192  # a token in a query: a byte may be three
_HELD = 6 * _LONGEST  # no spelling is longer, since a byte may be six in JSON
_STEP = 64 * 1024
_SHORTEST = 6
_KEPT_IN_URLS = ("", "/", "!'()*", "$&+:=@", "!$'()*+,;/?:@", "!$'()*+,;/?:@&=#")  # Go: paths; Spring; encodeURI
_ESCAPED_IN_JSON = ("", "<>&", "<>&'", "<>&'=", "<>&'\"", "<>&'\"+`")  # by Python, Go, Jinja, Gson, Symfony, .NET

_Span: TypeAlias = tuple[int, int]


class Redactor:
    """Takes secrets out of what passes, in the spellings that systems echo them in; one for each answer."""

    def __init__(self, *secrets: str) -> None:
        """Each has 1 to 24576 printable ASCII characters: the token, and what else it is sent as."""
        if not all(each.isascii() and each.isprintable() and 1 <= len(each) <= _LONGEST for each in secrets):
            raise ValueError(f"A secret has 1 to {_LONGEST} printable ASCII characters.")
        self._spellings = {spelling for secret in secrets for spelling in _spellings(secret)}
        self._held = bytearray()
        self._searched = 0  # of the held bytes
        self._spans: list[_Span] = []  # of the held bytes

    def whole(self, value: bytes) -> bytes:
        """Return a complete value, such as a header or a path, without the secrets."""
        spans = [span for spelling in self._spellings for span in _occurrences(spelling, value, 0)]
        return _redacted(value, len(value), spans)[0]

    def feed(self, chunk: bytes) -> bytes:
        """Return what can be passed on of a stream: whole lines, and of a very long one all but its end."""
        lines = chunk.rfind(b"\n") + 1  # no spelling goes beyond one
        self._held += chunk
        waits = len(chunk) - lines if lines else len(self._held)
        if waits > _HELD + _STEP:
            waits = _HELD
        return self._passed(len(self._held) - waits)

    def finish(self) -> bytes:
        """Return what was held back, at the end of the stream."""
        return self._passed(len(self._held))

    def _passed(self, keep: int) -> bytes:
        if not keep:
            return b""
        data = bytes(self._held)
        for spelling in self._spellings:
            self._spans += _occurrences(spelling, data, max(0, self._searched - len(spelling) + 1))
        passed, self._spans = _redacted(data, keep, self._spans)
        del self._held[:keep]
        self._searched = len(self._held)
        return passed


def _occurrences(spelling: bytes, data: bytes, start: int) -> list[_Span]:
    """Return where it lies in `data` from `start` on; those that follow at its own period are one span.

    Any others overlap by less than half, so the time is linear, also for "aaaa".
    """
    spans: list[_Span] = []
    at = data.find(spelling, start)
    if at < 0:
        return spans
    size, period = len(spelling), _beginning(spelling, spelling, 1)
    while at >= 0:
        end = at + size
        while period < size and data.startswith(spelling[-period:], end):
            end += period
        spans.append((at, end))
        at = data.find(spelling, end - size + 1)
    return spans


def _beginning(spelling: bytes, data: bytes, start: int) -> int:
    """Return where the longest end of `data` begins, from `start` on, that is a beginning of it and not all of it."""
    at = max(start, len(data) - len(spelling) + 1)
    while (at := data.find(spelling[:1], at)) >= 0:
        if spelling.startswith(data[at:]):
            return at
        at += 1
    return len(data)


def _redacted(data: bytes, keep: int, spans: list[_Span]) -> tuple[bytes, list[_Span]]:
    """Return the first `keep` bytes without the spans, and those of the rest; one from before 0 has its mark."""
    if not spans:
        return data[:keep], spans
    runs: list[_Span] = []
    for begin, end in sorted(spans):
        first, last = runs.pop() if runs and begin < runs[-1][1] else (begin, end)
        runs.append((first, max(last, end)))
    parts: list[bytes] = []
    done = 0
    for begin, end in (run for run in runs if run[0] < keep):
        parts += (data[done:begin], _MARK) if begin >= 0 else ()
        done = end
    parts.append(data[done:keep])
    return b"".join(parts), [(begin - keep, end - keep) for begin, end in runs if end > keep]


def _spellings(secret: str) -> Iterator[bytes]:
    raw = secret.encode()
    yield raw
    encoded = {*_in_urls(secret), *_in_json(secret), *_in_base64(raw), raw.hex(), raw.hex().upper()}
    yield from (each.encode() for each in encoded if len(each) >= _SHORTEST)


def _in_urls(secret: str) -> Iterator[str]:
    every = "%" + secret.encode().hex("%").upper()
    form = quote_plus(secret, safe="*").replace("~", "%7E")  # as browsers send it; JavaScript's own is the next
    for quoted in (form, quote_plus(secret), every, *(quote(secret, safe=kept) for kept in _KEPT_IN_URLS)):
        yield quoted
        yield re.sub("%..", lambda escape: escape[0].lower(), quoted)


def _in_json(secret: str) -> Iterator[str]:
    digits = secret.encode().hex(" ")
    yield from ("\\u00" + every.replace(" ", "\\u00") for every in (digits, digits.upper()))
    for characters, form in product(_ESCAPED_IN_JSON, ("\\u{:04x}", "\\u{:04X}")):
        escaped = secret.replace("\\", "\\\\")
        for each in characters:
            escaped = escaped.replace(each, form.format(ord(each)))
        escaped = escaped.replace('"', '\\"')
        yield from (escaped, escaped.replace("/", "\\/"))


def _in_base64(raw: bytes) -> Iterator[str]:
    alone = b64encode(raw).decode()
    found = [alone, alone.rstrip("=")]
    for shift in range(3):  # of its first byte in what is encoded; the bits that it shares are cut off
        text = b64encode(b"\0" * shift + raw).decode()
        found.append(text[-(-shift * 8 // 6) : (shift + len(raw)) * 8 // 6])
    for each in found:
        yield from (each, each.replace("+", "-").replace("/", "_"))
