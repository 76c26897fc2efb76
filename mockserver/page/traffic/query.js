// What is looked at: a range of days, the values that are wanted, read or unread; kept in the address, so that it can be linked.

import { added } from "./days.js";

export const DIMENSIONS = ["country", "browser", "device", "platform_os"];

const DAY = /^\d{4}-\d\d-\d\d$/;

function isDay(text) {
  return DAY.test(text ?? "") && !Number.isNaN(Date.parse(text)) && added(text, 0) === text;
}

/** The query of an address; `range` is null where it names none. */
export function fromParams(params) {
  const [from, to] = [params.get("from"), params.get("to")];
  return {
    range: isDay(from) && isDay(to) && from <= to ? { from, to } : null,
    status: ["read", "unread"].includes(params.get("status")) ? params.get("status") : "",
    // A list of accepted values each; an empty one accepts all.
    filters: Object.fromEntries(DIMENSIONS.map((column) => [column, params.getAll(column)])),
  };
}

/** The same as `[name, value]` pairs. */
export function toParams(query) {
  const wanted = DIMENSIONS.flatMap((column) => query.filters[column].map((value) => [column, value]));
  return [["from", query.range.from], ["to", query.range.to], ...(query.status ? [["status", query.status]] : []), ...wanted];
}

/** The query with a value taken in, or out again. */
export function toggled(query, column, value) {
  const now = query.filters[column];
  const then = now.includes(value) ? now.filter((one) => one !== value) : [...now, value];
  return { ...query, filters: { ...query.filters, [column]: then } };
}

export function isNarrowed(query) {
  return Boolean(query.status) || DIMENSIONS.some((column) => query.filters[column].length);
}

export function widened(query) {
  return { ...query, status: "", filters: Object.fromEntries(DIMENSIONS.map((column) => [column, []])) };
}
