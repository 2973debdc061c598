"""What reaches an open port sooner or later: unsigned, malformed, oversized, deep, or signed and nonsense."""

import time
from collections.abc import Callable

from slackapp.gate import LARGEST, WINDOW
from tests.gate.signing import (
    CANARY,
    FORM,
    JSON,
    SIGNATURE,
    TIMESTAMP,
    Headers,
    Make,
    Target,
    as_json,
    click,
    event,
    request,
    signed,
    submit,
)

# What Slack did not sign


def _with(change: Callable[[Headers], Headers], *, timestamp: Callable[[], str] | None = None) -> Make:
    def make(target: Target) -> bytes:
        body = target.command()
        return request(body, change(target.signed(body, timestamp() if timestamp else None)))

    return make


def _at(timestamp: Callable[[], str]) -> Make:
    """Rightly signed, over that timestamp."""
    return _with(lambda headers: headers, timestamp=timestamp)


def _without(*names: str) -> Make:
    return _with(lambda headers: [each for each in headers if each[0] not in names])


def _given(name: str, value: Callable[[str], str]) -> Make:
    return _with(lambda headers: [(key, value(it) if key == name else it) for key, it in headers])


def _added(name: str, value: Callable[[str], str]) -> Make:
    return _with(lambda headers: [*headers, (name, value(dict(headers)[name]))])


def _now(by: float = 0) -> str:
    return str(int(time.time() + by))


UNVERIFIED: dict[str, Make] = {
    "no headers": _without(TIMESTAMP, SIGNATURE),
    "no timestamp": _without(TIMESTAMP),
    "no signature": _without(SIGNATURE),
    "no headers at all": _with(lambda _: []),
    "empty timestamp": _given(TIMESTAMP, lambda _: ""),
    "a word as timestamp": _at(lambda: "yesterday"),
    "a fraction as timestamp": _at(lambda: f"{time.time():.3f}"),
    "a negative timestamp": _at(lambda: f"-{_now()}"),
    "a signed timestamp": _at(lambda: f"+{_now()}"),
    "an exponent": _at(lambda: "1e9"),
    "an underscore in it": _at(lambda: f"{_now()[:4]}_{_now()[4:]}"),
    "a space in it": _at(lambda: f"{_now()[:4]} {_now()[4:]}"),
    "digits of another script": _at(lambda: _now().translate({48 + n: 0x660 + n for n in range(10)})),
    "a superscript": _at(lambda: f"{_now()}²"),
    "an endless timestamp": _at(lambda: "1" * 5000),
    "not a number": _at(lambda: "nan"),
    "zero": _at(lambda: "0"),
    "too old": _at(lambda: _now(-WINDOW - 5)),
    "too new": _at(lambda: _now(WINDOW + 5)),
    "another timestamp than was signed": _given(TIMESTAMP, lambda _: _now(-7)),
    "two timestamps": _added(TIMESTAMP, lambda it: it),
    "empty signature": _given(SIGNATURE, lambda _: ""),
    "a signature that is not ASCII": _given(SIGNATURE, lambda _: "v0=" + "é" * 64),
    "another version": _given(SIGNATURE, lambda it: it.replace("v0=", "v1=")),
    "no version": _given(SIGNATURE, lambda it: it.removeprefix("v0=")),
    "in capitals": _given(SIGNATURE, str.upper),
    "its digits in capitals": _given(SIGNATURE, lambda it: "v0=" + it[3:].upper()),
    "cut short": _given(SIGNATURE, lambda it: it[:-1]),
    "too long": _given(SIGNATURE, lambda it: it + "0"),
    "of the right form, and wrong": _given(SIGNATURE, lambda _: "v0=" + "0" * 64),
    "the same signature twice": _added(SIGNATURE, lambda it: it),
    "a right and a wrong one": _added(SIGNATURE, lambda _: "v0=" + "0" * 64),
    "of another body": lambda target: request(target.command(), target.signed(target.command() + b"&more=1")),
    "of another secret": lambda target: request(
        target.command(),
        Target("0" * 32, target.team_id, target.user_id, target.channel_id).signed(target.command()),
    ),
    "an empty body": lambda _: request(b"", []),
    "a certificate check": lambda _: request(
        b"ssl_check=1&token=" + CANARY.encode(), [("Content-Type", FORM)]
    ),
    "a challenge": lambda _: request(
        as_json(type="url_verification", challenge="c"), [("Content-Type", JSON)]
    ),
}


