"""How often the database is asked while a launch is recorded: the person waits for each answer."""

from sqlalchemy import event

from tests.support.world import World

#: The key, who and where, a number, the launch, its questions, what asks them, the card.
#: SQLite does not say which key went to which of several rows, so there they are written one by one.
MOST = {"postgresql": 7, "sqlite": 9}


async def test_a_launch_is_recorded_in_few_statements(worlds: World) -> None:
    await worlds.launch("The first")
    seen: list[str] = []

    @event.listens_for(worlds.app.engine.sync_engine, "before_cursor_execute")
    def note(*what: object) -> None:
        seen.append(str(what[2]))

    await worlds.launch("The second")
    first = next(at for at, statement in enumerate(seen) if "INSERT INTO launches" in statement)
    begin = max(at for at in range(first) if "INSERT INTO inbound_keys" in seen[at])
    end = next(at for at in range(first, len(seen)) if "INSERT INTO outbox" in seen[at])
    assert end - begin + 1 <= MOST[worlds.app.engine.dialect.name], seen[begin : end + 1]
