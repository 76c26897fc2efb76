"""What generated rows are made of: a population of visitors, drawn once with Faker and shipped.

`python -m mockserver.vocabulary` draws it again and writes `fixtures/vocabulary.json`. It is shipped because
Faker draws differently from version to version and costs every start an eighth of a second.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import asdict, dataclass
from ipaddress import IPv4Address, IPv6Address
from math import exp
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from mockserver.resources import fixture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from faker import Faker

_SEED = 2026
_PEOPLE = 1024
_CRAWLERS = 64
_FILE = "vocabulary.json"

#: The ranges that RFC 5737 and RFC 3849 set aside for documentation: no real person's addresses.
_IPV4_NETWORKS = ("192.0.2.0", "198.51.100.0", "203.0.113.0")
_IPV6_NETWORK = "2001:db8::"
_IPV6_HOST_BITS = 96

#: Visitors of a Dutch site in per mille; "" stands for any country of Faker's.
_COUNTRIES = {
    "NL": 566, "BE": 131, "DE": 92, "US": 44, "GB": 36, "FR": 29, "ES": 14, "PL": 13, "IT": 11, "TR": 8,
    "SR": 7, "SE": 6, "CH": 6, "AT": 6, "IN": 6, "CA": 5, "IE": 4, "LU": 4, "DK": 4, "": 8,
}  # fmt: skip

#: (device, platform_os, browser) in per mille, only such as exist.
_CLIENTS = {
    ("desktop", "Windows", "Chrome"): 186,
    ("desktop", "Windows", "Edge"): 92,
    ("desktop", "Windows", "Firefox"): 38,
    ("desktop", "Windows", "Opera"): 9,
    ("desktop", "macOS", "Safari"): 62,
    ("desktop", "macOS", "Chrome"): 52,
    ("desktop", "macOS", "Firefox"): 9,
    ("desktop", "Linux", "Chrome"): 11,
    ("desktop", "Linux", "Firefox"): 12,
    ("desktop", "ChromeOS", "Chrome"): 8,
    ("mobile", "iOS", "Safari"): 196,
    ("mobile", "iOS", "Chrome"): 22,
    ("mobile", "Android", "Chrome"): 201,
    ("mobile", "Android", "Samsung Internet"): 44,
    ("mobile", "Android", "Firefox"): 9,
    ("tablet", "iOS", "Safari"): 31,
    ("tablet", "iOS", "Chrome"): 3,
    ("tablet", "Android", "Chrome"): 13,
    ("tablet", "Android", "Samsung Internet"): 2,
}

#: Where crawlers run: data centres, on few kinds of client.
_CRAWLER_COUNTRIES = {"US": 46, "DE": 14, "FR": 9, "IE": 9, "SG": 8, "NL": 5, "CN": 5, "RU": 4}
_CRAWLER_CLIENTS = {
    ("desktop", "Linux", "Headless Chrome"): 62,
    ("desktop", "Linux", "Chrome"): 22,
    ("desktop", "Windows", "Chrome"): 16,
}

#: Which address families a visitor shows.
_FAMILIES = {"4": 58, "6": 14, "46": 28}

#: Seconds that people stay: log-normal, half of them shorter than this, none longer than two hours.
_MEDIAN_SECONDS = 68
_SIGMA = 1.2
_LONGEST_SECONDS = 7200
_QUANTILES = 1024


class Visitor(NamedTuple):
    """Someone who comes back: the same country, client and addresses each time."""

    country: str
    device: str
    platform_os: str
    browser: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All `people` visit equally often, all `crawlers` too; `time_spend` has seconds at 1025 quantiles."""

    faker: str
    time_spend: tuple[int, ...]
    people: tuple[Visitor, ...]
    crawlers: tuple[Visitor, ...]


def draw() -> Vocabulary:
    """A fresh drawing with the installed Faker."""
    from faker import VERSION, Faker  # noqa: PLC0415 - only drawing needs it, and it is slow to import

    source = Faker("en_US")
    source.seed_instance(_SEED)
    return Vocabulary(
        faker=VERSION,
        time_spend=_quantiles(),
        people=tuple(_visitor(source, _COUNTRIES, _CLIENTS) for _ in range(_PEOPLE)),
        crawlers=tuple(_visitor(source, _CRAWLER_COUNTRIES, _CRAWLER_CLIENTS) for _ in range(_CRAWLERS)),
    )


def _visitor(
    source: Faker, countries: Mapping[str, int], clients: Mapping[tuple[str, str, str], int]
) -> Visitor:
    country = source.random_element(OrderedDict(countries)) or source.country_code()
    device, platform_os, browser = source.random_element(OrderedDict(clients))
    families = source.random_element(OrderedDict(_FAMILIES))
    addresses = [_ipv4(source)] if "4" in families else []
    if "6" in families:
        addresses.append(_ipv6(source))
    return Visitor(country, device, platform_os, browser, tuple(addresses))


def _ipv4(source: Faker) -> str:
    return str(IPv4Address(source.random_element(_IPV4_NETWORKS)) + source.random_int(1, 254))


def _ipv6(source: Faker) -> str:
    host = int(IPv6Address(source.ipv6())) % (1 << _IPV6_HOST_BITS)
    return str(IPv6Address(_IPV6_NETWORK) + host)


def _quantiles() -> tuple[int, ...]:
    """Written down, because the last bit of a logarithm depends on the platform."""
    normal = NormalDist()
    inner = (normal.inv_cdf(rank / _QUANTILES) for rank in range(1, _QUANTILES))
    seconds = (round(_MEDIAN_SECONDS * exp(_SIGMA * deviation)) for deviation in inner)
    return (0, *seconds, _LONGEST_SECONDS)


def load() -> Vocabulary:
    """The shipped drawing."""
    found = json.loads(fixture(_FILE).read_text(encoding="utf-8"))
    return Vocabulary(
        faker=found["faker"],
        time_spend=tuple(found["time_spend"]),
        people=_visitors(found["people"]),
        crawlers=_visitors(found["crawlers"]),
    )


def _visitors(found: Sequence[tuple[str, str, str, str, Sequence[str]]]) -> tuple[Visitor, ...]:
    return tuple(
        Visitor(country, device, platform_os, browser, tuple(addresses))
        for country, device, platform_os, browser, addresses in found
    )


def write(vocabulary: Vocabulary, path: Path) -> None:
    """One visitor a line, so that a change can be read."""
    parts = {name: json.dumps(value) for name, value in asdict(vocabulary).items()}
    for name in ("people", "crawlers"):
        visitors = getattr(vocabulary, name)
        parts[name] = "[\n" + ",\n".join(json.dumps(visitor) for visitor in visitors) + "\n]"
    lines = ",\n".join(f"{json.dumps(name)}: {text}" for name, text in parts.items())
    path.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    write(draw(), fixture(_FILE))
