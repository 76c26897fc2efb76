// An answer of the endpoint: what it says, how much is left, its rows, and the way to the next page.

import { badge, choices, fill, format, h } from "../dom.js";
import { gauge } from "../gauge.js";
import { code, json } from "../json.js";
import { headerList } from "../requests/exchange.js";

const RATE = ["x-ratelimit-limit", "x-ratelimit-remaining", "retry-after"];

/** `go(page)` asks for another page of the same; `extra` stands below the status, such as an explanation. */
export function answerOf(answer, { go, view, onView, extra }) {
  const parts = partsOf(answer, go);
  const box = h("div", { class: "stack" });
  const show = (name) => fill(box, parts[name]());
  const onChange = (name) => {
    onView(name);
    show(name);
  };
  const value = view === "Rows" && !rowsOf(answer) ? "JSON" : view;
  show(value);
  const names = Object.keys(parts).map((name) => [name, name]);
  return [
    heading(answer),
    rate(answer.headers),
    extra,
    choices("What to show of the answer", names, { value, onChange }),
    box,
  ];
}

function heading({ status, json: value, ms, text }) {
  const size = h("span", { class: "muted size" }, `${format.ms(ms)} · ${format.bytes(new Blob([text]).size)}`);
  return h("header", {}, h("h2", {}, badge(status), " ", value?.message ?? "", " ", size));
}

function rowsOf({ json: value }) {
  return Array.isArray(value?.data?.data) ? value.data.data : null;
}

/** What there is to see of an answer, each drawn when it is asked for. */
function partsOf(answer, go) {
  const { json: value, text, headers } = answer;
  const rows = rowsOf(answer);
  const none = h("p", { class: "hint" }, "This answer carries no rows.");
  const label = "Body";
  return {
    Rows: () => (rows ? [paging(value.data, go), table(rows)] : none),
    JSON: () => (value === undefined ? code(text || "(no body)", { label }) : json(value, { label })),
    Headers: () => headerList(Object.fromEntries(headers), { open: true }),
  };
}

function rate(headers) {
  const [limit, remaining, wait] = RATE.map((name) => headers.get(name));
  if (limit === null) return h("p", { class: "hint" }, "No rate headers.");
  const left = gauge("Quota, as the answer's headers say");
  const isTold = wait !== null;
  left.update({
    limit: Number(limit),
    remaining: Number(remaining),
    ...(isTold && { seconds: Number(wait), windowSeconds: Number(wait) }),
  });
  if (isTold) runDown(left, { limit: Number(limit), remaining: Number(remaining) }, Number(wait));
  return left.element;
}

/** The wait that Retry-After asks for, until it is over or another answer stands here. */
function runDown(left, quota, seconds) {
  const until = performance.now() + seconds * 1000;
  const timer = setInterval(() => {
    const rest = Math.max(0, (until - performance.now()) / 1000);
    left.update({ ...quota, seconds: rest, windowSeconds: seconds });
    if (!rest || !left.element.isConnected) clearInterval(timer);
  }, 250);
}

function paging(page, go) {
  const to = (url) => (url ? Number(new URL(url, location.href).searchParams.get("page") ?? 1) : null);
  const step = (label, name, number) =>
    h(
      "button",
      {
        type: "button",
        class: "button small",
        disabled: number === null,
        "aria-label": name,
        onclick: () => go(number),
      },
      label,
    );
  const said = page.total
    ? `${page.from === null ? "no rows" : `${format.number(page.from)}–${format.number(page.to)}`} of ${format.number(page.total)}, page ${page.current_page} of ${page.last_page}`
    : "No rows";
  const isFirst = page.prev_page_url === null;
  const isLast = page.next_page_url === null;
  return h(
    "nav",
    { class: "row", "aria-label": "Pages" },
    step("«", "First page", isFirst ? null : to(page.first_page_url)),
    step("‹ Previous", "Previous page", to(page.prev_page_url)),
    step("Next ›", "Next page", to(page.next_page_url)),
    step("»", "Last page", isLast ? null : to(page.last_page_url)),
    h("span", { class: "muted" }, said),
  );
}

function table(rows) {
  if (!rows.length) return null;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return h(
    "div",
    { class: "scroll rows", tabindex: 0, role: "region", "aria-label": "Rows" },
    h(
      "table",
      { class: "table" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          columns.map((column) => h("th", { scope: "col" }, column)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            columns.map((column) => cell(row[column])),
          ),
        ),
      ),
    ),
  );
}

function cell(value) {
  if (value === null || value === undefined) return h("td", { class: "muted" }, value === null ? "null" : "");
  return h(
    "td",
    { class: typeof value === "number" ? "figure" : null },
    typeof value === "object" ? JSON.stringify(value) : String(value),
  );
}