# What is signed, and nothing Slack would send

_CANARY = CANARY.encode()
_DEEP = b"[" * 100_000

UNREADABLE: dict[str, Make] = {
    "bad UTF-8 in a form": signed(b"payload=\xff\xfe" + _CANARY),
    "bad UTF-8 in JSON": signed(b'{"a": "\xc3\x28' + _CANARY + b'"}', JSON),
    "deep JSON": signed(b'{"' + _CANARY + b'": ' + _DEEP, JSON),
    "deep objects": signed(b'{"a":' * 100_000 + _CANARY, JSON),
    "deep JSON in a form": signed(b"token=" + _CANARY + b"&payload=" + _DEEP + b"]" * 100_000),
    "JSON that breaks off": signed(b'{"a": "' + _CANARY, JSON),
    "a number too long": signed(b'{"' + _CANARY + b'": ' + b"1" * 5000 + b"}", JSON),
    "a list": signed(b'["' + _CANARY + b'"]', JSON),
    "a form that says it is JSON": signed(lambda target: target.command(), JSON),
    "a number as payload": signed(b"token=" + _CANARY + b"&payload=3"),
    "nothing as payload": signed(b"token=" + _CANARY + b"&payload="),
    "null as payload": signed(b"token=" + _CANARY + b"&payload=null"),
    "authorizations that are none": event({"type": "message"}, authorizations=3),
    "a type that is a list": signed(as_json(type=["event_callback"]), JSON),
    "a command nobody gave": signed(lambda target: target.command(user_id="")),
    "a command from nowhere": signed(lambda target: target.command(channel_id="")),
    "a command that could be given twice": signed(lambda target: target.command(trigger_id="")),
    "a NUL in a command": signed(lambda target: target.command(text="a\0b")),
    "an endless user": signed(lambda target: target.command(user_id="U" * 500)),
    "an event that is a list": event([1]),
    "an event that is a word": event("message"),
    "an event that is null": event(None),
    "an event of no type": event({"user": "U1"}),
    "an event whose type is a list": event({"type": ["message"]}),
    "an event without an id": event({"type": "message", "channel": "D1", "ts": "1.0"}, event_id=None),
    "an event with an endless id": event(
        {"type": "message", "channel": "D1", "ts": "1.0"}, event_id="E" * 999
    ),
    "a message by a list": event({"type": "message", "channel": "D1", "ts": "1.0", "user": ["U1"]}),
    "a message by nobody nowhere": event({"type": "message"}),
    "a message in an object": event({"type": "message", "channel": {"id": "D1"}, "ts": "1.0"}),
    "a message whose time is a number": event({"type": "message", "channel": "D1", "ts": 1.0}),
    "half a surrogate in a message": event(
        {"type": "message", "channel": "D1", "ts": "1.0", "text": "\ud800"}
    ),
    "an edit of a word": event({"type": "message", "channel": "D1", "ts": "1.0", "message": "hello"}),
    "a move of nobody": event({"type": "member_joined_channel", "channel": "C1"}),
    "a rename of nothing": event({"type": "channel_rename"}),
    "a team that is a list": click(team=[1]),
    "a team whose id is an object": click(team={"id": {"id": "T1"}}),
    "a user that is a list": click(user=["U1"]),
    "a user without an id": click(user={"name": "mara"}),
    "no actions": click(actions=[]),
    "actions that are a number": click(actions=3),
    "an action that is a word": click(actions=["launches.cancel"]),
    "an action without an id": click(actions=[{"type": "button"}]),
    "a chosen option that is a word": click(actions=[{"action_id": "a", "selected_option": "x"}]),
    "a click that could be done twice": click(trigger_id=None),
    "a container that is a list": click(container=["C1"]),
    "a channel that is a number": click(channel=3),
    "a view that is a word": submit(view="V1"),
    "a view without an id": submit(view={"hash": "1.a", "callback_id": "launches.record"}),
    "a state that is a list": submit(state=[]),
    "values that are a list": submit(state={"values": [1]}),
    "a value that is an object": submit(state={"values": {"title": {"value": {"value": {}}}}}),
    "a value that is a number": submit(state={"values": {"title": {"value": {"value": 3}}}}),
    "an input that is a word": submit(state={"values": {"title": {"value": "x"}}}),
    "options that are a word": submit(state={"values": {"title": {"value": {"selected_options": "x"}}}}),
    "a challenge that is a list": signed(as_json(type="url_verification", challenge=[1]), JSON),
}

