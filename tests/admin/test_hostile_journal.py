"""Whatever was asked, the journal can be read, and explains it without failing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FORM = {"content-type": "application/x-www-form-urlencoded"}

HOSTILE: dict[str, tuple[bytes, dict[str, str]]] = {
    "binary": (bytes(range(256)) * 20, {}),
    "half a character in a form": (b"%ff=%fe&filters=%80&filters[%ff]=1&sortKey=%ed%a0%80", FORM),
    "half a character in JSON": (b'{"\\ud800": 1, "filters": {"\\udfff": 2}}', {}),
    "infinite": (b'{"per_page": 1e999, "x": [1e999], "filters": -1e999}', {}),
    "deep": (b'{"filters":' * 500 + b"1" + b"}" * 500, {}),
    "deeper": (b'{"filters":' * 5000, {}),
    "deep list": (b'{"sortKey":' + b"[" * 500 + b"]" * 500 + b"}", {}),
    "long names": (b'{"' + b"x" * 10_000 + b'": 1}', {}),
    "far years": (b'{"start_date":"9999-12-31","end_date":"0001-01-01","sortKey":"id","sortOrder":"asc","filters":{}}', {}),
    "far page": (b'{"start_date":"2026-01-01","end_date":"2026-02-01","sortKey":"id","sortOrder":"asc","filters":{},"page":9223372036854775807}', {}),
    "wish": (b"{}", {"prefer": "code=\xff, =, ;, delay=99999999999999999999, example=../x"}),
    "header": (b"{}", {"authorization": "Bearer \xff\xfe"}),
    "no header": (b"{}", {"authorization": ""}),
}  # fmt: skip


def ask(admin: Any, body: bytes, headers: dict[str, str]) -> Any:
    reply = admin.client.send("POST", body=body, headers=headers, query="a=%ff&__code=%ff")
    entry = admin.get("requests/latest")
    assert entry["answer"]["status"] == reply.status != 500
    return entry


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_request_is_journalled_and_explained(admin: Any, name: str) -> None:
    entry = ask(admin, *HOSTILE[name])
    assert entry["answer"]["status"] == 200 or entry["explanation"]["remarks"]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["start_date", "end_date", "sortKey", "sortOrder", "read_status", "per_page", "filters", "page", "x"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(FIELDS, JSON_VALUES, max_size=6))
def test_what_is_called_valid_is_valid(admin: Any, fields: dict[str, Any]) -> None:
    admin.post("reset")
    reply = admin.client.post({}, **fields)
    entry = admin.get("requests/latest")
    nearest = entry["explanation"]["nearest_valid"]
    if reply.status == 422:
        assert nearest is not None
        assert admin.client.post({}, **nearest).status == 200
    else:
        assert (reply.status, nearest) == (200, None)
