"""Comparing text as people do."""

from unicodedata import normalize


def fold(text: str) -> str:
    """Return what equal texts share, whatever their case and composition.

    Canonical caseless matching, Unicode 16.0 section 3.13, D145.
    """
    return normalize("NFC", normalize("NFD", text).casefold())
