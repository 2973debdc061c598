"""Everything one page shows, gathered at one moment, and how its parts are put together.

The page is `templates/page.html`. Two packages add to it, each with

- `routes.py`: `routes(world) -> list[BaseRoute]`, mounted before the page's own;
- a function in its `__init__` that gathers what its templates read: `acting.context(world, place, reader)`
  and `instruments.context(world, person)`, found in templates as `acting` and `instruments`;
- templates in `templates/acting/` and `templates/instruments/`, included at these places:

| template | where |
|---|---|
| `acting/modal.html` | the last thing in the page: the modals and dialogs over it |
| `acting/home.html` | in `main`, at `/as/{user}/home` |
| `acting/shortcuts.html` | in a message's menu (`message` is set) and the composer's (`message` is none) |
| `instruments/bar.html` | in the bar above everything: the clock, faults that are on, the drawer's button |
| `instruments/beside.html` | right of the workspace: the tour, the drawer |

Every template has `screen` (a `Screen`), `reader` and `place`. The script of a part is a module,
`static/acting.js` or `static/instruments.js`, and does what people do through `post()` and `refresh()` of
`static/live.js`. What a script keeps in the document for itself has to survive a refresh: an element with
`data-keep` is left as it stands, one with `data-dirty` keeps its value, and `open` stays on `<details>` and
`<dialog>` that stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slackapp.playground.pages import acting, instruments
from slackapp.playground.pages.blocks import Reader
from slackapp.playground.pages.conversation import Conversation, conversation
from slackapp.playground.pages.place import Place, Wish
from slackapp.playground.pages.sidebar import Sidebar, sidebar
from slackapp.playground.world import World


@dataclass(frozen=True)
class Screen:
    place: Place
    reader: Reader
    sidebar: Sidebar
    #: None at App Home.
    conversation: Conversation | None
    acting: Mapping[str, object]
    instruments: Mapping[str, object]
    #: Which state of the workspace this is; see `live.Live`.
    version: int


def gathered(world: World, place: Place, wish: Wish) -> Screen:
    """What this person sees there now."""
    reader = reader_for(world, place)
    return Screen(
        place,
        reader,
        sidebar(world, place),
        None if place.channel is None else conversation(world, place, place.channel, reader, wish),
        acting.context(world, place, reader),
        instruments.context(world, place.person),
        world.slack.changes.count,
    )


def reader_for(world: World, place: Place) -> Reader:
    slack, person = world.slack, place.person
    return Reader(
        person.id,
        ZoneInfo(person.account.tz),
        world.clock.now(),
        {other.id: other.name for other in [*slack.people(), slack.person(slack.bot_user_id)]},
        {channel.id: channel.name for channel in slack.channels() if person.sees(channel)},
    )
