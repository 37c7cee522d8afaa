"""What test_together.py runs in a process of its own: it dies by `kill -9` beside the recording of an event."""

import asyncio
import json
import os
import signal
import sys
from dataclasses import dataclass
from uuid import UUID

from dishka import Provider, Scope, provide
from tests.race import service

from remuner.bridges import AuditTrailBridge
from remuner.shared.audit import AuditEntry
from remuner.shared.settings import Settings
from remuner.users.dependency_injection.providers import UsersDatabase
from remuner.users.domain.ports import AuditTrail


@dataclass(frozen=True)
class _Mortal(AuditTrail):
    """The real trail; the process dies when it is about to record, or has recorded."""

    trail: AuditTrail
    moment: str

    async def record(self, *entries: AuditEntry) -> None:
        if self.moment == "after":
            await self.trail.record(*entries)
        os.kill(os.getpid(), signal.SIGKILL)

    async def forget(self, user_id: UUID) -> None:
        await self.trail.forget(user_id)


class _MortalProvider(Provider):
    scope = Scope.APP

    def __init__(self, moment: str) -> None:
        super().__init__()
        self._moment = moment

    @provide
    def trail(self, database: UsersDatabase) -> AuditTrail:
        return _Mortal(AuditTrailBridge.within(database), self._moment)


async def _work(settings: dict[str, str], moment: str, path: str, body: dict[str, str]) -> None:
    async with service(Settings.model_validate(settings), _MortalProvider(moment)) as client:
        await client.request("PATCH", path, json=body)


if __name__ == "__main__":
    asyncio.run(_work(**json.loads(sys.stdin.readline())))
