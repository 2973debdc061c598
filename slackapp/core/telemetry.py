"""What is counted and timed for whoever watches the app; every process has its own, served at /metrics."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

#: Seconds. A message is hardly ever late by less, and after a day nobody looks at how much.
_LATENESS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 86_400)
_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


#: Reasons kept apart in one process. Slack's are few; should it invent more, they are counted together.
MOST_REASONS = 100


class Telemetry:
    """Times are seconds. Lateness is story time, everything else is wire time of this process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._reasons = set[str]()

        def counter(name: str, documentation: str, *labels: str) -> Counter:
            return Counter(f"afterlaunch_{name}", documentation, labels, registry=self.registry)

        def histogram(name: str, documentation: str, buckets: tuple[float, ...]) -> Histogram:
            return Histogram(
                f"afterlaunch_{name}_seconds", documentation, buckets=buckets, registry=self.registry
            )

        self.lateness = histogram(
            "outbox_lateness", "From when a message was due until Slack accepted it.", _LATENESS
        )
        self.claim_time = histogram("outbox_claim", "How long claiming a batch took.", _QUICK)
        self.claimed = counter("outbox_claimed", "Messages claimed.")
        self.outcomes = counter(
            "outbox_outcomes", "What calls to Slack for the outbox came to.", "method", "outcome"
        )
        self.retries = counter("outbox_retries", "Messages put back to be tried again.", "reason")
        self.dead = counter("outbox_dead", "Messages given up, by the reason.", "reason")
        self.reconciled = counter("outbox_reconciles", "Sends of unknown outcome cleared up.", "result")
        self.fenced = counter("outbox_fenced", "Sends or writes given up because the claim was lost.")
        self.inbound = counter("inbound", "Payloads from Slack that were handled.", "kind")
        self.duplicates = counter("inbound_duplicates", "Payloads that had come before.", "kind")
        self.failed = counter("inbound_failed", "Payloads at which something unexpected happened.", "kind")
        self.refused = counter("gate_refused", "HTTP requests refused before they were read.", "reason")
        self.job_failures = counter("job_failures", "Times a job failed in some workspace.", "job")
        self.heartbeat_age = Gauge(
            "afterlaunch_heartbeat_age_seconds",
            "Since the last whole heartbeat ended.",
            registry=self.registry,
        )

    def reason(self, given: str) -> str:
        """The reason as a label: the same, or `other` once there are too many."""
        if len(self._reasons) < MOST_REASONS:
            self._reasons.add(given)
        return given if given in self._reasons else "other"
