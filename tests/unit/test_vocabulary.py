"""The shipped vocabulary: what Faker draws, and nobody's real address."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

import pytest

from mockserver import vocabulary
from mockserver.resources import fixture

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTATION = [
    ip_network(text) for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
]


@pytest.fixture(scope="module")
def shipped() -> vocabulary.Vocabulary:
    return vocabulary.load()


def test_the_installed_faker_draws_what_is_shipped(shipped: vocabulary.Vocabulary) -> None:
    drawn = vocabulary.draw()
    assert drawn == shipped, (
        f"Faker {drawn.faker} draws otherwise than Faker {shipped.faker} did: the shipped file stays right; "
        "`python -m mockserver.vocabulary` replaces it, and with it every golden hash"
    )


def test_writing_a_drawing_makes_the_shipped_file(shipped: vocabulary.Vocabulary, tmp_path: Path) -> None:
    vocabulary.write(shipped, tmp_path / "written.json")
    assert (tmp_path / "written.json").read_bytes() == fixture("vocabulary.json").read_bytes()


def test_every_address_is_from_a_range_for_documentation(shipped: vocabulary.Vocabulary) -> None:
    addresses = [address for someone in (*shipped.people, *shipped.crawlers) for address in someone.addresses]
    assert len(addresses) > len(shipped.people)
    for address in addresses:
        parsed = ip_address(address)
        assert any(parsed in network for network in DOCUMENTATION), address
        assert str(parsed) == address


def test_everyone_has_an_address(shipped: vocabulary.Vocabulary) -> None:
    assert all(someone.addresses for someone in (*shipped.people, *shipped.crawlers))


def test_stays_ascend_from_nothing_to_two_hours(shipped: vocabulary.Vocabulary) -> None:
    stays = shipped.time_spend
    assert (stays[0], stays[-1], len(stays)) == (0, 7200, 1025)
    assert list(stays) == sorted(stays)


def test_stays_are_log_normal(shipped: vocabulary.Vocabulary) -> None:
    """One deviation up multiplies as much as one down divides: 3.3 times."""
    stays = shipped.time_spend
    low, middle, high = stays[round(1024 * 0.1587)], stays[512], stays[round(1024 * 0.8413)]
    assert 3.1 < middle / low < 3.5
    assert 3.1 < high / middle < 3.5
