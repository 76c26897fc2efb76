"""How an answer arrives: in time, as strict JSON that is called JSON, with a status that the page prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.checks.say import OK, UNPROCESSABLE, demand, note
from contract.model import Auth, Quota
from contract.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract.model import Answer, Judgement

SLOW_MS = 5000
DOCUMENTED = frozenset({200, 401, 403, 422, 429, 500})
_SERVER_ERRORS = 500
_TOO_MANY = 429


def delivery(answer: Answer) -> Iterator[Judgement]:
    yield from map_holds(answer, "transport.delivery")
    yield demand(
        "transport.time",
        answer,
        answer.elapsed_ms < SLOW_MS,
        f"an answer within {SLOW_MS // 1000} s",
        f"{answer.elapsed_ms / 1000:.1f} s",
    )
    failed = answer.status >= _SERVER_ERRORS
    got = f"{answer.status} for: {answer.case.name}"
    yield demand(
        "transport.no-server-error", answer, not failed, "no server error for a request like this", got
    )


def media(answer: Answer) -> Iterator[Judgement]:
    if answer.status not in DOCUMENTED or answer.case.method != "POST":
        return
    said = answer.headers.get("content-type", "none")
    kind, _, rest = said.lower().partition(";")
    fine = kind.strip() == "application/json" and ("charset" not in rest or "utf-8" in rest)
    yield demand("transport.media-type", answer, fine, "Content-Type application/json, in UTF-8", said)
    got = f"{answer.json_fault}: {shown(answer.body[:80].decode('utf-8', 'replace'))}"
    yield demand("transport.json", answer, not answer.json_fault, "strict JSON", got)


def status(answer: Answer) -> Iterator[Judgement]:
    """The status that the case asks for. A 429 says nothing about it, a server error is told above."""
    case = answer.case
    if case.method == "POST":
        fine = answer.status in DOCUMENTED or answer.status >= _SERVER_ERRORS
        yield demand("transport.status", answer, fine, "a status that the page prints", answer.status)
    if answer.status >= _SERVER_ERRORS or (
        answer.status == _TOO_MANY and _TOO_MANY not in case.statuses and case.quota is not Quota.AWAIT
    ):
        return
    if answer.status in case.statuses:
        yield from _as_asked(answer)
    elif answer.status == OK and case.wrong:
        for field in sorted(case.wrong):
            yield demand(refuses(field), answer, fine=False, expected=f"422 that names {field}", got="200")
    elif answer.status == UNPROCESSABLE and OK in case.statuses:
        yield from _not_accepted(answer)
    else:
        wanted = " or ".join(map(str, sorted(case.statuses)))
        yield demand(
            case.clause, answer, fine=False, expected=f"{wanted} for: {case.name}", got=str(answer.status)
        )


def _as_asked(answer: Answer) -> Iterator[Judgement]:
    case = answer.case
    if case.clause == "auth.forbidden" and len(case.statuses) > 1 and answer.status != 403:  # noqa: PLR2004
        yield note("open.forbidden", answer, "no token is known that must get 403, and a made-up one did not")
        return
    yield from map_holds(answer, case.clause, *(accepts(field) for field in _sent(answer)))
    if answer.status == UNPROCESSABLE and OK in case.statuses:
        for clause in sorted(set(case.open_to.values())):
            yield note(clause, answer, f"{case.name}: refused with 422, which the page leaves open")


def map_holds(answer: Answer, *clauses: str) -> Iterator[Judgement]:
    return (demand(clause, answer, fine=True, expected="", got="") for clause in clauses)


def _sent(answer: Answer) -> tuple[str, ...]:
    query = answer.case.query
    return tuple(query.body()) if query and answer.status == OK and answer.case.auth is Auth.VALID else ()


def _not_accepted(answer: Answer) -> Iterator[Judgement]:
    """A valid request was refused: open where the page is silent, a breach for every other field named."""
    case, named = answer.case, answer.named
    for field in sorted(named & case.open_to.keys()):
        yield note(
            case.open_to[field], answer, f"{case.name}: {field} is refused, which the page leaves open"
        )
    if not named:
        yield demand(case.clause, answer, fine=False, expected=f"200 for: {case.name}", got=answer.json)
    for field in sorted(named - case.open_to.keys()):
        yield demand(accepts(field), answer, fine=False, expected=f"200 for: {case.name}", got=answer.json)


_FIELDS = {
    "start_date": "start-date",
    "end_date": "end-date",
    "sortKey": "sort-key",
    "sortOrder": "sort-order",
    "read_status": "read-status",
    "per_page": "per-page",
    "check_irregular_traffic": "check-irregular-traffic",
    "include_ip_addresses": "include-ip-addresses",
    "filters": "filters",
}


def accepts(field: str) -> str:
    return f"accepts.{_FIELDS.get(field, 'request')}"


def refuses(field: str) -> str:
    return f"refuses.{_FIELDS.get(field, 'body')}"