#: Bolt and we can read these. Nobody is meant by them, or nothing comes of them but a sentence.
MEANINGLESS: dict[str, tuple[Make, set[int]]] = {
    "nothing": (signed(b""), {200}),
    "an empty object": (signed(b"{}", JSON), {200}),
    "no kind of content": (signed(b"{ }", None), {200}),
    "another kind of content": (signed(lambda target: target.command(), "text/plain"), {200}),
    "JSON that says it is a form": (signed(as_json(type="url_verification", challenge="c"), FORM), {200}),
    "a type we do not know": (signed(as_json(type="app_rate_limited", team_id="T1"), JSON), {200}),
    "a foreign command": (signed(lambda target: target.command(command="/elsewhere")), {404}),
    "another workspace": (signed(lambda target: target.command(team_id="T0ELSEWHERE")), {200}),
    "no workspace": (signed(lambda target: target.command(team_id="")), {200}),
    "an event of another workspace": (event({"type": "channel_left", "channel": "C1"}, team_id="T0"), {200}),
    "an event nobody asked for": (event({"type": "reaction_added", "item": 3}), {404}),
    "a message nobody wrote": (event({"type": "message", "channel": "D1", "ts": "1.0"}), {200}),
    "a certificate check": (signed(b"ssl_check=1&token=" + _CANARY), {200}),
    "a challenge of markup": (signed(as_json(type="url_verification", challenge="<b>\n"), JSON), {200}),
    "100,000 fields": (signed(b"&".join([b"a=1"] * 100_000) + b"&token=" + _CANARY), {200}),
    "a button of another version": (click(actions=[{"action_id": "launches.of_old"}]), {200}),
    "a button with a word for a number": (
        click(actions=[{"action_id": "launches.cancel", "value": "x"}]), {200}),
    "a button with a huge number": (
        click(actions=[{"action_id": "launches.cancel", "value": "9" * 400}]), {200}),
    "a form about nothing": (submit(), {200}),
    "a form about nonsense": (submit(view={
        "id": "V1", "type": "modal", "hash": "2.a", "callback_id": "launches.record", "blocks": [],
        "private_metadata": "{]",
    }), {200}),
}  # fmt: skip

#: Signed or not, these are no requests to us.
ILL_FORMED: dict[str, tuple[Make, set[int]]] = {
    "a body too large": (signed(b"text=" + b"x" * LARGEST), {413}),
    "GET": (lambda t: request(t.command(), t.signed(t.command()), method="GET"), {405}),
    "HEAD": (lambda t: request(t.command(), t.signed(t.command()), method="HEAD"), {405}),
    "PUT": (lambda t: request(t.command(), t.signed(t.command()), method="PUT"), {405}),
    "DELETE": (lambda t: request(t.command(), t.signed(t.command()), method="DELETE"), {405}),
    "OPTIONS": (lambda t: request(t.command(), t.signed(t.command()), method="OPTIONS"), {405}),
    "a method nobody knows": (lambda t: request(t.command(), t.signed(t.command()), method="LAUNCH"), {405}),
    "another path": (lambda t: request(t.command(), t.signed(t.command()), path="/slack//events"), {404}),
    "a path out of here": (lambda t: request(t.command(), t.signed(t.command()), path="/../run"), {404}),
    # It is answered and closed before the rest is there, which may reach us as a reset alone.
    "headers without end": (
        lambda t: request(b"", [*t.signed(b""), *[(f"X-{n}", "x" * 90) for n in range(2000)]]), {400, 0},
    ),
    "a header without a name": (lambda t: request(t.command(), [("", "x"), *t.signed(t.command())]), {400}),
    "two lengths": (lambda t: request(t.command(), [("Content-Length", "3"), *t.signed(t.command())]), {400}),
    "a length that is a word": (
        lambda t: request(t.command(), t.signed(t.command())).replace(b"Length: ", b"Length: x"), {400}),
    "no HTTP": (lambda t: b"\x16\x03\x01\x02\x00\x01" + t.command() + b"\r\n\r\n", {400}),
    "a WebSocket": (
        lambda t: request(
            t.command(),
            [*t.signed(t.command()), ("Upgrade", "websocket"), ("Sec-WebSocket-Key", "x")],
            method="GET",
        ),
        {405},
    ),
}  # fmt: skip
