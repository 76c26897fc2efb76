// The ledger as a table: searched by any of its words, narrowed to one provenance.

import { field, fill, format, h, say, uid } from "../dom.js";

const ALL = "";
const TONES = { documented: "ok", sibling: "info", framework: "accent", assumed: "warn" };
const MEANINGS = [
  ["documented", "the published page says so"],
  ["sibling", "another page of the same site says so"],
  ["framework", "recorded from the framework behind the API"],
  ["assumed", "chosen by this project"],
];

/** Draw the entries into `root`; `wanted` is the id that the address names. */
export function ledgerTable(root, entries, wanted) {
  const search = h("input", { type: "search", placeholder: "throttle, 422, page:54, per_page …", autocomplete: "off", spellcheck: "false" });
  const found = h("p", { class: "muted", role: "status" });
  const rows = entries.map((entry) => ({ entry, words: wordsOf(entry), element: row(entry, wanted) }));
  const provenance = provenances(entries, () => draw());
  const draw = () => {
    const words = search.value.toLowerCase().split(/\s+/);
    const { value } = provenance.querySelector(":checked");
    for (const one of rows) one.element.hidden = (value !== ALL && one.entry.provenance !== value) || !words.every((word) => one.words.includes(word));
    say(found, `${format.plural(rows.filter((one) => !one.element.hidden).length, "entry", "entries")} of ${entries.length}`);
  };
  search.addEventListener("input", draw);
  const heading = h("h1", { id: uid("ledger") }, "Ledger");
  fill(
    root,
    heading,
    h("p", { class: "muted lead" }, "Every behaviour of the fake: what it is, where that is known from, which switch of the profile turns it, and what holds it in place."),
    h("div", { class: "row end-line ledger-bar" }, h("div", { class: "grow" }, field("Search", search)), provenance),
    found,
    h("div", { class: "scroll card", tabindex: 0, role: "region", "aria-label": "Entries of the ledger" },
      h("table", { class: "ledger" },
        h("thead", {}, h("tr", {}, ["Entry", "Rule", "Known from", "Switch", "Held by"].map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, rows.map((one) => one.element)))),
    h("dl", { class: "facts" }, MEANINGS.map(([name, meaning]) => [h("dt", {}, name), h("dd", {}, meaning)])),
  );
  draw();
  root.querySelector(".wanted")?.scrollIntoView({ block: "center" });
}

function provenances(entries, changed) {
  const name = uid("provenance");
  const choice = (value, text) => {
    const count = value === ALL ? entries.length : entries.filter((entry) => entry.provenance === value).length;
    return h("label", {}, h("input", { type: "radio", name, value, checked: value === ALL, onchange: changed }), text, h("span", { class: "count" }, count));
  };
  return h("fieldset", { class: "field" }, h("legend", { class: "legend" }, "Known from"),
    h("div", { class: "choices" }, choice(ALL, "all"), MEANINGS.map(([value]) => choice(value, value))));
}

function wordsOf(entry) {
  return [entry.id, entry.rule, entry.provenance, entry.evidence, entry.switch, ...entry.held_by].join(" ").toLowerCase();
}

function row(entry, wanted) {
  return h(
    "tr",
    { class: entry.id === wanted && "wanted" },
    h("th", { scope: "row" }, h("a", { href: `#ledger/${entry.id}`, "aria-current": entry.id === wanted && "true" }, entry.id)),
    h("td", { class: "rule" }, entry.rule),
    h("td", {}, h("span", { class: `mark ${TONES[entry.provenance]}` }, entry.provenance), " ", entry.evidence),
    h("td", {}, entry.switch && h("code", {}, entry.switch)),
    h("td", {}, entry.held_by.map((held) => h("code", { class: "held" }, held))),
  );
}
