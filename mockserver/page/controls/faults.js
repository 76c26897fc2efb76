// Faults: those that are there with what they have done, and a new one of any kind.

import { fill, h } from "../dom.js";
import { Card } from "./card.js";
import { FaultForm } from "./faultform.js";
import { carriedOn, inWords, isOver } from "./faultlist.js";

const COLUMNS = ["Fault, the first that strikes wins", "Seen", "Struck"];

export class FaultsCard extends Card {
  constructor(context, done) {
    super(context, "Faults", { size: "whole", done });
    this.faults = [];
    this.fields = new FaultForm();
    this.table = h("div", { class: "scroll" });
    const add = () => ({ method: "PUT", path: "/faults", body: [...carriedOn(this.faults), this.fields.value()] });
    const clear = () => ({ method: "DELETE", path: "/faults" });
    const beside = () => this.button("Clear all", clear, { done: "No faults", kind: "danger" });
    this.show(
      this.table,
      h("h3", {}, "Add one"),
      this.form("Add fault", add, { done: "The fault is set", beside }, this.fields.elements),
    );
  }

  draw({ faults }) {
    this.faults = faults;
    // A button that has the focus must not be replaced by its like every few seconds.
    if (this.shown === JSON.stringify(faults)) return;
    this.shown = JSON.stringify(faults);
    fill(
      this.table,
      faults.length ? this.rows() : h("p", { class: "hint" }, "No faults: every answer is an honest one."),
    );
    this.drawCalls();
  }

  rows() {
    const head = COLUMNS.map((name) => h("th", { scope: "col" }, name));
    return h(
      "table",
      { class: "table" },
      h("thead", {}, h("tr", {}, head, h("td", {}))),
      h(
        "tbody",
        {},
        this.faults.map((fault, index) => this.row(fault, index)),
      ),
    );
  }

  row(fault, index) {
    return h(
      "tr",
      { class: isOver(fault) && "over" },
      h("th", { scope: "row" }, inWords(fault)),
      h("td", {}, fault.seen),
      h("td", {}, fault.struck),
      h("td", {}, this.removal(inWords(fault), index)),
    );
  }

  removal(words, index) {
    const others = () => carriedOn(this.faults.filter((_, other) => other !== index));
    const call = () => ({ method: "PUT", path: "/faults", body: others() });
    const said = { done: "The fault is gone", kind: "small quiet", isShown: false, name: `Remove ${words}` };
    return this.button("Remove", call, said);
  }
}
