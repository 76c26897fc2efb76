// A line of the list: enough of an exchange to know which one it was, and why it was refused.

import { parsed } from "../admin.js";
import { badge, format, h } from "../dom.js";
import { marks } from "./exchange.js";

/** The option of a listbox for an exchange. */
export function item(exchange, choose) {
  const { id, request, answer } = exchange;
  return h(
    "li",
    {
      role: "option",
      id: `exchange-${id}`,
      dataset: { id },
      class: "item",
      "aria-selected": "false",
      onclick: () => choose(id),
    },
    badge(answer.status),
    h("span", { class: "what" }, h("b", {}, request.method), ` ${shortened(request)}`),
    h("span", { class: "when muted" }, h("time", { datetime: exchange.time }, format.time(exchange.time))),
    h("span", { class: "gist muted" }, marks(exchange), gist(exchange)),
    h(
      "span",
      { class: "cost muted" },
      h("code", {}, exchange.token),
      format.ms(exchange.duration_ms + exchange.delay_ms),
    ),
  );
}

/** Nearly every path is the same one, so that its end tells them apart. */
function shortened({ path, query }) {
  const end = path.split("/").length > 3 ? `…${path.slice(path.lastIndexOf("/"))}` : path;
  return query ? `${end}?${query}` : end;
}

/** In few words: the first reason of a refusal, or what was asked for and how much there was of it. */
function gist({ request, answer, explanation }) {
  const { remarks } = explanation;
  // What is wrong with a field says more than what else there is to say.
  const said = remarks.find((remark) => remark.field) ?? remarks[0];
  if (said) return said.text;
  const asked = parsed(request.body) ?? {};
  const found = answer.body === null ? undefined : parsed(answer.body)?.data?.total;
  return [
    found !== undefined && format.plural(found, "row"),
    asked.start_date && `${day(asked.start_date)} – ${day(asked.end_date)}`,
    asked.sortKey && `${asked.sortKey} ${asked.sortOrder ?? ""}`,
    asked.read_status,
    ...Object.entries(asked.filters ?? {}).map(([column, value]) => `${column}: ${[value].flat().join(", ")}`),
  ]
    .filter(Boolean)
    .join(" · ");
}

const day = (text) => String(text ?? "").slice(0, 10);
