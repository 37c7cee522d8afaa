"""What Prometheus may ask for. No label holds anything that a client could choose freely."""

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from remuner.shared.cache import Cache, CacheEvent
from remuner.shared.context import current_caller
from remuner.shared.problems import KINDS
from remuner.shared.served import Served

_REFUSED = (401, 403, 429)
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
disable_created_metrics()  # type: ignore[no-untyped-call] # a second series for each, which nobody reads


class Metrics:
    """The numbers of this process."""

    def __init__(self, connections_in_use: Callable[[], int], caches: Iterable[Cache] = ()) -> None:
        """`connections_in_use` tells how many of the database's pool are."""
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Counter(
            "remuner_http_requests",
            "Requests that have been answered.",
            ("method", "route", "status", "minor"),
            registry=registry,
        )
        self._duration = Histogram(
            "remuner_http_request_duration_seconds",
            "From the head of the request to the end of its answer.",
            ("method", "route"),
            registry=registry,
            buckets=_BUCKETS,
        )
        self._series: dict[tuple[str, str, int, str], tuple[Counter, Histogram]] = {}  # looking labels up takes longer
        self._refused = Counter(
            "remuner_http_refused", "Attempts that were not allowed, by problem code.", ("code",), registry=registry
        )
        for code, kind in KINDS.items():
            if kind.status in _REFUSED:
                self._refused.labels(code)
        self._retiring = Counter(
            "remuner_http_retiring_minor_requests",
            "Requests to a minor on its way out, by the id of the access key; without one, by whose they are.",
            ("minor", "key"),
            registry=registry,
        )
        in_use = Gauge("remuner_database_connections_in_use", "Of the pool of this process.", registry=registry)
        in_use.set_function(connections_in_use)
        for cache in caches:
            registry.register(_CacheNumbers(cache))

    def count(self, request: Served) -> None:
        """Count a request that has been answered."""
        key = (request.method, request.route, request.status, request.minor or "")
        if (series := self._series.get(key)) is None:
            series = self._series[key] = self._requests.labels(*key), self._duration.labels(*key[:2])
        requests, duration = series
        requests.inc()
        duration.observe(request.seconds)
        if request.retiring:
            caller = current_caller.get()
            self._retiring.labels(request.minor, caller.key_id or caller.name).inc()
        if request.status in _REFUSED and request.code:
            self._refused.labels(request.code).inc()

    def text(self) -> bytes:
        """Return all of them in Prometheus's text format, version 0.0.4."""
        return generate_latest(self._registry)


class _CacheNumbers(Collector):
    """What a cache counts by itself, so that it knows nothing of metrics."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        """Show the numbers as they are now."""
        events = CounterMetricFamily(
            "remuner_cache_events",
            "Reads that hit, missed or went past the cache; fills, and leases lost before one; closures.",
            labels=["event"],
        )
        numbers = self._cache.numbers
        for event in CacheEvent:
            events.add_metric([event], numbers.get(event, 0))
        yield events
        yield GaugeMetricFamily("remuner_cache_breaker_open", "1 while the cache is left alone.", not self._cache.well)
        yield GaugeMetricFamily("remuner_cache_open", "1 while readers use it.", self._cache.open)
