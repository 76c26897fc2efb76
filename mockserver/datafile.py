"""Records out of a .jsonl, .json or .csv file, one at a time, in bounded memory."""

from __future__ import annotations

import codecs
import csv
import json
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeAlias

from mockserver.errors import DataError
from mockserver.progress import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Where a record stands (a line from 1, an element of the list from 0), and what it says.
Record: TypeAlias = tuple[int, Any]

_BLANKS = " \t\r\n"
_CHUNK_BYTES = 1 << 20
_LONGEST_ELEMENT = 1 << 24
_RECORDS_A_REPORT = 4096
_SHOWN = 30


class DataFile:
    """A file of records; the end of its name says what it holds and how its records are counted.

    Where it `has_cells`, every value of a record is a text or null.
    """

    def __init__(self, path: Path) -> None:
        """Raises `DataError` for another ending than .jsonl, .json and .csv."""
        self._path = path
        if path.suffix.lower() not in _KINDS:
            raise DataError(f"{str(path)!r} is no data file: use one that ends in .jsonl, .json or .csv")
        self._place, self._read = _KINDS[path.suffix.lower()]
        self.has_cells = self._read is _table

    def records(self, progress: Callable[[int], None] = silent) -> Iterator[Record]:
        """Every record; `progress` is told now and then how many bytes were read.

        Raises `DataError` for what can't be read, naming its place.
        """
        try:
            with self._path.open("rb") as file:
                for count, record in enumerate(self._read(file)):
                    if count % _RECORDS_A_REPORT == 0:
                        progress(file.tell())
                    yield record
                progress(file.tell())
        except OSError as error:
            raise DataError(f"{str(self._path)!r} cannot be read: {error.strerror}") from None
        except _NoRecordError as error:
            raise DataError(f"{self._path}: {self.place(error.number)}: {error.reason}") from None

    def place(self, number: int) -> str:
        return self._place.format(number)


class _NoRecordError(Exception):
    def __init__(self, number: int, error: Exception) -> None:
        super().__init__(number, error)
        self.number = number
        # What follows a semicolon is Python's advice to programmers.
        self.reason = str(error).partition(";")[0]
        if isinstance(error, RecursionError):
            self.reason = "lists and objects stand in one another too deep: use fewer levels"
        elif isinstance(error, UnicodeDecodeError):
            self.reason = f"byte {error.object[error.start]:#04x} is no UTF-8: save the file as UTF-8"
        elif isinstance(error, json.JSONDecodeError):
            near = error.doc[max(error.pos - _SHOWN, 0) : error.pos + _SHOWN]
            self.reason = f"{near!r} is no JSON ({error.msg}): use objects with a row's columns"


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON: use null")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


def _lines(file: BinaryIO) -> Iterator[Record]:
    """One JSON object a line; blank lines hold nothing."""
    for number, line in enumerate(file, start=1):
        try:
            text = _decoded(line, number).strip(_BLANKS)
            if not text:
                continue
            record = _DECODER.decode(text)
        except (ValueError, RecursionError) as error:
            raise _NoRecordError(number, error) from None
        yield number, record


def _table(file: BinaryIO) -> Iterator[Record]:
    """A header and one row a line; an empty cell is null, a blank line holds nothing."""
    rows = csv.reader((_decoded(line, number) for number, line in enumerate(file, start=1)), strict=True)
    try:
        for record in _named(rows):
            yield rows.line_num, record
    except (ValueError, csv.Error) as error:
        # A line that can't be decoded was never counted.
        line = rows.line_num + isinstance(error, UnicodeDecodeError)
        raise _NoRecordError(max(line, 1), error) from None


def _named(rows: Iterator[list[str]]) -> Iterator[dict[str, Any]]:
    header = next(rows, [])
    if not header or len(set(header)) < len(header):
        raise ValueError(f"the header is {','.join(header)!r}: name each column once")
    for cells in filter(None, rows):
        if len(cells) != len(header):
            raise ValueError(f"{len(cells)} cells, but the header names {len(header)} columns")
        yield {name: cell or None for name, cell in zip(header, cells, strict=True)}


def _elements(file: BinaryIO) -> Iterator[Record]:
    """The objects of one JSON list."""
    number = 0
    try:
        for value in _JsonText(file).elements():
            yield number, value
            number += 1
    except (ValueError, RecursionError) as error:
        raise _NoRecordError(number, error) from None


def _decoded(line: bytes, number: int) -> str:
    return line.decode("utf-8-sig" if number == 1 else "utf-8")


class _JsonText:
    """A long JSON list, of which only the stretch being read is kept.

    Its methods raise `ValueError` where the text is none.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._stretch = ""
        self._at = 0

    def elements(self) -> Iterator[object]:
        if self._take() != "[":
            raise ValueError("use a JSON list of objects")
        mark = self._take() if self._peek() == "]" else ","
        while mark != "]":
            if mark != ",":
                raise ValueError("a comma or the list's closing bracket must come first")
            yield self._value()
            mark = self._take()
        if self._peek():
            raise ValueError("nothing may follow the list")

    def _peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            while self._at < len(self._stretch):
                if self._stretch[self._at] not in _BLANKS:
                    return self._stretch[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _take(self) -> str:
        character = self._peek()
        self._at += len(character)
        return character

    def _value(self) -> object:
        """The next value, read again with more of the text if the stretch ends within it."""
        self._peek()  # passes the blanks
        while True:
            try:
                value, self._at = _DECODER.raw_decode(self._stretch, self._at)
            except json.JSONDecodeError as error:
                if len(self._stretch) - self._at > _LONGEST_ELEMENT or not self._more():
                    raise json.JSONDecodeError(error.msg, self._stretch, error.pos) from None
            else:
                return value

    def _more(self) -> bool:
        """Drop what was read, append what comes; False if nothing does."""
        chunk = self._file.read(_CHUNK_BYTES)
        self._stretch = self._stretch[self._at :] + self._decode(chunk, final=not chunk)
        self._at = 0
        return bool(chunk)


#: How a record's place is called, and how the file is read, by the end of its name.
_KINDS: dict[str, tuple[str, Callable[[BinaryIO], Iterator[Record]]]] = {
    ".jsonl": ("line {}", _lines),
    ".json": ("element [{}]", _elements),
    ".csv": ("line {}", _table),
}
