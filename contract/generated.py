"""What a request that nobody planned means, so that its answer is judged as strictly as a planned one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from contract.model import REQUIRED, SORT_KEYS, Auth, Case, Query, Window
from contract.values import in_notation, moment

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPEN = "open.odd-values"
_OFF = (None, "", "0", "false")
_FLAGS = ("check_irregular_traffic", "include_ip_addresses")
#: Sizes that no server has a reason to refuse.
_PLAIN_SIZE = re.compile(r"[1-9]\d?|100")
_PLAIN_PAGE = re.compile(r"[1-9]\d{0,5}")
_CHOICES = {"sortKey": SORT_KEYS, "sortOrder": ("asc", "desc"), "read_status": ("read", "unread")}


def case_of(
    method: str, body: bytes, content_type: str, query: Mapping[str, str], *, authorized: bool
) -> Case:
    """The case that a request amounts to: which answers are correct, and which rows they may hold."""
    facts: dict[str, Any] = {
        "method": method,
        "content_type": content_type or "none",
        "page": query.get("page"),
    }
    if method != "POST":
        return Case(f"generated {method}", "method.refused", body, frozenset({404, 405}), **facts)
    if not authorized:
        facts["auth"] = Auth.NONE
        return Case("generated, not authorized", "auth.missing-token", body, frozenset({401}), **facts)
    given = _object(body) if "json" in content_type else None
    if given is None or query.keys() - {"page"}:
        return Case("generated, no JSON object", "refuses.body", body, frozenset({200, 422}), **facts)
    wrong, unsure = _wrong(given), _unsure(given, query)
    if wrong:
        facts["statuses"] = frozenset({422})
        return Case("generated, wrong", "refuses.body", body, wrong=wrong | (unsure & given.keys()), **facts)
    open_to = dict.fromkeys(unsure, _OPEN)
    if unsure:
        facts["statuses"] = frozenset({200, 422})
    meaning = None if unsure else _query(given, query)
    return Case("generated, valid", "accepts.request", body, open_to=open_to, query=meaning, **facts)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _wrong(given: Mapping[str, Any]) -> frozenset[str]:
    """Fields that no correct server accepts."""
    wrong = {field for field in REQUIRED if given.get(field) is None}
    wrong |= {field for field, choices in _CHOICES.items() if not _chosen(given.get(field), choices)}
    wrong |= {
        field for field in ("start_date", "end_date") if isinstance(given.get(field), bool | list | dict)
    }
    return frozenset(wrong | ({"filters"} if isinstance(given.get("filters"), str | int | float) else set()))


def _chosen(value: object, choices: tuple[str, ...]) -> bool:
    """Blanks around a word may be cut off, and a blank word may count as none."""
    return value is None or (isinstance(value, str) and value.strip() in ("", *choices))


def _unsure(given: Mapping[str, Any], query: Mapping[str, str]) -> frozenset[str]:
    """Fields that a correct server may refuse or read in its own way."""
    unsure = {field for field in ("start_date", "end_date") if not in_notation(given.get(field))}
    unsure |= {field for field, choices in _CHOICES.items() if given.get(field) not in (None, *choices)}
    unsure |= {field for field in _FLAGS if given.get(field) not in _OFF}
    size = given.get("per_page")
    unsure |= (
        {"per_page"}
        if not (size is None or (isinstance(size, str) and _PLAIN_SIZE.fullmatch(size)))
        else set()
    )
    unsure |= {"page"} if "page" in given or not _PLAIN_PAGE.fullmatch(query.get("page", "1")) else set()
    filters = given.get("filters")
    plain = (
        isinstance(filters, dict)
        and filters
        and all(key in SORT_KEYS and _scalar(v) for key, v in filters.items())
    )
    reversed_dates = not unsure and str(given["end_date"]) <= str(given["start_date"])
    return frozenset(unsure | (set() if plain else {"filters"}) | ({"end_date"} if reversed_dates else set()))


def _scalar(value: object) -> bool:
    return (
        isinstance(value, str | int)
        and not isinstance(value, bool)
        and str(value).strip() == str(value) != ""
    )


def _query(given: Mapping[str, Any], query: Mapping[str, str]) -> Query | None:
    start, end = moment(given["start_date"]), moment(given["end_date"])
    if start is None or end is None:
        return None
    return Query(
        Window(start, end),
        sort_key=given["sortKey"],
        descending=given["sortOrder"] == "desc",
        read_status=given.get("read_status"),
        per_page=int(given["per_page"]) if given.get("per_page") else None,
        page=int(query.get("page", "1")),
        filters=given["filters"],
    )
