// Everything that can be set in a sandbox, each with the call of the admin API that sets it.

import { address } from "./admin.js";
import { fill, h, row } from "./dom.js";
import { ClockCard } from "./controls/clock.js";
import { FaultsCard } from "./controls/faults.js";
import { ForceCard } from "./controls/force.js";
import { ScenariosCard } from "./controls/scenarios.js";
import { SwitchesCard } from "./controls/switches.js";
import { ThrottleCard } from "./controls/throttle.js";

const READ = {
  rateLimit: "/rate-limit",
  clock: "/clock",
  faults: "/faults",
  scenario: "/scenario",
  profile: "/profile",
};
const CARDS = [ThrottleCard, ClockCard, ForceCard, FaultsCard, ScenariosCard, SwitchesCard];

// What others change, with the command line or from a test, shows after so long at the latest.
const REFRESH_MS = 4000;
const TICK_MS = 250;
const AFTER_REQUEST_MS = 150;

export async function mount(root, context) {
  const view = new ControlsView(context, await context.ledger());
  await view.refresh();
  // Not before it is drawn: what someone sets in the meantime would be lost.
  fill(root, view.elements);
  return () => view.stop();
}

class ControlsView {
  constructor(context, ledger) {
    this.context = context;
    this.ledger = ledger;
    this.stopping = new AbortController();
    this.problem = h("p", { class: "complaint", role: "status" });
    this.cards = CARDS.map((Kind) => new Kind(context, () => this.refresh()));
    this.timers = [
      setInterval(() => document.hidden || this.refresh(), REFRESH_MS),
      setInterval(() => this.cards.forEach((card) => card.tick?.()), TICK_MS),
    ];
    context.follow("/events", () => this.refreshSoon(), this.stopping.signal);
    const reset = h("button", { type: "button", class: "button", onclick: () => this.reset() }, "Reset the sandbox");
    const url = address("/reset", context.sandbox);
    const call = h("code", { class: "muted" }, `POST ${url.pathname}${url.search}`);
    this.elements = [
      h("div", { class: "row between view-head" }, h("h1", {}, "Controls"), row(call, reset)),
      this.problem,
      h(
        "div",
        { class: "cards" },
        this.cards.map((card) => card.element),
      ),
    ];
  }

  async refresh() {
    try {
      const state = { ledger: this.ledger, ...(await this.read()) };
      if (!this.stopping.signal.aborted) for (const card of this.cards) card.draw(state);
      this.problem.textContent = "";
    } catch (error) {
      this.problem.textContent = error.message;
    }
  }

  async read() {
    const answers = Object.entries(READ).map(async ([name, path]) => [name, await this.context.admin("GET", path)]);
    return Object.fromEntries(await Promise.all(answers));
  }

  /** Many requests at once are read of once. */
  refreshSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.refresh(), AFTER_REQUEST_MS);
  }

  async reset() {
    try {
      await this.context.admin("POST", "/reset");
      this.context.notify("The sandbox is as it began");
    } catch (error) {
      this.context.notify(error.message, "bad");
    }
    await this.refresh();
  }

  stop() {
    this.stopping.abort();
    this.timers.forEach(clearInterval);
    clearTimeout(this.soon);
  }
}
