// How the sandbox answers where the page leaves room: its profile, each switch with the clauses that it turns.

import { field, fill, format, h, select, uid } from "../dom.js";
import { clause } from "../requests/explanation.js";
import { Card } from "./card.js";

/** What each switch of words accepts; all others are numbers, and rules are texts. A test holds this to the server. */
export const CHOICES = {
  "errors.envelope": ["documented", "framework"],
  "throttle.unauthenticated": ["counted", "free"],
  "throttle.invalid": ["counted", "bare"],
  "pagination.links": ["object", "list", "list-with-page"],
  "pagination.urls": ["requested", "documented"],
  "dates.offsets": ["counted", "dropped"],
  "flags.truth": ["words", "php"],
  "rows.created_at": ["datetime", "iso8601"],
};

export class SwitchesCard extends Card {
  constructor(context, done) {
    super(context, "Profile switches", { size: "whole", done });
    this.switches = [];
    this.grid = h("div", { class: "switches", oninput: () => this.countChanges() });
    this.count = h("span", { class: "muted", "aria-live": "polite" });
    const apply = () => ({ method: "PUT", path: "/profile", body: overlay(this.switches) });
    const restore = () => ({ method: "DELETE", path: "/profile" });
    const beside = () => [
      this.button("Restore the server's own", restore, { done: "The server's own profile" }),
      this.count,
    ];
    this.show(
      h(
        "p",
        { class: "hint" },
        "What the published page leaves open, or says twice. Each switch names the clauses that it turns.",
      ),
      this.form("Apply changes", apply, { done: "The sandbox answers otherwise now", beside }, this.grid),
    );
  }

  countChanges() {
    const count = this.switches.filter((one) => one.isChanged()).length;
    this.count.textContent = count ? format.plural(count, "change") : "";
  }

  draw({ profile, ledger }) {
    this.aside.textContent = profile.name;
    // Drawn anew only when the server says otherwise, so that no half-made change is lost.
    if (this.shown === JSON.stringify(profile)) return;
    this.shown = JSON.stringify(profile);
    this.switches = Object.entries(profile.tables).flatMap(([table, entries]) =>
      Object.entries(entries).map(([key, value]) => profileSwitch(table, key, value, ledger)),
    );
    const [rules, others] = [true, false].map((isRule) =>
      this.switches.filter((one) => (one.table === "rules") === isRule),
    );
    fill(this.grid, group("Switches", others), group("Rules, in the order of their errors", rules));
    this.countChanges();
    this.drawCalls();
  }
}

function group(title, members) {
  return h(
    "fieldset",
    {},
    h("legend", { class: "table-name" }, title),
    h(
      "div",
      { class: "switch-table" },
      members.map((one) => one.element),
    ),
  );
}

/** The whole profile as it is chosen: what PUT gets lies over the server's own, not over what the sandbox has. */
function overlay(switches) {
  const tables = {};
  for (const one of switches) (tables[one.table] ??= {})[one.key] = one.value();
  return tables;
}

function profileSwitch(table, key, value, ledger) {
  const name = `${table}.${key}`;
  const control = controlOf(name, value);
  const clauses = clausesOf(name, ledger);
  const element = h(
    "div",
    { class: "switch" },
    field(table === "rules" ? key : name, control),
    about(clauses, ledger, control),
  );
  const now = () => (typeof value === "number" ? Number(control.value) : control.value);
  const isChanged = () => now() !== value;
  control.addEventListener("input", () => element.classList.toggle("changed", isChanged()));
  return { table, key, element, value: now, isChanged };
}

/** Clauses that a test holds come first: they say what this fake does, the others what any server may do. */
function clausesOf(name, ledger) {
  const turned = [...ledger.values()].filter((entry) => entry.switch.split(", ").includes(name));
  const isTested = (entry) => entry.held_by.some((holder) => holder.startsWith("test:"));
  return [...turned.filter(isTested), ...turned.filter((entry) => !isTested(entry))];
}

function controlOf(name, value) {
  if (CHOICES[name]) return select(CHOICES[name], value);
  if (typeof value === "number") return h("input", { type: "number", min: 0, required: true, value });
  return h("input", { type: "text", class: "mono", value, spellcheck: "false", autocomplete: "off" });
}

function about(clauses, ledger, control) {
  if (!clauses.length) return null;
  const [first, ...others] = clauses.map((entry) => clause(entry.id, ledger));
  first.id = uid("clause");
  control.setAttribute("aria-describedby", first.id);
  return [
    first,
    others.length > 0 && h("details", { class: "hint" }, h("summary", {}, `${others.length} more`), others),
  ];
}
