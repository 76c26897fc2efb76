// Why an answer is what it is: each reason with the clause of the ledger that it rests on.

import { copyButton, h } from "../dom.js";
import { json } from "../json.js";

const TONE = { documented: "ok", sibling: "info", framework: "accent", assumed: "warn" };

/** How well a behaviour is known. */
export function provenance(word) {
  return h("span", { class: `mark ${TONE[word] ?? ""}`, title: "How well this is known" }, word);
}

/** The clause's id, sentence and provenance; the id leads to the documents. */
export function clause(id, ledger) {
  const entry = ledger.get(id);
  return h(
    "p",
    { class: "clause" },
    h("a", { href: `docs#ledger/${id}`, class: "mono" }, id),
    entry && [" ", h("span", { class: "muted" }, entry.rule), " ", provenance(entry.provenance)],
  );
}

function remark(one, ledger) {
  return h(
    "li",
    {},
    h("p", { class: "reason" }, one.text),
    one.did_you_mean && h("p", { class: "meant" }, "Did you mean ", h("code", {}, one.did_you_mean), "?"),
    clause(one.ledger, ledger),
  );
}

/** The names of the outermost fields that the reasons are about. */
export function blamed(explanation) {
  return new Set(explanation.remarks.map((one) => one.field?.split(".")[0]).filter(Boolean));
}

function nearest(body, { sent, tryIt, notify }) {
  const changed = new Set(Object.keys(body).filter((key) => JSON.stringify(body[key]) !== JSON.stringify(sent?.[key])));
  return h(
    "div",
    { class: "nearest" },
    h(
      "div",
      { class: "row between" },
      h("h4", {}, "The nearest valid body"),
      h(
        "div",
        { class: "row" },
        copyButton(() => JSON.stringify(body, null, 2), { name: "Copy the nearest valid body", notify }),
        tryIt(body),
      ),
    ),
    json(body, { label: "The nearest valid body", flagged: changed }),
  );
}

/**
 * The whole explanation, or null where there is nothing to say. `sent` is the body as a value, if it was one;
 * `tryIt(body)` is the element that brings a body into the Explorer.
 */
export function explanation(found, { ledger, sent, tryIt, notify }) {
  if (!found.remarks.length && !found.nearest_valid) return null;
  return h(
    "section",
    { class: "why", "aria-label": "Explanation" },
    h("h3", {}, "Why this answer"),
    h(
      "ul",
      { class: "remarks" },
      found.remarks.map((one) => remark(one, ledger)),
    ),
    found.nearest_valid && nearest(found.nearest_valid, { sent, tryIt, notify }),
  );
}
