"""What has to hold of what people did: what was acknowledged is there, and nothing took effect twice."""

from collections import Counter
from collections.abc import Iterator

from tests.faults.evidence import Evidence


def one_effect_each(found: Evidence) -> Iterator[str]:
    """A form that closed made one launch; one of which that is not known made at most one."""
    accepted = {submit.title for submit in found.submits if submit.accepted}
    tried = Counter(submit.title for submit in found.submits)
    for title in tried:
        count = found.launches.get(title, 0)
        if count > 1:
            yield f"{title} was recorded {count} times"
        if count == 0 and title in accepted:
            yield f"{title} was acknowledged and is not there"
    for title in found.launches:
        if title not in tried:
            yield f"{title} was recorded and never handed in"
