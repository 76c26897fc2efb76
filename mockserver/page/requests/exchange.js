// One exchange: the request and its answer side by side, why it is so, and the same call as code.

import { parsed } from "../admin.js";
import { badge, copyButton, format, h } from "../dom.js";
import { code, json } from "../json.js";
import { blamed, explanation } from "./explanation.js";
import { callOf, LANGUAGES } from "./snippets.js";

/** Everything about an exchange. `back` closes it where the window is too narrow for the list beside it. */
export function exchangeDetail(exchange, { context, ledger, back }) {
  const sent = parsed(exchange.request.body);
  const tryIt = (body) =>
    h(
      "a",
      { class: "button small", href: context.link("explorer", { body: JSON.stringify(body) }) },
      "Try in Explorer",
    );
  return [
    h("button", { type: "button", class: "button small back", onclick: back }, "← All requests"),
    heading(exchange),
    actions(exchange, context),
    explanation(exchange.explanation, { ledger, sent, tryIt, notify: context.notify }),
    h("div", { class: "sides" }, requestSide(exchange, context), answerSide(exchange, context)),
  ];
}

function heading({ id, request, answer, ...exchange }) {
  const held = exchange.delay_ms > 0 && `held back ${format.ms(exchange.delay_ms)}`;
  return h(
    "header",
    { class: "exchange-head" },
    h(
      "h2",
      {},
      badge(answer.status),
      " ",
      request.method,
      " ",
      h("span", { class: "path" }, request.path + (request.query && `?${request.query}`)),
    ),
    h(
      "p",
      { class: "meta muted" },
      [`#${id}`, `${format.moment(exchange.time)} UTC`, format.ms(exchange.duration_ms), held]
        .filter(Boolean)
        .map((text) => h("span", {}, text)),
      h("span", {}, "token ", h("code", {}, exchange.token)),
      marks(exchange),
    ),
  );
}

/** What was staged: a fault of the sandbox, or what the request itself had asked for. */
export function marks({ fault, forced }) {
  return [
    fault && h("span", { class: "mark bad" }, `fault: ${fault}`),
    forced && h("span", { class: "mark accent" }, `forced: ${forced}`),
  ];
}

function actions(exchange, context) {
  const { request } = exchange;
  const isWhole = request.body_bytes !== null && new TextEncoder().encode(request.body).length >= request.body_bytes;
  const call = callOf(exchange, location.origin);
  return h(
    "div",
    { class: "row actions" },
    h("span", { class: "muted" }, "Copy as"),
    LANGUAGES.map(({ name, write, title = name }) =>
      copyButton(() => write(call), {
        label: name,
        name: `Copy as ${title}`,
        notify: context.notify,
        class: "button small",
        title,
        // Half a body would be another request.
        disabled: !isWhole && "The journal did not keep all of this body",
      }),
    ),
    h("span", { class: "grow" }),
    request.method === "POST" &&
      isWhole &&
      h("a", { class: "button small", href: tryLink(request, context) }, "Open in Explorer"),
  );
}

function tryLink(request, { link }) {
  const page = new URLSearchParams(request.query).get("page");
  return link("explorer", { body: request.body, ...(page && { page }) });
}

function requestSide({ request, explanation: found }, { notify }) {
  const size = request.body_bytes === null ? "too large to read" : format.bytes(request.body_bytes);
  return h(
    "section",
    { class: "side", "aria-label": "Request" },
    sideHead("Request", size, () => request.body, notify),
    body(request.body, request.headers["content-type"], { label: "Request body", flagged: blamed(found) }),
    headerList(request.headers),
  );
}

function answerSide({ answer }, { notify }) {
  return h(
    "section",
    { class: "side", "aria-label": "Answer" },
    sideHead("Answer", format.bytes(answer.body_bytes), () => answer.body, notify),
    answer.body === null
      ? h("p", { class: "hint" }, "Only the newest hundred answers keep their bodies.")
      : body(answer.body, answer.headers["content-type"], { label: "Answer body" }),
    headerList(answer.headers),
  );
}

function sideHead(name, size, text, notify) {
  const copying = text() && copyButton(text, { name: `Copy the body of the ${name.toLowerCase()}`, notify });
  return h("div", { class: "row between" }, h("h3", {}, name, " ", h("span", { class: "muted size" }, size)), copying);
}

/** A body: as JSON where it says that it is JSON, or as the text that it is. */
function body(text, contentType, { label, flagged }) {
  if (!text) return h("p", { class: "hint" }, "No body.");
  const value = /json/.test(contentType ?? "") || /^\s*[{[]/.test(text) ? parsed(text) : undefined;
  return value === undefined ? code(text, { label }) : json(value, { label, flagged });
}

/** Headers by name. */
export function headerList(headers, { open = false } = {}) {
  const pairs = Object.entries(headers);
  return h(
    "details",
    { open },
    h("summary", {}, format.plural(pairs.length, "header")),
    h(
      "dl",
      { class: "facts" },
      pairs.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
    ),
  );
}
