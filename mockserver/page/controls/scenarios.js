// Stories that a sandbox plays.

import { fill, format, h, row } from "../dom.js";
import { Card } from "./card.js";

export class ScenariosCard extends Card {
  constructor(context, done) {
    super(context, "Scenarios", { size: "whole", done });
    this.next = null;
    this.list = h("ul", { class: "scenarios" });
    this.calls.push({ label: "Play", call: () => play(this.next) });
    const stop = () => ({ method: "DELETE", path: "/scenario" });
    this.stop = this.button("Stop", stop, { done: "The sandbox plays nothing", kind: "danger" });
    const warning = h("p", { class: "hint" }, "To play one resets the sandbox, its journal too.");
    this.show(warning, this.list, row(this.stop));
  }

  draw({ scenario }) {
    const { name, requests, available } = scenario;
    this.aside.textContent = name ? `${name}, ${format.plural(requests, "request")} so far` : "";
    this.stop.disabled = !name;
    this.next ??= Object.keys(available)[0];
    this.drawCalls();
    if (this.shown === String(name)) return;
    this.shown = String(name);
    fill(
      this.list,
      Object.entries(available).map(([other, story]) => this.item(other, story, other === name)),
    );
  }

  item(name, story, isPlaying) {
    const said = { done: `${name} plays`, kind: "small", isShown: false, name: `Play ${name}` };
    const button = this.button(isPlaying ? "Again" : "Play", () => play(name), said);
    // The call that is shown is that of the story in question.
    for (const type of ["focus", "pointerenter"]) button.addEventListener(type, () => this.choose(name));
    const told = h("div", {}, h("b", { class: "mono" }, name), h("p", { class: "hint" }, story));
    return h("li", { class: isPlaying && "playing" }, told, button);
  }

  choose(name) {
    this.next = name;
    this.drawCalls();
  }
}

function play(name) {
  return { method: "PUT", path: "/scenario", body: { name } };
}
