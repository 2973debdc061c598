"""A plan for each planted bug, in which it cannot hide; without the bug nothing may be found in it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slackapp.core.fault_points import Point
from tests.faults.app_plan import AppPlan
from tests.faults.plan import Crew, How, Lengths, Plan, Saying, Strike, Until

KEY = "probe:0:card"
#: Settling takes longer than a busy machine may be late by, and the history lags for nearly as long.
LENGTHS = Lengths(lease=1.6, margin=0.5, settle=1.6, patience=0.4, poll=0.05, history_lag=1.2)
STRUCK_ONCE = ("relay-1", 1)


def post(*faults: str | None, **more: Any) -> Mapping[str, Any]:  # noqa: ANN401 - the fields of `Rule`
    """What befalls the first posts."""
    return {"method": "chat.postMessage", "faults": list(faults), **more}


def mark(point: Point, nth: int = 1, *, until: Until | None = None) -> Strike:
    """Nothing happens there, but that others may wait for it; or it waits for others itself."""
    return Strike(point, nth, How.WAIT if until is None else How.STOP, until=until)


_HELLO = Saying(0.0, 0, KEY, text="Hello")


# Whoever is stopped until another has done something is so on PostgreSQL: on SQLite it may hold the lock that
# the other waits for, in the middle of a claim.
def _plan(*strikes: Strike, **more: Any) -> Plan:  # noqa: ANN401 - the fields of `Plan`
    """One message, a relay, and once that is struck a second one that is not."""
    relays = (Crew("relay-1", (strikes,) if strikes else ()), Crew("relay-2", after=STRUCK_ONCE))
    plan = Plan(0, "sqlite", relays, Crew("writer"), (_HELLO,), lengths=LENGTHS)
    return replace(plan, **more)


def _meanwhile(*sayings: Saying, rules: tuple[Mapping[str, Any], ...] = (), lasts: float = 2.0) -> Plan:
    """What is said while the first post is answered: neither before it was made, nor after that is kept."""
    relay = Crew("relay-1", ((mark(Point.ANSWERED, until=("writer", 2)),),))
    writer = (mark(Point.COMMITTED, until=STRUCK_ONCE), mark(Point.COMMITTED, 2))
    return Plan(
        0,
        "postgres",
        (relay,),
        Crew("writer", (writer,)),
        (_HELLO, *sayings),
        lengths=LENGTHS,
        rules=rules,
        lasts=lasts,
    )


def _more(count: int) -> tuple[Saying, ...]:
    """Other messages to other channels, one after the other."""
    return tuple(
        Saying(0.2 * number, 0, f"probe:{number + 1}:card", ("channel", number % 4), f"Hello {number}")
        for number in range(count)
    )


def _app(*strikes: Strike, **more: Any) -> AppPlan:  # noqa: ANN401 - the fields of `AppPlan`
    """One person who records one launch, and one replica."""
    plan = AppPlan(
        0, "sqlite", (Crew("replica-1", (strikes,)),), launches=(1,), lengths=LENGTHS, morning=False
    )
    return replace(plan, **more)


#: The form is noted, and nothing is recorded yet.
_AT_THE_SUBMIT = Strike(Point.NOTED, 1, How.KILL, key="view_submission")
_REPLY = Saying(0.0, 0, "probe:1:card", text="A reply", reply_to=KEY)

PLANS: Mapping[str, Plan | AppPlan] = {
    "settles_from_the_first_try": _plan(
        rules=(post("reset_before", "reset_after"),),
        lengths=replace(LENGTHS, settle=3.0, history_lag=2.8),
    ),
    # It never waits so long, and may be as late as a busy machine makes it.
    "searches_without_settling": _plan(
        rules=(post("reset_after"),), lengths=replace(LENGTHS, settle=12.0, history_lag=11.0)
    ),
    "sends_again_without_a_search": _plan(rules=(post("reset_after"),)),
    # Slack says that it does not find what it has shared: then it is brought anew.
    "shares_again_without_a_look": _plan(
        rules=({"method": "files.completeUploadExternal", "faults": ["reset_after"]},),
        sayings=(replace(_HELLO, file=True),),
        lengths=replace(LENGTHS, history_lag=0.2, settle=0.8),
    ),
    # It goes on when the other has posted.
    "never_looks_at_its_watch": _plan(
        database="postgres",
        relays=(
            Crew("relay-1", ((mark(Point.ANNOUNCED, until=("relay-2", 1)), mark(Point.RECORDED)),)),
            Crew("relay-2", ((mark(Point.RECORDED),),), after=STRUCK_ONCE),
        ),
        until=("relay-1", 2),
    ),
    # While the first waits for its connection the second stops the worker, until the other has posted both.
    "looks_at_its_watch_too_soon": _plan(
        database="postgres",
        sayings=(_HELLO, Saying(0.0, 0, "probe:1:card", ("channel", 1), "Hello")),
        writer=Crew("writer", ((mark(Point.COMMITTED, 2),),)),
        relays=(
            Crew(
                "relay-1",
                ((mark(Point.ANNOUNCED, 2, until=("relay-2", 1)), mark(Point.RECORDED)),),
                after=("writer", 1),
            ),
            Crew("relay-2", ((mark(Point.RECORDED, 2),),), after=STRUCK_ONCE),
        ),
        # Or the call would end by its own time-out.
        lengths=replace(LENGTHS, patience=20.0),
        until=("relay-1", 2),
    ),
    "posts_then_marks": _plan(Strike(Point.ANSWERED, 1, How.KILL)),
    "marks_then_posts": _plan(Strike(Point.ANNOUNCED, 1, How.KILL)),
    # While it is stopped another takes over and posts, and is stopped until the first has posted again.
    "writes_without_its_fence": _plan(
        database="postgres",
        rules=(post("429:0.2"),),
        relays=(
            Crew("relay-1", ((mark(Point.ANSWERED, until=("relay-2", 1)), mark(Point.ANSWERED, 2)),)),
            Crew("relay-2", ((mark(Point.ANSWERED, until=("relay-1", 2)),),), after=STRUCK_ONCE),
        ),
        lengths=replace(LENGTHS, lease=3.0),
        until=("relay-1", 2),
    ),
    "lets_the_sdk_retry": _plan(rules=(post("reset_after"),)),
    "ignores_retry_after": _plan(
        rules=(post("429:4", forever=True, seconds=3.0),), sayings=(_HELLO, *_more(12)), lasts=4.0
    ),
    "sends_what_is_withdrawn": _meanwhile(
        Saying(0.0, 0, KEY, withdraw=True), rules=(post("reset_before"),), lasts=3.0
    ),
    # So long the reply has a chance to be first.
    "replies_before_its_parent": replace(
        _meanwhile(_REPLY, rules=(post("reset_before"),)), lengths=replace(LENGTHS, settle=4.0)
    ),
    "sends_early": _plan(
        sayings=(_HELLO, Saying(0.1, 0, "probe:1:card", text="Later", due=60)),
        relays=(Crew("relay-1", ((mark(Point.RECORDED, 2),),)),),
        until=("relay-1", 1),
    ),
    "leases_for_ever": _plan(Strike(Point.CLAIMED, 1, How.KILL), calm=5.0),
    "takes_the_newest_for_shown": _meanwhile(Saying(0.0, 0, KEY, text="Hello again")),
    "gives_no_reason": _plan(rules=(post("says:not_in_channel"),)),
    "mixes_up_tokens": _plan(),
    "prints_its_token": _plan(),
    "ends_in_a_hurry": _plan(relays=(Crew("relay-1", ((mark(Point.RECORDED),),)),), until=STRUCK_ONCE),
    "acknowledges_before_the_commit": _app(_AT_THE_SUBMIT),
    # On SQLite a transaction within a transaction waits for itself.
    "notes_apart_from_the_effect": _app(_AT_THE_SUBMIT, database="postgres"),
    "takes_everything_for_new": _app(double_clicks=frozenset({0})),
}
#: Which invariant has to find each of them.
FOUND_BY: Mapping[str, str] = {
    "settles_from_the_first_try": "posted_once",
    "searches_without_settling": "posted_once",
    "sends_again_without_a_search": "posted_once",
    "shares_again_without_a_look": "posted_once",
    "never_looks_at_its_watch": "posted_once",
    "looks_at_its_watch_too_soon": "posted_once",
    "posts_then_marks": "posted_once",
    "marks_then_posts": "sent_is_posted",
    "writes_without_its_fence": "posted_once",
    "lets_the_sdk_retry": "posted_once",
    "ignores_retry_after": "nobody_calls_too_early",
    "sends_what_is_withdrawn": "withdrawn_is_not_sent",
    "replies_before_its_parent": "parents_first",
    "sends_early": "none_early",
    "leases_for_ever": "everything_ends",
    "takes_the_newest_for_shown": "shown_is_wanted",
    "gives_no_reason": "dead_have_reasons",
    "mixes_up_tokens": "tokens_are_kept_apart",
    "prints_its_token": "no_secret_in_a_log",
    "ends_in_a_hurry": "ends_cleanly",
    "acknowledges_before_the_commit": "one_effect_each",
    "notes_apart_from_the_effect": "one_effect_each",
    "takes_everything_for_new": "one_effect_each",
}


def directed(name: str, *, planted: bool = True) -> Plan | AppPlan:
    """The plan that catches this bug; not `planted`: the same without it. KeyError for no such bug."""
    return replace(PLANS[name], bug=name if planted else None)
