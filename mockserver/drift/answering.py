"""Steps that change the answer: its status, a header, its body, its rows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from mockserver import respond
from mockserver.phpjson import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mockserver.drift.call import Call, Fields, Json, Step
    from mockserver.respond import Answer

    Row = dict[str, Json]
    Edit = Callable[[Answer], Answer]

OK, UNAUTHENTICATED, FORBIDDEN, INVALID, TOO_MANY, FAILED = 200, 401, 403, 422, 429, 500
NOT_ALLOWED = 405

HTML = b"text/html; charset=UTF-8"


def answers(edit: Edit, *statuses: int) -> Step:
    """Edit answers of these statuses, or of all."""

    def edited(call: Call) -> Answer:
        answer = call.answer()
        return edit(answer) if not statuses or answer.status in statuses else answer

    return edited


def chain(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edited(answer: Answer) -> Answer:
        for edit in edits:
            answer = edit(answer)
        return answer

    return edited


def status(code: int) -> Edit:
    return lambda answer: replace(answer, status=code)


def body(edit: Callable[[bytes], bytes]) -> Edit:
    return lambda answer: replace(answer, body=edit(answer.body))


def header(name: str, edit: Callable[[str], str | None]) -> Edit:
    """Edit a header's text where it is sent; None drops it."""
    wire = name.lower().encode()

    def edited(answer: Answer) -> Answer:
        pairs = ((key, edit(text.decode("latin-1")) if key == wire else text) for key, text in answer.headers)
        kept = ((key, text) for key, text in pairs if text is not None)
        headers = tuple(
            (key, text.encode("latin-1") if isinstance(text, str) else text) for key, text in kept
        )
        return replace(answer, headers=headers)

    return edited


def lacks(*names: str) -> Edit:
    """Without these headers."""
    return chain(*(header(name, lambda _: None) for name in names))


def gains(name: str, text: str) -> Edit:
    """With one header more."""
    return lambda answer: replace(
        answer, headers=(*answer.headers, (name.lower().encode(), text.encode("latin-1")))
    )


def written(answer: Answer, value: Json) -> Answer:
    """The answer with this JSON for a body."""
    return replace(answer, body=json_text(value).encode())


def text(content: str, media: bytes) -> Edit:
    """With this text for a body."""
    return chain(header("content-type", lambda _: media.decode()), body(lambda _: content.encode()))


def document(edit: Callable[[Json], Json]) -> Edit:
    """Edit the JSON of the body; a body that is none stays."""

    def edited(answer: Answer) -> Answer:
        try:
            value = json.loads(answer.body)
        except ValueError:
            return answer
        changed = edit(value)
        return answer if json_text(changed) == json_text(value) else written(answer, changed)

    return edited


def sets(**items: Json) -> Edit:
    """With these keys at the top of the body."""
    return document(lambda value: {**value, **items} if isinstance(value, dict) else value)


def omits(*keys: str) -> Edit:
    """Without these keys at the top of the body."""
    return document(lambda value: without(value, *keys) if isinstance(value, dict) else value)


def without(value: dict[str, Json], *keys: str) -> dict[str, Json]:
    return {key: item for key, item in value.items() if key not in keys}


def renamed(value: dict[str, Json], **names: str) -> dict[str, Json]:
    """The same object under other keys, order kept."""
    return {names.get(key, key): item for key, item in value.items()}


def paged(edit: Callable[[dict[str, Json]], Json]) -> Step:
    """Edit `data`, the paginator of a 200."""
    return answers(document(lambda value: {**value, "data": edit(value["data"])}), OK)


def item(key: str, edit: Callable[[dict[str, Json]], Json]) -> Step:
    """Edit one key of the paginator, knowing all."""
    return paged(lambda data: {**data, key: edit(data)})


def paged_as(edit: Callable[[Fields, dict[str, Json]], Json]) -> Step:
    """The same, knowing what was asked."""
    return lambda call: paged(lambda data: edit(call.fields, data))(call)


def rows(edit: Callable[[list[Row]], Iterable[Json]]) -> Step:
    """Edit the rows of a 200."""
    return paged(lambda data: {**data, "data": list(edit(data["data"]))})


def each_row(edit: Callable[[Row], Json]) -> Step:
    """Edit every row of a 200."""
    return rows(lambda page: map(edit, page))


def cells(**edits: Callable[[Json], Json]) -> Step:
    """Edit these columns of every row of a 200."""

    def edited(row: Row) -> Row:
        return {key: edits[key](value) if key in edits else value for key, value in row.items()}

    return each_row(edited)


def fails(condition: Callable[[Fields], object], code: int = FAILED) -> Step:
    """Answer such input, whether valid or not, with the vendor's error."""

    def failing(call: Call) -> Answer:
        answer = call.answer()
        if answer.status not in (OK, INVALID) or not condition(call.fields):
            return answer
        return _error(answer, code, call.sandbox.profile.errors.envelope)

    return failing


def _error(answer: Answer, code: int, envelope: str) -> Answer:
    return replace(answer, status=code, body=respond.error(code, respond.SERVER_ERROR, envelope).body)


def refuses(field: str, sentence: str, condition: Callable[[Json], object]) -> Step:
    """Answer valid input with a 422 where it sends `field` with such a value."""

    def refusing(call: Call) -> Answer:
        answer, fields = call.answer(), call.fields
        if answer.status != OK or field not in fields or not condition(fields[field]):
            return answer
        refusal = {"message": sentence, "errors": {field: [sentence]}}
        return written(replace(answer, status=INVALID), refusal)

    return refusing
