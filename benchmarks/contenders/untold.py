"""The whole service but for the audit trail of uses: what that costs a call is the difference."""

from dishka import Provider, Scope, provide

from benchmarks.contenders.limits import settle
from remuner.integrations.domain.ports import UseTrail
from remuner.main import create_app
from remuner.shared.audit import AuditEntry
from remuner.shared.logs import configure_logging
from remuner.shared.settings import load_settings


class _NoTrail(UseTrail):
    async def intend(self, entry: AuditEntry) -> None:
        pass

    def conclude(self, entry: AuditEntry) -> None:
        pass


class _Untold(Provider):
    scope = Scope.APP

    trail = provide(_NoTrail, provides=UseTrail, override=True)


_settings = load_settings()
configure_logging(_settings)
remuner = create_app(_settings, _Untold())
settle()
