// The range and what is wanted of it, to be changed: presets, two dates, read or unread, a chip for every filter.

import { field, fill, h, select, uid } from "../dom.js";
import { ending } from "./days.js";
import { DIMENSIONS, isNarrowed, toggled, widened } from "./query.js";
import { columnName, spelled } from "./words.js";

const PRESETS = [7, 31, 90];

/** `change(query)` hears of every change; `extent` are the days of the oldest and the newest session. */
export class Toolbar {
  constructor(change) {
    this.change = change;
    this.from = this.date("from");
    this.to = this.date("to");
    this.status = select([["", "Read and unread"], ["unread", "Unread only"], ["read", "Read only"]], "", {
      onchange: () => this.change({ ...this.query, status: this.status.value }),
    });
    this.presets = h("fieldset", { class: "field" });
    this.chips = h("ul", { class: "row traffic-filters", "aria-label": "Filters" });
    this.element = h("div", { class: "stack" },
      h("div", { class: "traffic-bar row end-line" }, this.presets, field("From", this.from), field("To", this.to), field("Status", this.status)),
      this.chips);
  }

  date(end) {
    const input = h("input", { type: "date", required: true });
    input.addEventListener("change", () => this.pick(end, input.value));
    return input;
  }

  /** The other end follows where it would lie on the wrong side. */
  pick(end, day) {
    if (!day) return;
    const range = { ...this.query.range, [end]: day };
    if (range.from > range.to) range[end === "from" ? "to" : "from"] = day;
    this.change({ ...this.query, range });
  }

  draw(query, extent) {
    this.query = query;
    this.from.value = query.range.from;
    this.to.value = query.range.to;
    this.status.value = query.status;
    this.drawPresets(extent);
    this.drawChips();
  }

  drawPresets(extent) {
    if (!extent) return;
    const name = uid("preset");
    const choices = [...PRESETS.map((count) => [`${count} days`, ending(extent.to, count)]), ["All", extent]];
    const radio = ([text, range]) => {
      const { from, to } = this.query.range;
      const checked = range.from === from && range.to === to;
      return h("label", {}, h("input", { type: "radio", name, checked, onchange: () => this.change({ ...this.query, range }) }), text);
    };
    const focused = this.presets.contains(document.activeElement);
    fill(this.presets, h("legend", { class: "legend" }, "Newest"), h("div", { class: "choices" }, choices.map(radio)));
    if (focused) this.presets.querySelector(":checked")?.focus();
  }

  drawChips() {
    const chip = (column, value) => h("li", {},
      h("button", { type: "button", class: "button small chip", "aria-label": `Remove the filter ${columnName(column)}: ${spelled(column, value)}`, onclick: () => this.change(toggled(this.query, column, value)) },
        `${columnName(column)}: ${spelled(column, value)}`, h("span", { "aria-hidden": "true" }, "✕")));
    const focused = this.chips.contains(document.activeElement);
    fill(this.chips,
      DIMENSIONS.flatMap((column) => this.query.filters[column].map((value) => chip(column, value))),
      isNarrowed(this.query) && h("li", {}, h("button", { type: "button", class: "button small quiet", onclick: () => this.change(widened(this.query)) }, "Show all")));
    this.chips.hidden = !this.chips.children.length;
    if (focused) (this.chips.querySelector("button") ?? this.status).focus();
  }
}
