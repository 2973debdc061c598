"""Fields: what stands in them, what is wrong with them, whom they offer, and when they speak."""

from dataclasses import dataclass, replace

from slackapp.playground.pages.blocks import Surface, blocks_html
from slackapp.playground.pages.blocks.gallery import READER
from slackapp.playground.pages.blocks.gallery.using import CONFIRM
from slackapp.playground.slack.blockkit import Json
from tests.playground.pages.blocks.dom import Element, read


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def field(kind: str, **more: object) -> Json:
    return {
        "type": "input",
        "block_id": "b",
        "label": plain("Label"),
        "element": {"type": kind, "action_id": "a", **more},
    }


def shown(block: Json, state: Json | None = None, error: str | None = None) -> Element:
    surface = Surface("s", {"b": {"a": state}} if state else {}, {"b": error} if error else {})
    return read(blocks_html([block], READER, surface))


def control(root: Element) -> Element:
    return root.one("id", "s:b:a")


def test_what_was_typed_wins_over_the_initial_value() -> None:
    block = field("plain_text_input", initial_value="first")
    assert control(shown(block)).get("value") == "first"
    assert control(shown(block, {"type": "plain_text_input", "value": 'a "b"'})).get("value") == 'a "b"'
    assert control(shown(block, {"type": "plain_text_input", "value": None})).get("value") == ""


def test_a_field_of_several_lines_keeps_all_of_them() -> None:
    block = field("plain_text_input", multiline=True)
    # A browser drops the first line break after the tag.
    typed = control(shown(block, {"type": "plain_text_input", "value": "\n</textarea><b>"}))
    assert typed.text == "\n\n</textarea><b>"


def test_limits_are_the_browsers_too() -> None:
    number = control(shown(field("number_input", is_decimal_allowed=False, min_value="1", max_value="9")))
    assert (number.get("min"), number.get("max"), number.get("step")) == ("1", "9", "1")
    assert control(shown(field("plain_text_input", max_length=150))).get("maxlength") == "150"


def test_a_menu_shows_what_is_chosen_and_lets_go_of_it() -> None:
    block = field("static_select", options=[option("hit"), option("flat")], initial_option=option("flat"))

    def chosen(state: Json | None) -> list[str]:
        return [each.text for each in shown(block, state).all("option") if "selected" in each.attributes]

    assert chosen(None) == ["Flat"]
    assert chosen({"type": "static_select", "selected_option": option("hit")}) == ["Hit"]
    assert chosen({"type": "static_select", "selected_option": None}) == ["Select an option"]


def test_several_choices_are_ticked_and_named_in_the_summary() -> None:
    state = {"type": "multi_users_select", "selected_users": ["U0PRIYA", "U0GONE"]}
    root = shown(field("multi_users_select"), state)
    ticked = [box.get("value") for box in root.all("input") if "checked" in box.attributes]
    assert (sorted(ticked), root.one("id", "s:b:a:chosen").text) == (
        ["U0GONE", "U0PRIYA"],
        "Priya Nair, U0GONE",
    )


@dataclass(frozen=True)
class NobodyButJonas:
    def finds_person(self, user: str) -> bool:
        return user == "U0JONAS"

    def finds_channel(self, _channel: str, element: Json) -> bool:
        return not element.get("filter")


def test_menus_offer_whom_slack_would() -> None:
    reader = replace(READER, menus=NobodyButJonas())

    def offered(block: Json) -> list[str]:
        root = read(blocks_html([block], reader, Surface("s")))
        return [each.get("value") for each in root.all("option")][1:]

    assert offered(field("users_select")) == ["U0JONAS"]
    assert offered(field("users_select", initial_user="U0MARA")) == ["U0MARA", "U0JONAS"]
    assert offered(field("conversations_select")) == ["C0BILLING", "C0ONBOARD"]
    assert offered(field("conversations_select", filter={"include": ["im"]})) == []


def test_files_that_are_in_are_named() -> None:
    block = field("file_input", filetypes=["png", "csv"], max_files=1)
    assert control(shown(block)).get("accept") == ".png,.csv"
    filled = shown(block, {"type": "file_input", "files": [{"name": "<a>.png"}]})
    assert ("required" in control(filled).attributes, filled.text) == (False, "Label<a>.png")


def test_moments_are_the_readers_own() -> None:
    root = shown(field("datetimepicker"), {"type": "datetimepicker", "selected_date_time": 1795163400})
    assert control(root).get("value") == "2026-11-20T09:30"


def test_an_error_is_at_its_field() -> None:
    root = shown({**field("plain_text_input"), "hint": plain("Hint")}, error="Say <more>.")
    wrong = control(root)
    assert wrong.get("aria-invalid") == "true"
    assert [root.one("id", name).text for name in wrong.get("aria-describedby").split()] == [
        "Hint",
        "Say <more>.",
    ]
    assert "aria-invalid" not in control(shown(field("plain_text_input"))).attributes


def test_optional_is_said_and_required_is_known() -> None:
    optional, required = (
        shown({**field("plain_text_input"), "optional": True}),
        shown(field("plain_text_input")),
    )
    assert (optional.one("for", "s:b:a").text, required.one("for", "s:b:a").text) == (
        "Label (optional)",
        "Label",
    )
    assert ("required" in control(optional).attributes, "required" in control(required).attributes) == (
        False,
        True,
    )


def test_fields_say_when_they_speak() -> None:
    quiet, telling = field("plain_text_input"), {**field("plain_text_input"), "dispatch_action": True}
    assert "data-dispatch" not in control(shown(quiet)).attributes
    assert control(shown(telling)).get("data-dispatch") == "on_enter_pressed"
    eager = field("plain_text_input", dispatch_action_config={"trigger_actions_on": ["on_character_entered"]})
    assert control(shown({**eager, "dispatch_action": True})).get("data-dispatch") == "on_character_entered"
    picker = {"type": "actions", "block_id": "b", "elements": [{"type": "datepicker", "action_id": "a"}]}
    assert control(shown(picker)).attributes["data-dispatch"] is None


def test_a_question_before_a_click_travels_with_the_button() -> None:
    button = {"type": "button", "action_id": "a", "text": plain("Cancel"), "value": '"<&', "confirm": CONFIRM}
    root = shown({"type": "actions", "block_id": "b", "elements": [button]})
    pressed = control(root)
    assert (pressed.get("data-value"), pressed.get("type")) == ('"<&', "button")
    assert '"Cancel this launch?"' in pressed.get("data-confirm")


def test_ids_hold_any_block_id() -> None:
    block = {**field("plain_text_input"), "block_id": 'a b"c:d'}
    (typed,) = read(blocks_html([block], READER, Surface("1795163400.000100"))).all("input")
    assert typed.get("data-block") == 'a b"c:d'
    assert typed.get("id") == "1795163400.2e.000100:a.20.b.22.c.3a.d:a"
