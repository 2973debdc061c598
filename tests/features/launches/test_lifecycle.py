"""Who may cancel a launch."""

from hypothesis import given
from hypothesis import strategies as st

from slackapp.features.launches.rules import may_change

PEOPLE = st.sampled_from(["U1", "U2", "U3"])


@given(PEOPLE, PEOPLE, st.none() | PEOPLE, PEOPLE)
def test_admins_owner_backup_and_recorder_may_change_a_launch_and_nobody_else(
    who: str, owner: str, backup: str | None, recorder: str
) -> None:
    assert may_change(who, owner_id=owner, backup_id=backup, recorder_id=recorder, is_admin=True)
    allowed = may_change(who, owner_id=owner, backup_id=backup, recorder_id=recorder, is_admin=False)
    assert allowed == (who in {owner, backup, recorder})
