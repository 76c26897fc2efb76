// What the rows say together. A row counts as often as its `weight`.

import * as days from "./days.js";

const MOST_BARS = 100;

/** How long a visit took, up to so many seconds. */
const STAYS = [
  { label: "under 10 s", below: 10 },
  { label: "10 – 30 s", below: 30 },
  { label: "30 – 60 s", below: 60 },
  { label: "1 – 3 min", below: 180 },
  { label: "3 – 10 min", below: 600 },
  { label: "over 10 min", below: Infinity },
];

export function sum(rows) {
  return rows.reduce((total, row) => total + row.weight, 0);
}

/** `[{ value, count, share }]` of a column, the most frequent first. */
export function shares(rows, column) {
  const counts = new Map();
  for (const row of rows) counts.set(row[column], (counts.get(row[column]) ?? 0) + row.weight);
  const total = sum(rows);
  return [...counts]
    .map(([value, count]) => ({ value, count, share: count / total }))
    .sort((a, b) => b.count - a.count);
}

/** The middle of the time spent, in seconds; null where no row has one. */
export function median(rows) {
  const timed = rows.filter((row) => Number.isFinite(row.time_spend)).sort((a, b) => a.time_spend - b.time_spend);
  const half = sum(timed) / 2;
  let passed = 0;
  return timed.find((row) => (passed += row.weight) >= half)?.time_spend ?? null;
}

export function stays(rows) {
  const counts = STAYS.map(() => 0);
  for (const row of rows) {
    const place = STAYS.findIndex((stay) => row.time_spend < stay.below);
    if (place >= 0) counts[place] += row.weight;
  }
  return STAYS.map((stay, index) => ({ label: stay.label, parts: [counts[index]] }));
}

/** Sessions by the hour of the day in which they began, UTC. */
export function hours(rows) {
  const counts = Array(24).fill(0);
  for (const row of rows) {
    const hour = new Date(days.instant(row.created_at)).getUTCHours();
    if (hour >= 0) counts[hour] += row.weight;
  }
  return counts.map((count, hour) => ({ label: `${hour}`, long: `${hour}:00 – ${hour}:59 UTC`, parts: [count] }));
}

/** `[{ from, to, parts: [people, irregular] }]` a day, for each day or, where they are many, for each few of them. */
export function daily(rows, range) {
  const ranges = days.divided(range, MOST_BARS);
  const counts = ranges.map(() => [0, 0]);
  const first = ranges.map((one) => one.from);
  for (const row of rows) {
    const place = first.findLastIndex((from) => from <= days.dayOf(row.created_at));
    if (place >= 0) counts[place][row.irregular_traffic ? 1 : 0] += row.weight;
  }
  return ranges.map((one, index) => ({ ...one, parts: counts[index].map((count) => count / days.length(one)) }));
}

export function irregular(rows) {
  return sum(rows.filter((row) => row.irregular_traffic));
}
