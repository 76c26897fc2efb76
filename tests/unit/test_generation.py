"""Generated rows: always the same ones, and such as a web analyst believes."""

from __future__ import annotations

import hashlib
import statistics
from collections import Counter
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Any

import numpy as np
import pytest

from mockserver.errors import UsageError
from mockserver.generation import generate
from mockserver.rowtext import as_dicts, encode

AS_OF = int(datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC).timestamp())
EARLIEST = int(datetime(1, 4, 1, tzinfo=UTC).timestamp())
DAY = 86_400


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """Enough of them that chance hides nothing."""
    return list(as_dicts(generate(seed=1, sessions=40_000, as_of=AS_OF)))


def _moment(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["created_at"]).replace(tzinfo=UTC)


def _digest(seed: int, sessions: int, as_of: int) -> str:
    dataset = generate(seed, sessions, as_of)
    text = encode(dataset, np.arange(sessions), irregular_traffic=True, ip_addresses=True, iso8601=False)
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("seed", "sessions", "as_of", "digest"),
    [
        (1, 1000, AS_OF, "3bbcb109c26b6a11ee48bf3ea6725e419ef467311fde3e3f468172152922533d"),
        (
            20_260_131,
            70_000,
            AS_OF - 200 * DAY + 12_345,
            "64113ba01b811e60aec4ec00a03ab2954a2059eeb3c3ab7bfdf4213a1b187cdb",
        ),
    ],
)
def test_the_same_numbers_give_the_same_bytes_on_every_platform(
    seed: int, sessions: int, as_of: int, digest: str
) -> None:
    assert _digest(seed, sessions, as_of) == digest


def test_another_seed_gives_other_rows() -> None:
    assert _digest(1, 10, AS_OF) != _digest(2, 10, AS_OF)


@pytest.mark.parametrize("sessions", [0, 1, 2, 1000, 65_537])
def test_ids_count_from_one_as_time_goes_by(sessions: int) -> None:
    dataset = generate(1, sessions, AS_OF)
    assert dataset.ids.tolist() == list(range(1, sessions + 1))
    assert dataset.created.tolist() == sorted(dataset.created.tolist())


@pytest.mark.parametrize("as_of", [0, AS_OF, 253_402_300_799, EARLIEST])
def test_all_rows_are_of_the_ninety_days_that_end_with_as_of(as_of: int) -> None:
    created = generate(3, 5000, as_of).created.tolist()
    assert as_of - 90 * DAY < created[0] < as_of - 88 * DAY
    assert as_of - DAY < created[-1] <= as_of


def test_an_as_of_before_the_calendar_is_refused() -> None:
    with pytest.raises(UsageError, match="use 0001-04-01 00:00:00 or a later date"):
        generate(1, 1, EARLIEST - 1)


@pytest.mark.parametrize(
    ("sessions", "unread"), [(0, 0), (1, 0), (11, 0), (12, 1), (1000, 45), (30_000, 1350)]
)
def test_the_newest_forty_five_per_mille_are_unread(sessions: int, unread: int) -> None:
    statuses = [row["read_status"] for row in as_dicts(generate(5, sessions, AS_OF))]
    assert statuses == ["read"] * (sessions - unread) + ["unread"] * unread


def test_browser_device_and_system_go_together(rows: list[dict[str, Any]]) -> None:
    systems: dict[str, set[str]] = {}
    devices: dict[str, set[str]] = {}
    for row in rows:
        systems.setdefault(row["browser"], set()).add(row["platform_os"])
        devices.setdefault(row["platform_os"], set()).add(row["device"])
    assert systems["Safari"] == {"macOS", "iOS"}
    assert systems["Samsung Internet"] == {"Android"}
    assert systems["Edge"] == {"Windows"}
    assert devices == {
        "Windows": {"desktop"},
        "macOS": {"desktop"},
        "Linux": {"desktop"},
        "ChromeOS": {"desktop"},
        "Android": {"mobile", "tablet"},
        "iOS": {"mobile", "tablet"},
    }


def test_most_visitors_are_from_around_the_netherlands(rows: list[dict[str, Any]]) -> None:
    countries = [country for country, _ in Counter(row["country"] for row in rows).most_common()]
    share = sum(row["country"] in ("NL", "BE", "DE") for row in rows) / len(rows)
    assert countries[:3] == ["NL", "BE", "DE"]
    assert 0.7 < share < 0.85
    assert len(countries) > 15


def test_people_come_by_day_more_than_by_night(rows: list[dict[str, Any]]) -> None:
    people = Counter(_moment(row).hour for row in rows if not row["irregular_traffic"])
    night = sum(people[hour] for hour in (1, 2, 3, 4))
    noon = sum(people[hour] for hour in (10, 11, 12, 13))
    assert night * 8 < noon


def test_people_come_on_working_days_more_than_at_weekends(rows: list[dict[str, Any]]) -> None:
    days = Counter(_moment(row).weekday() for row in rows)
    assert min(days[day] for day in range(5)) > max(days[5], days[6])
    assert min(days, key=lambda day: days[day]) == 5


def test_people_stay_long_and_differently_long(rows: list[dict[str, Any]]) -> None:
    stays = [row["time_spend"] for row in rows if not row["irregular_traffic"]]
    assert 60 < statistics.median(stays) < 76
    assert statistics.mean(stays) > 1.7 * statistics.median(stays)
    assert max(stays) > 3600


def test_desktop_visits_are_the_longest(rows: list[dict[str, Any]]) -> None:
    stays: dict[str, list[int]] = {}
    for row in rows:
        if not row["irregular_traffic"]:
            stays.setdefault(row["device"], []).append(row["time_spend"])
    medians = {device: statistics.median(found) for device, found in stays.items()}
    assert medians["desktop"] > medians["tablet"] > medians["mobile"]


def test_irregular_visits_show_in_every_column(rows: list[dict[str, Any]]) -> None:
    """A few per cent, a few seconds long, at all hours, from few addresses, on desktops."""
    irregular = [row for row in rows if row["irregular_traffic"]]
    assert 0.04 < len(irregular) / len(rows) < 0.12
    assert max(row["time_spend"] for row in irregular) <= 2
    assert {row["device"] for row in irregular} == {"desktop"}
    hours = Counter(_moment(row).hour for row in irregular)
    assert max(hours.values()) < 2 * min(hours.values())
    addresses = {address for row in irregular for address in row["ip_addresses"]}
    assert len(addresses) < 150
    headless = sum(row["browser"] == "Headless Chrome" for row in irregular) / len(irregular)
    assert 0.4 < headless < 0.8
    assert not any(row["browser"] == "Headless Chrome" for row in rows if not row["irregular_traffic"])


def test_a_visitor_comes_back_with_the_same_traits(rows: list[dict[str, Any]]) -> None:
    traits: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        known = (row["browser"], row["device"], row["platform_os"], row["country"])
        traits.setdefault(",".join(row["ip_addresses"]), set()).add(known)
    of_ipv6 = [found for addresses, found in traits.items() if ":" in addresses]
    assert len(of_ipv6) > 300
    assert all(len(found) == 1 for found in of_ipv6)


def test_no_address_can_be_a_real_persons(rows: list[dict[str, Any]]) -> None:
    reserved = [
        ip_network(text) for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
    ]
    addresses = {address for row in rows for address in row["ip_addresses"]}
    assert len(addresses) > 700
    assert all(any(ip_address(address) in network for network in reserved) for address in addresses)
