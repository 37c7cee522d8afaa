"""How many wrong credentials one address may try."""

import time

from limits import RateLimitItemPerSecond
from starlette.types import Scope

from remuner.shared.rate_limits import WrongCredentials


def _from(address: str | None) -> Scope:
    return {"client": (address, 5)} if address else {}


def test_beyond_twenty_in_a_minute_the_answer_is_429() -> None:
    """Each address by itself, whatever its port; one that is not known counts, too."""
    wrong = WrongCredentials()
    for address in ("192.0.2.1", "2001:db8::1", None):
        codes = [wrong.refusal(_from(address)).code for _ in range(22)]
        assert ["unauthenticated"] * 20 + ["rate_limited"] * 2 == codes
    refused = wrong.refusal(_from("192.0.2.1"))
    assert 50 <= int(refused.headers["Retry-After"]) <= 60


def test_after_the_seconds_it_names_it_is_401_again() -> None:
    """The window moves on."""
    wrong = WrongCredentials(RateLimitItemPerSecond(2, 1))
    codes = [wrong.refusal(_from("192.0.2.1")).code for _ in range(3)]
    assert ["unauthenticated", "unauthenticated", "rate_limited"] == codes
    time.sleep(int(wrong.refusal(_from("192.0.2.1")).headers["Retry-After"]) + 0.05)
    assert "unauthenticated" == wrong.refusal(_from("192.0.2.1")).code


def test_the_last_of_very_many_addresses_share_one_count() -> None:
    """So that memory is bounded; those that were counted already keep their own."""
    wrong = WrongCredentials(addresses=2)
    codes = [wrong.refusal(_from(f"192.0.2.{number}")).code for number in range(30)]
    assert ["unauthenticated"] * 22 + ["rate_limited"] * 8 == codes
    assert "unauthenticated" == wrong.refusal(_from("192.0.2.0")).code
