"""Content codings undone: what comes out, what is refused, and what a bomb costs."""

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import effort

from remuner.shared.decoding import codings_of, decoded
from remuner.shared.upstream import UpstreamMalformed, UpstreamTooLarge

TEXT = b"".join(b"%d bottles, " % each for each in range(6000))
MEBIBYTE = 1024 * 1024


def raw_deflate(data: bytes) -> bytes:
    """Return it as some servers send deflate, without a zlib header."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


async def stream(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    """Give the parts one after the other."""
    for part in parts:
        yield part


async def decode(data: bytes, *codings: bytes, max_bytes: int = MEBIBYTE, size: int = 1000) -> bytes:
    """Return what comes out of data that comes in parts of that size."""
    parts = (data[each : each + size] for each in range(0, len(data), size))
    return b"".join([part async for part in decoded(stream(parts), codings, max_bytes)])


CODED = {
    "identity": (TEXT, ()),
    "gzip": (gzip.compress(TEXT), (b"gzip",)),
    "x-gzip": (gzip.compress(TEXT), (b"x-gzip",)),
    "members": (gzip.compress(TEXT[:9000]) + gzip.compress(b"") + gzip.compress(TEXT[9000:]), (b"gzip",)),
    "zlib": (zlib.compress(TEXT), (b"deflate",)),
    "raw deflate": (raw_deflate(TEXT), (b"deflate",)),
    "stored": (zlib.compress(TEXT, 0), (b"deflate",)),
    "two": (gzip.compress(zlib.compress(TEXT)), (b"deflate", b"gzip")),
}


@pytest.mark.parametrize("size", [1, 7, 1000, MEBIBYTE])
@pytest.mark.parametrize("coded", CODED)
async def test_what_was_coded_comes_out(coded: str, size: int) -> None:
    """In every coding, wherever the network cuts it."""
    data, codings = CODED[coded]
    assert TEXT == await decode(data, *codings, size=size)


@pytest.mark.parametrize("coded", [each for each in CODED if each != "identity"])
async def test_steps_do_not_tell_how_well_it_was_packed(coded: str) -> None:
    """They are the same wherever the network cuts it: what a part of it stands for stays unknown."""
    data, codings = CODED[coded]
    for size in (1, 100, 1000):
        parts = stream(data[each : each + size] for each in range(0, len(data), size))
        steps = [len(part) async for part in decoded(parts, codings, MEBIBYTE)]
        assert [65536] * (len(steps) - 1) == steps[:-1]


@pytest.mark.parametrize("codings", [(b"gzip",), (b"deflate",), (b"deflate", b"gzip")])
async def test_nothing_is_nothing(codings: tuple[bytes, ...]) -> None:
    """Servers say gzip, too, where there is no body."""
    assert b"" == await decode(b"", *codings)


@pytest.mark.parametrize("coded", ["gzip", "members", "zlib", "raw deflate", "two"])
@pytest.mark.parametrize("cut", [1, 9, 20])
async def test_what_is_cut_off_is_refused(coded: str, cut: int) -> None:
    """Nobody can tell what was missing."""
    data, codings = CODED[coded]
    with pytest.raises(UpstreamMalformed):
        await decode(data[:-cut], *codings)


@pytest.mark.parametrize("coded", ["gzip", "members", "zlib", "raw deflate", "two"])
@pytest.mark.parametrize("garbage", [b"\0", b"garbage", b"\x1f"])
async def test_what_follows_the_end_is_refused(coded: str, garbage: bytes) -> None:
    """It would be seen by one reader and not by another."""
    data, codings = CODED[coded]
    with pytest.raises(UpstreamMalformed):
        await decode(data + garbage, *codings)


@pytest.mark.parametrize("coded", ["gzip", "zlib", "two"])
async def test_what_is_corrupt_is_refused(coded: str) -> None:
    """A checksum fails, or the data makes no sense."""
    data, codings = CODED[coded]
    for place in (len(data) // 2, len(data) - 5):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        with pytest.raises(UpstreamMalformed):
            await decode(bytes(broken), *codings)


async def test_another_coding_than_named_is_refused() -> None:
    """A body that is not coded at all, too."""
    for data in (TEXT, zlib.compress(TEXT)):
        with pytest.raises(UpstreamMalformed):
            await decode(data, b"gzip")


@pytest.mark.parametrize("coded", CODED)
async def test_the_limit_is_the_largest_that_passes(coded: str) -> None:
    """One byte less is too little for the body, coded or not."""
    data, codings = CODED[coded]
    size = max(len(TEXT), len(data))
    assert TEXT == await decode(data, *codings, max_bytes=size)
    with pytest.raises(UpstreamTooLarge):
        await decode(data, *codings, max_bytes=size - 1)


async def test_what_is_larger_coded_than_decoded_is_counted_as_sent() -> None:
    """Empty blocks, a million of them, decode to nothing."""
    packer = zlib.compressobj(wbits=31)
    start = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    endless = start + b"\0\0\0\xff\xff" * 100_000
    with pytest.raises(UpstreamTooLarge):
        await decode(endless, b"gzip", max_bytes=200_000)


async def test_too_many_parts_are_refused() -> None:
    """Each costs time, though it may hold a byte only."""
    assert 100_000 == len(await decode(bytes(100_000), size=1))
    with pytest.raises(UpstreamTooLarge):
        await decode(bytes(100_001), size=1)


async def test_many_empty_members_are_refused() -> None:
    """They would cost time for ever, and never reach the limit of what they decode to."""
    assert b"" == await decode(gzip.compress(b"") * 1000, b"gzip")
    with pytest.raises(UpstreamMalformed):
        await decode(gzip.compress(b"") * 1001, b"gzip")


@pytest.mark.parametrize("layers", [1, 2])
async def test_a_bomb_costs_a_step_of_memory(layers: int) -> None:
    """100 MiB that come in one part of 100 kB, or of a few hundred bytes, are unpacked as far as the limit."""
    bomb = gzip.compress(bytes(100 * MEBIBYTE), 9)
    if layers > 1:
        bomb = gzip.compress(bomb, 9)
    seen = 0

    async def unpack() -> None:
        nonlocal seen
        async for part in decoded(stream([bomb]), [b"gzip"] * layers, 10 * MEBIBYTE):
            seen += len(part)

    tracemalloc.start()
    try:
        with pytest.raises(UpstreamTooLarge):
            await unpack()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 10 * MEBIBYTE - 65536 <= seen <= 10 * MEBIBYTE
    assert peak < MEBIBYTE


async def test_each_of_two_codings_is_bounded() -> None:
    """Much in between that decodes to nothing is too large as well."""
    endless = zlib.compressobj(wbits=31)
    inner = endless.compress(b"") + endless.flush(zlib.Z_FULL_FLUSH) + b"\0\0\0\xff\xff" * MEBIBYTE
    coded = gzip.compress(inner, 9)
    assert len(coded) < 100_000
    with pytest.raises(UpstreamTooLarge):
        await decode(coded, b"gzip", b"gzip")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([b"identity"], []),
        ([b""], []),
        ([b"gzip"], [b"gzip"]),
        ([b" GZip "], [b"gzip"]),
        ([b"deflate, x-gzip"], [b"deflate", b"x-gzip"]),
        ([b"deflate", b"identity,,gzip"], [b"deflate", b"gzip"]),
    ],
)
def test_codings_are_read(values: list[bytes], expected: list[bytes]) -> None:
    """In one header or several, in any case; identity is none."""
    headers = [(b"content-type", b"br"), *((b"content-encoding", value) for value in values)]
    assert expected == codings_of(headers)


@pytest.mark.parametrize("value", [b"br", b"zstd", b"compress", b"gzip;q=1", b"gzip, br", b"gzip, gzip, gzip", b"\xff"])
def test_unknown_codings_are_refused(value: bytes) -> None:
    """Nobody could tell what is in it; nor does anybody pack three times."""
    with pytest.raises(UpstreamMalformed):
        codings_of([(b"content-encoding", value)])


@pytest.mark.fuzz
@effort(300)
@given(data=st.binary(max_size=300), place=st.integers(0), change=st.integers(1, 255), layers=st.integers(1, 2))
async def test_a_changed_byte_changes_nothing_or_is_refused(data: bytes, place: int, change: int, layers: int) -> None:
    """Wherever it is; and nothing but the refusals is raised."""
    coded = bytearray(data)
    for _ in range(layers):
        coded = bytearray(gzip.compress(coded))
    coded[place % len(coded)] ^= change
    with suppress(UpstreamMalformed, UpstreamTooLarge):
        assert data == await decode(bytes(coded), *[b"gzip"] * layers, size=10)
