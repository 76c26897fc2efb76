// The figures and charts of the sessions that were read.

import { columns, percent, ranking } from "../charts.js";
import { format, h, uid } from "../dom.js";
import * as days from "./days.js";
import * as figures from "./figures.js";
import { columnName, duration, spelled } from "./words.js";

const SHOWN = 7;
const COLOURS = { country: "chart-1", browser: "chart-2", device: "chart-5", platform_os: "chart-4" };
const SESSIONS = [{ name: "sessions", colour: "chart-1" }];
const PEOPLE = [{ name: "people", colour: "chart-1" }, { name: "irregular", colour: "chart-3" }];

const count = (value) => format.number(Math.round(value));
const few = (value) => format.number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

/** `sessions` as `read` gives them, `before` how many there were as many days earlier (null: not known). */
export function overview({ sessions, before, query, choose }) {
  return [
    sample(sessions),
    cards(sessions, before, query.range),
    perDay(sessions, query.range),
    h("div", { class: "rankings" }, Object.keys(COLOURS).map((column) => shares(sessions, column, query, choose))),
    // A sample comes from a few hours only, so that it can't say which of them are busy.
    h("div", { class: "two" }, stays(sessions), !sessions.periods && hours(sessions)),
  ];
}

/** What is exact and what is not. */
function sample(sessions) {
  if (!sessions.periods) return null;
  return h("p", { class: "note" },
    h("b", {}, `Shares come from ${count(sessions.rows.length)} of ${count(sessions.total)} sessions`),
    `, up to a thousand of each of ${sessions.periods.length} periods. Totals and unread are exact.`);
}

function cards(sessions, before, range) {
  const { rows, total, unread } = sessions;
  const irregular = figures.irregular(rows);
  const about = sessions.periods ? "about " : "";
  return h(
    "dl",
    { class: "figures" },
    card("Sessions", count(total), change(total, before, range)),
    card("A day", few(total / days.length(range)), `on average over ${days.length(range)} days`),
    card("Time spent", duration(figures.median(rows)), "median of a session"),
    card("Unread", percent(unread / (total || 1)), `${count(unread)} sessions`),
    card("Irregular traffic", percent(irregular / (total || 1)), `${about}${count(irregular)} sessions`),
    card("Countries", count(new Set(rows.map((row) => row.country)).size), sessions.periods ? "among those read" : "at least one session each"),
  );
}

function card(name, value, note) {
  return h("div", { class: "card figure" }, h("dt", {}, name), h("dd", { class: "value" }, value), h("dd", { class: "muted" }, note));
}

function change(total, before, range) {
  if (!before) return days.named(range);
  const share = (total - before) / before;
  const words = share === 0 ? "as many as" : `${share > 0 ? "▲" : "▼"} ${percent(Math.abs(share))} against`;
  return `${words} the ${days.length(range)} days before`;
}

/** People and irregular traffic apart where all was read; of a sample only the totals are sure. */
function perDay(sessions, range) {
  const periods = sessions.periods?.map((period) => ({ ...period, parts: [period.total / days.length(period)] }));
  const bars = (periods ?? figures.daily(sessions.rows, range)).map((bar) => ({ ...bar, label: days.short(bar), long: days.named(bar) }));
  const isDaily = bars.every((bar) => bar.from === bar.to);
  const whole = (bar) => added(bar.parts);
  const best = bars.reduce((most, bar) => (whole(bar) > whole(most) ? bar : most));
  return panel("Sessions per day", isDaily ? "UTC" : "averages of several days, UTC", (title) => columns({
    title,
    bars,
    series: periods ? SESSIONS : PEOPLE,
    number: few,
    unit: isDaily ? "Day" : "Days",
    summary: `${bars.length} bars; the most is ${few(whole(best))} on ${best.long}`,
  }), "wide");
}

function shares(sessions, column, query, choose) {
  const all = figures.shares(sessions.rows, column);
  const items = all.slice(0, SHOWN).map((item) => ({ ...item, name: spelled(column, item.value), note: column === "country" ? item.value : null }));
  const rest = all.slice(SHOWN);
  if (rest.length) items.push({ name: `${rest.length} others`, count: added(rest.map((item) => item.count)), share: added(rest.map((item) => item.share)) });
  return ranking({
    title: columnName(column),
    items,
    number: count,
    colour: COLOURS[column],
    chosen: new Set(query.filters[column]),
    choose: (value) => choose(column, value),
  });
}

function added(values) {
  return values.reduce((sum, value) => sum + value, 0);
}

function stays(sessions) {
  const bars = figures.stays(sessions.rows);
  const all = added(bars.map((bar) => bar.parts[0])) || 1;
  return panel("Time spent", "share of sessions", (title) => columns({
    title,
    bars: bars.map((bar) => ({ ...bar, parts: [bar.parts[0] / all] })),
    series: [{ name: "of sessions", colour: "chart-2" }],
    number: percent,
    unit: "Time spent",
    summary: `The median is ${duration(figures.median(sessions.rows))}`,
  }));
}

function hours(sessions) {
  const bars = figures.hours(sessions.rows);
  const busiest = bars.reduce((most, bar) => (bar.parts[0] > most.parts[0] ? bar : most));
  return panel("Hour of the day", "when sessions begin, UTC", (title) => columns({
    title,
    bars,
    series: [{ name: "sessions", colour: "chart-5" }],
    number: count,
    unit: "Hour",
    summary: `The busiest is ${busiest.long}`,
  }));
}

function panel(title, note, chart, kind) {
  const heading = h("h2", { id: uid("panel") }, title);
  return h("section", { class: ["card", kind].filter(Boolean).join(" "), "aria-labelledby": heading.id },
    h("header", {}, heading, h("span", { class: "muted" }, note)), chart(title));
}
