"""What people are called and what they look for: any text over HTTP, on a service that the whole property shares."""

import json
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Client
from tests.effort import effort
from tests.users.factories import user_body

from remuner.shared.text import fold

JSON = {"Content-Type": "application/json"}
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
WHITE_SPACE += "\u2028\u2029\u202f\u205f\u3000"  # all that Unicode calls so
LETTERS = st.characters() | st.sampled_from("aA%_\\<\u202e\u0301\u0345ßẞ\u0131\u0130\u017fΣς\0\x1c\x7f\ud800\udc00")
TEXTS = st.text(LETTERS, max_size=6) | st.text(LETTERS, min_size=46, max_size=54)
TEXTS |= st.builds("{1}{0}{2}".format, TEXTS, st.text(WHITE_SPACE, max_size=3), st.text(WHITE_SPACE, max_size=3))
TEXTS |= st.text(st.sampled_from("😀é"), min_size=49, max_size=51)


def spellings(text: str) -> set[str]:
    """Return other ways to write it that count as the same."""
    ways = {str.upper, str.lower, str.swapcase, str.title, str.casefold}
    found = {way(text) for way in ways} | {normalize(form, text) for form in ("NFC", "NFD")}
    return {each for each in found if fold(each) == fold(text)}


async def refused_at(client: Client, field: str, value: str) -> bool:
    """Create a user and return whether that was refused with a pointer to this field; nothing else may happen."""
    answer = await client.post("/v1/users", content=json.dumps(user_body(**{field: value})).encode(), headers=JSON)
    if 201 == answer.status_code:
        return False
    assert (422, [f"/{field}"]) == (answer.status_code, [error["pointer"] for error in answer.json()["errors"]])
    return True


async def found(client: Client, **query: str) -> list[dict[str, str]]:
    """Return the users of a list's only page."""
    answer = await client.get("/v1/users", params={"limit": "200", **query})
    assert 200 == answer.status_code, query
    items: list[dict[str, str]] = answer.json()["items"]
    return items


async def forget_all(client: Client) -> None:
    """Make room for the next example."""
    for user in await found(client):
        assert 204 == (await client.delete(f"/v1/users/{user['id']}")).status_code


@pytest.mark.fuzz
@effort(100)
@given(st.lists(TEXTS, max_size=4))
async def test_a_name_is_kept_found_and_sorted(client: Client, texts: list[str]) -> None:
    """1 to 50 characters, no controls: as it went in, but for white space around it; anything else is refused."""
    await forget_all(client)
    names = []
    for text in texts:
        name = text.strip(WHITE_SPACE)
        good = 1 <= len(name) <= 50 and not {"Cc", "Cs"} & set(map(category, name))
        assert good is not await refused_at(client, "first_name", text)
        if good:
            names.append(name)
            await client.patch(f"/v1/users/{(await found(client))[-1]['id']}", json={"last_name": text})
    assert names == [user["first_name"] for user in await found(client)]
    by_name = await found(client, sort="last_name")
    assert sorted(by_name, key=lambda user: (fold(user["first_name"]), user["id"])) == by_name
    for name in names:
        for q in spellings(name):
            assert name in [user["first_name"] for user in await found(client, q=q)], q


NASTY = ["a@b", "a@b.c", "@", "a@@b.co", '"a b"@example.com', "a@[127.0.0.1]", "a@exa_mple.com", "a@xn--.com", "é@é.fr"]
NASTY += ["a@example.com.", ".a@example.com", "a+b@example.com", "_\\%@example.com", "\u0301@example.com", "µ@µ.com"]
NASTY += ["a\u202e@example.com", "a@ex\u00admple.com", "a@\uff11.com", "a@⑴.com", "\u0131@\u0130.com", "ß@straße.de"]
NASTY += ["a@xn--strae-oqa.de", "ﬁ@ﬁ.com", "ς@ς.com", f"{'a' * 65}@example.com"]
NASTY += [f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 60}.com"]
DOMAINS = st.sampled_from(["example.com", "ÉCOLE.fr", "ς.com"])
EMAILS = st.emails() | st.sampled_from(NASTY) | st.builds("{}@{}".format, st.text(LETTERS, max_size=4), DOMAINS)
EMAILS |= st.builds("{1}{0}{2}".format, EMAILS, st.text(WHITE_SPACE, max_size=2), st.text(WHITE_SPACE, max_size=2))


@pytest.mark.fuzz
@effort(150)
@given(EMAILS)
async def test_an_email_is_found_and_unique_or_refused(client: Client, email: str) -> None:
    """Accepted, it is found by what is shown, and taken, in any case; else it is refused, and nothing else happens."""
    await forget_all(client)
    if await refused_at(client, "email", email):
        assert [] == await found(client)
        return
    (user,) = await found(client)
    for spelling in {email, *spellings(user["email"])}:
        answer = await client.post("/v1/users", json=user_body(email=spelling))
        assert (409, "email_taken") == (answer.status_code, answer.json()["code"]), spelling
    for spelling in spellings(user["email"]):
        assert [user] == await found(client, q=spelling), spelling
