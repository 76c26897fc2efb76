// Days as "2026-01-31", in UTC like the data: how many, which, and what to call them.

const DAY_MS = 86_400_000;

export function added(day, count) {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a range has, both ends counted. */
export function length({ from, to }) {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** The last `count` days up to `to`. */
export function ending(to, count) {
  return { from: added(to, 1 - count), to };
}

/** `range` as `parts` ranges as equal as whole days allow. */
export function divided(range, parts) {
  const days = length(range);
  const count = Math.min(parts, days);
  const starts = Array.from({ length: count + 1 }, (_, index) => added(range.from, Math.floor((index * days) / count)));
  return starts.slice(0, -1).map((from, index) => ({ from, to: added(starts[index + 1], -1) }));
}

/** Milliseconds of a row's `created_at`, in either notation of the API; NaN for none. */
export function instant(text) {
  return Date.parse(`${String(text).slice(0, 19).replace(" ", "T")}Z`);
}

export function dayOf(text) {
  return String(text).slice(0, 10);
}

const written = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
const brief = written({ day: "numeric", month: "short" });
const whole = written({ day: "numeric", month: "long", year: "numeric" });
const withWeekday = written({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** `1 – 31 January 2026` */
export function named({ from, to }) {
  return from === to ? withWeekday.format(new Date(from)) : whole.formatRange(new Date(from), new Date(to));
}

/** `4 Jan`, `1–4 Jan` */
export function short({ from, to }) {
  return brief.formatRange(new Date(from), new Date(to));
}
