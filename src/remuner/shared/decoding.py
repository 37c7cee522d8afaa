"""The content coding of an answer, undone in steps and within bounds: a bomb costs no more than a step of memory."""

import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from itertools import chain

from remuner.shared.upstream import Headers, UpstreamMalformed, UpstreamTooLarge

_KNOWN = frozenset({b"gzip", b"x-gzip", b"deflate"})
_AT_MOST = 2
"""So many codings in a row; nobody uses more in earnest."""

_PARTS = 100_000
"""So many as sent: each costs time, whatever it holds, and chunks may hold a byte."""

_STEP = 65536
_MEMBERS = 1000
"""So many in a gzip file: each costs time, and an empty one gives nothing that would be counted."""

_GZIP, _ZLIB, _RAW = zlib.MAX_WBITS + 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
_ZLIB_METHOD = 8


def codings_of(headers: Headers) -> Sequence[bytes]:
    """Return the codings in the order of their making, identity left out; raises UpstreamMalformed for unknown ones."""
    named = b",".join(value for name, value in headers if name == b"content-encoding").lower().split(b",")
    codings = [coding for each in named if (coding := each.strip()) not in {b"", b"identity"}]
    if len(codings) > _AT_MOST or not _KNOWN.issuperset(codings):
        raise UpstreamMalformed
    return codings


async def decoded(body: AsyncIterator[bytes], codings: Sequence[bytes], max_bytes: int) -> AsyncGenerator[bytes, None]:
    """Yield the body without its codings; of what was coded always the same steps.

    Steps as the coded body comes would tell how well each part of it was packed, and so what is said twice in it: the
    secret that it echoes, and a guess at it.

    Raises UpstreamTooLarge where it is longer than that, coded or decoded, or comes in too many parts, and
    UpstreamMalformed where it is corrupt, cut off or followed by something else. No body at all is none in any coding.
    """
    undoing = [_Coding(coding, max_bytes) for coding in reversed(codings)]
    left, parts_left = max_bytes, _PARTS
    step = bytearray()
    async for data in body:
        left -= len(data)
        parts_left -= 1
        if left < 0 or parts_left < 0:
            raise UpstreamTooLarge
        parts: Iterator[bytes] = iter((data,))
        for coding in undoing:
            parts = chain.from_iterable(map(coding.undo, parts))
        for part in parts:
            if not undoing:
                yield part
                continue
            step += part
            if len(step) >= _STEP:
                yield bytes(step[:_STEP])
                del step[:_STEP]
    for coding in undoing:
        coding.end()
    if step:
        yield bytes(step)


class _Coding:
    """A coding that is being undone."""

    def __init__(self, name: bytes, max_bytes: int) -> None:
        self._deflate = name == b"deflate"
        self._left = max_bytes
        self._members = 0
        self._member = zlib.decompressobj()

    def undo(self, data: bytes) -> Iterator[bytes]:
        """Yield what the data stands for, a step at a time."""
        more = False
        while data or more:
            if not self._members or self._member.eof:
                self._begin(data[0])
            try:
                part = self._member.decompress(data, _STEP)
            except zlib.error:
                raise UpstreamMalformed from None
            self._left -= len(part)
            if self._left < 0:
                raise UpstreamTooLarge
            if part:
                yield part
            data = self._member.unconsumed_tail or self._member.unused_data
            more = len(part) == _STEP and not self._member.eof

    def end(self) -> None:
        """Raise UpstreamMalformed if more should have come."""
        if self._members and not self._member.eof:
            raise UpstreamMalformed

    def _begin(self, first: int) -> None:
        self._members += 1
        if self._members > (1 if self._deflate else _MEMBERS):
            raise UpstreamMalformed
        form = _GZIP
        if self._deflate:  # by the RFC it has a zlib header, which some leave out; no encoder begins like that without
            form = _ZLIB if first & 0x0F == _ZLIB_METHOD else _RAW
        self._member = zlib.decompressobj(form)
