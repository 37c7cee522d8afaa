"""The access key of the first start."""

import httpx2
from asgi_lifespan import LifespanManager

from remuner.main import create_app
from remuner.shared.first_key import keep_first_key, make_first_key
from remuner.shared.settings import Settings


async def _status(settings: Settings, access_key: str) -> int:
    app = create_app(settings)
    async with (
        LifespanManager(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://remuner.test") as client,
    ):
        answer = await client.get("/v1/users/stats", headers={"Authorization": f"Bearer {access_key}"})
        return answer.status_code


async def test_it_is_valid_for_the_embedded_servers_only(settings: Settings) -> None:
    """A key that was left in the data directory does not open a database of the operator's."""
    access_key = make_first_key(settings.data_dir)
    assert access_key
    keep_first_key(settings.data_dir, access_key)
    assert settings.database_url
    embedded = settings.attached(settings.database_url.get_secret_value(), "redis://127.0.0.1:9")
    assert [200, 401] == [await _status(embedded, access_key), await _status(settings, access_key)]
    assert make_first_key(settings.data_dir) is None
