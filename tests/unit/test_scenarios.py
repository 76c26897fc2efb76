"""Scenarios: what each shipped one does to a client, and what is said of a bad file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver import scenario
from mockserver.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHIPPED = (
    "data_changes_between_pages",
    "empty_account",
    "flaky_then_ok",
    "huge_account",
    "rate_limited_burst",
    "slow_last_page",
    "token_revoked_midway",
    "unicode_names",
)


@pytest.fixture
def play(make_client: Callable[..., Any]) -> Callable[[str], Any]:
    """A client whose sandboxes all begin in this scenario."""
    return lambda name: make_client(scenario=name)


def ids(reply: Any) -> list[int]:
    return [row["id"] for row in reply.data["data"]]


def test_each_shipped_one_tells_its_story_and_can_be_played() -> None:
    assert tuple(scenario.names()) == SHIPPED
    for name in SHIPPED:
        assert len(scenario.story(name)) > 40
        assert scenario.load(name).story == scenario.story(name)


def test_an_empty_account_has_no_rows(play: Callable[[str], Any]) -> None:
    data = play("empty_account").post().data
    assert (data["total"], data["data"], data["from"]) == (0, [], None)


def test_a_flaky_service_fails_twice_and_recovers(play: Callable[[str], Any]) -> None:
    client = play("flaky_then_ok")
    first = client.post()
    assert (first.status, first.headers["retry-after"]) == (503, "60")
    with pytest.raises(ConnectionResetError):
        client.post()
    assert [client.post().status for _ in range(3)] == [200] * 3


def test_a_burst_is_refused_after_five_and_goes_on_ten_seconds_later(play: Callable[[str], Any]) -> None:
    client = play("rate_limited_burst")
    assert [client.post().status for _ in range(6)] == [200] * 5 + [429]
    client.clock.offset_seconds = 10.0
    assert client.post().status == 200


def test_a_token_is_revoked_after_two_requests(play: Callable[[str], Any]) -> None:
    client = play("token_revoked_midway")
    replies = [client.post() for _ in range(4)]
    assert [reply.status for reply in replies] == [200, 200, 401, 401]
    assert replies[2].json == {"error": True, "message": "Unauthenticated."}
    assert replies[2].headers["x-ratelimit-remaining"] == "57"


def test_rows_that_arrive_between_pages_push_old_ones_to_the_next(play: Callable[[str], Any]) -> None:
    client = play("data_changes_between_pages")
    first, second = client.post(), client.post(page=2)
    assert ids(second)[:5] == ids(first)[-5:]
    assert (first.data["total"], second.data["total"]) == (45, 50)


def test_only_the_last_page_is_slow(play: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("mockserver.delivery.asyncio.sleep", sleep)
    client = play("slow_last_page")
    for page in (1, 2, 3):
        assert slept == []
        assert client.post(page=page).data["current_page"] == page
    assert slept == [2.0]


def test_a_huge_account_has_thousands_of_pages_and_shares_its_rows(play: Callable[[str], Any]) -> None:
    client = play("huge_account")
    data = client.post(read_status=None).data
    assert data["last_page"] > 5000
    assert "..." in [link["label"] for link in data["links"]]
    client.post(token="sbx-a")
    sandboxes = client.app.state.sandboxes
    assert sandboxes.named("a").dataset is sandboxes.default.dataset


def test_names_in_every_script_come_back_as_they_are(play: Callable[[str], Any]) -> None:
    names = [
        row["browser"] for row in play("unicode_names").post(read_status=None, sortOrder="asc").data["data"]
    ]
    assert len(names) == 12
    assert "🦊 Fox 👩\u200d💻" in names
    assert None in names


def test_a_reset_begins_the_scenario_again(play: Callable[[str], Any]) -> None:
    client = play("token_revoked_midway")
    assert [client.post().status for _ in range(3)] == [200, 200, 401]
    client.app.state.sandboxes.default.reset()
    assert [client.post().status for _ in range(3)] == [200, 200, 401]


def test_steps_are_taken_in_their_order_whatever_the_file_says(tmp_path: Path, make_client: Any) -> None:
    path = tmp_path / "steps.yaml"
    path.write_text(
        "# A story.\nsteps:\n  - {after: 2, rate_limit: {limit: 9}}\n  - {after: 1, rate_limit: {limit: 7}}\n"
    )
    client = make_client(scenario=str(path))
    assert [client.post().headers["x-ratelimit-limit"] for _ in range(3)] == ["60", "7", "9"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fautls: []", "fautls"),
        ("faults:\n  - {kind: explode}", "faults.0.kind = 'explode'"),
        ("rate_limit: {limit: 0}", "rate_limit.limit = 0"),
        ("latency: fast", "lognormal(MEDIAN_MS,SIGMA)"),
        ("steps:\n  - {data: {arrive: 1}}", "steps.0.after"),
        ("steps:\n  - {after: 1, profile: {flags: {truht: php}}}", "unknown key 'truht'"),
        ("a: [", "line"),
        ("- 1", "the document"),
    ],
)
def test_a_bad_file_is_told_by_its_name_and_key(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(f"# Bad.\n{text}\n")
    with pytest.raises(ScenarioError) as caught:
        scenario.load(str(path))
    assert str(path) in str(caught.value)
    assert told in str(caught.value)


def test_an_unknown_name_is_told_the_nearest_one() -> None:
    with pytest.raises(ScenarioError, match="did you mean 'empty_account'"):
        scenario.load("empty_acount")
