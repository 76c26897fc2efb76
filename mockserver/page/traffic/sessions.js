// Reads the sessions of a range in a handful of requests, however many there are.

import * as days from "./days.js";

// The contract's largest page; so many of them are read whole, so many periods stand for more.
const PAGE_SIZE = 1000;
const WHOLE_PAGES = 5;
const PERIODS = 7;

/** What is asked of the endpoint. `query` is `{ range, filters, status }`, the filters a list of values by column. */
export function body(query, changes = {}) {
  return {
    start_date: `${query.range.from} 00:00:00`,
    end_date: `${query.range.to} 23:59:59`,
    sortKey: "created_at",
    sortOrder: "desc",
    per_page: String(PAGE_SIZE),
    check_irregular_traffic: "1",
    filters: query.filters,
    ...(query.status ? { read_status: query.status } : {}),
    ...changes,
  };
}

/** How many there are, without reading them. */
export async function count(ask, query, changes = {}) {
  return (await ask(body(query, { per_page: "1", ...changes }))).total;
}

/**
 * The sessions of a query: `{ total, rows, periods, unread }`. Up to 5,000 are read whole. Of more, a thousand of each of
 * seven periods are read; the periods' totals are exact, and a row's `weight` says how many it stands for.
 */
export async function read(ask, query) {
  const first = await ask(body(query));
  if (first.last_page > WHOLE_PAGES) return sampled(ask, query, first.total);
  const rows = [...first.data];
  for (let page = first; page.next_page_url; ) {
    page = await ask(body(query), Number(new URL(page.next_page_url, location.href).searchParams.get("page")));
    rows.push(...page.data);
  }
  const unread = rows.filter((row) => row.read_status === "unread").length;
  return { total: first.total, rows: rows.map((row) => ({ ...row, weight: 1 })), periods: null, unread };
}

async function sampled(ask, query, total) {
  const ranges = days.divided(query.range, PERIODS);
  const pages = total / ranges.length / PAGE_SIZE;
  const periods = [];
  const rows = [];
  for (const [index, range] of ranges.entries()) {
    const page = await thousand(ask, body({ ...query, range }), elsewhere(index, pages));
    periods.push({ ...range, total: page.total });
    rows.push(...page.data.map((row) => ({ ...row, weight: page.total / page.data.length })));
  }
  // The newest sessions are the unread ones, so that no part stands for the whole: the endpoint knows how many.
  const unread = query.status ? (query.status === "unread" ? total : 0) : await count(ask, query, { read_status: "unread" });
  return { total, rows, periods, unread };
}

/** Not the same place in every period: the first pages of all would come from the same hours of the day. */
function elsewhere(index, pages) {
  const golden = 0.618;
  return 1 + Math.floor(((index * golden) % 1) * pages);
}

/** That page, or the first where a quiet period has no such page. */
async function thousand(ask, wanted, page) {
  const found = await ask(wanted, page);
  return found.data.length || !found.total ? found : ask(wanted, 1);
}

/** The days of the newest and the oldest session there is; null where there are none. */
export async function extent(ask, query) {
  const wide = { ...query, range: { from: "2000-01-01", to: "2099-12-31" } };
  const newest = (await ask(body(wide, { per_page: "1" }))).data[0];
  if (!newest) return null;
  const oldest = (await ask(body(wide, { per_page: "1", sortOrder: "asc" }))).data[0];
  return { from: days.dayOf(oldest.created_at), to: days.dayOf(newest.created_at) };
}
