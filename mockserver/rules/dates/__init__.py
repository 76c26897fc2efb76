"""Which texts PHP's date parser accepts, and which instant it means by each.

`read` answers for Laravel's `date` rule and for every comparison of dates (`after_or_equal`);
`matches_format` answers for `date_format`. Both are held against thousands of recorded verdicts
in `tests/fidelity/test_recorded_dates.py`. No well-kept library on PyPI does this: `timelib` alone
reads PHP's dates, as PHP 5 did and in C, tells seconds but not whether a full date was named, and
is wrong about one in ten recorded texts even on whether they can be read.

How PHP reads a text
    A text is cut into tokens from the left. At each place every format of one table is tried;
    the format that takes in the most characters wins, and of several equally long ones the first
    in the table. The token fills fields of a draft (`2026-01` the date, `T10` the time, `+2 days`
    the movement), and reading goes on behind it. Blanks, full stops, commas and line ends between
    tokens mean nothing. A place where no format fits makes the whole text unreadable.

    That longest match decides everything surprising about PHP's dates: `2026` is 20:26 o'clock,
    since four digits read as a time before they read as a year; `2026-001` is the first day of
    the year but `2026-01-001` leaves a `1` over and is nothing; `31/01/2026` fails because a slash
    means month first; `2026-01-01 00` leaves an `00` over that no format knows.

What may be said twice
    A second date or a second time is an error. A second zone is passed over, a third is an error.
    Words such as `noon`, `tomorrow` or `monday` clear the time and let a later one be set, so that
    `tomorrow 10:00` is ten o'clock and `10:00 tomorrow` is midnight. Movements add up.

What the draft means
    Fields that no token has set come from the present moment, but the time is midnight once there
    is a date. Then the movements are made (`instant`), days and times beyond their range run over
    into the next ones (February 30 is March 2, 24:00 is the next day), and the zone is taken off.

What the `date` rule asks beyond that
    Year, month and day all stand in the text itself and name a day of the calendar, before any
    movement: `2026-02-30` and `tomorrow` can be read but are no full date.

Known differences
    A text of more than a thousand characters is not read, where PHP reads on for as long as it
    finds full stops. A NUL inside a text ends no number, a non-breaking blank may stand before any
    zone, and -9999999, PHP's own mark for "no year", is a year.

Modules: `grammar` is the table; `actions` and `movements` are its third column; `words`, `zones`
and `gregorian` are what it knows of English, of zones and of the calendar; `draft`, `reader` and
`instant` are the fields, the loop and the outcome; `common` is the short way for the one spelling
that nearly every request has; `layout`, `letters` and `moment` are `date_format`.
Source: the behaviour of PHP 8.2's `strtotime` and `DateTime::createFromFormat`, recorded.
"""

from __future__ import annotations

from mockserver.rules.dates.common import Reading
from mockserver.rules.dates.common import read as read_common
from mockserver.rules.dates.layout import matches_format, read_by_format
from mockserver.rules.dates.reader import read

__all__ = ["Reading", "matches_format", "read", "read_by_format", "read_common"]
