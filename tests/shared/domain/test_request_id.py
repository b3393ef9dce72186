from __future__ import annotations

from uuid import RFC_4122, UUID

from shared.domain.limits import LONGEST_REQUEST_ID
from shared.domain.request_id import new_request_id

NINE_NS = 1_795_395_600_000_000_000
A_MILLISECOND_NS = 1_000_000


def test_names_follow_the_time() -> None:
    moments = iter(range(NINE_NS, NINE_NS + 100 * A_MILLISECOND_NS, A_MILLISECOND_NS))
    names = [new_request_id(lambda: next(moments)) for _name in range(100)]
    assert names == sorted(names)
    assert UUID(names[3]).int >> 80 == NINE_NS // A_MILLISECOND_NS + 3


def test_names_of_one_moment_differ() -> None:
    assert len({new_request_id(lambda: 1) for _name in range(1000)}) == 1000


def test_a_name_is_a_uuid_of_version_7() -> None:
    name = new_request_id()
    assert (UUID(name).version, UUID(name).variant) == (7, RFC_4122)
    assert len(name) <= LONGEST_REQUEST_ID
