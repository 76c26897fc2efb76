// The quota: a gauge for every open window, the limit itself, and what happens when it is spent.

import { field, fill, format, h, row } from "../dom.js";
import { gauge } from "../gauge.js";
import { Card } from "./card.js";

export class ThrottleCard extends Card {
  constructor(context, done) {
    super(context, "Throttle", { done });
    this.now = { limit: 60, window_seconds: 60, enforced: true };
    this.isFilled = false;
    this.windows = new Windows();
    this.limit = h("input", { type: "number", min: 1, max: 1e9, required: true, value: 60 });
    this.seconds = h("input", { type: "number", min: 1, max: 1e9, required: true, value: 60 });
    this.enforced = h("input", { type: "checkbox", checked: true });
    this.show(this.windows.element, this.buttons(), this.setting());
  }

  buttons() {
    const exhaust = this.button("Exhaust", () => ({ method: "POST", path: "/rate-limit/exhaust" }), {
      done: "Every token is spent: the next request is a 429",
    });
    const { now } = this;
    const reset = () => limitCall(now.limit, now.window_seconds, now.enforced);
    return row(exhaust, this.button("Whole quota again", reset, { done: "Every token has its whole quota again" }));
  }

  setting() {
    return this.form(
      "Set limit",
      () => limitCall(Number(this.limit.value), Number(this.seconds.value), this.enforced.checked),
      { done: "Another limit, and a whole quota", kind: "" },
      field("Requests", this.limit),
      field("Seconds", this.seconds),
      h("label", { class: "check" }, this.enforced, "enforced"),
    );
  }

  draw({ rateLimit, clock }) {
    Object.assign(this.now, rateLimit);
    const { limit, window_seconds: seconds, enforced } = rateLimit;
    this.aside.textContent = `${format.number(limit)} in ${format.seconds(seconds)}${enforced ? "" : ", not enforced"}`;
    this.windows.draw(rateLimit, clock.mode === "frozen");
    if (!this.isFilled) {
      this.isFilled = true;
      this.limit.value = limit;
      this.seconds.value = seconds;
      this.enforced.checked = enforced;
    }
    this.drawCalls();
  }

  tick() {
    this.windows.tick();
  }
}

/** To set a limit, even the same one, gives every token a whole quota. */
function limitCall(limit, seconds, enforced) {
  return { method: "PUT", path: "/rate-limit", body: { limit, window_seconds: seconds, enforced } };
}

/** The gauges, one a token; between two readings of the server they run down by themselves. */
class Windows {
  constructor() {
    this.element = h("div", { class: "stack gauges" });
    this.state = { windows: [] };
    this.gauges = [];
  }

  draw(state, stands) {
    const readAt = performance.now();
    this.state = { ...state, stands, windows: state.windows.map((window) => ({ ...window, readAt })) };
    this.gauges = this.state.windows.map(({ token }) => gauge(`Quota of ${shown(token)}`));
    fill(this.element, this.gauges.length ? this.state.windows.map((_, index) => this.window(index)) : none(state));
    this.tick();
  }

  window(index) {
    return h(
      "div",
      { class: "window" },
      h("p", { class: "hint" }, "token ", h("code", {}, shown(this.state.windows[index].token))),
      this.gauges[index].element,
    );
  }

  tick() {
    const { limit, window_seconds: windowSeconds, stands, windows } = this.state;
    windows.forEach((window, index) => {
      const seconds = stands ? window.resets_in_seconds : Math.max(0, left(window));
      const remaining = seconds === 0 ? limit : window.remaining;
      this.gauges[index].update({ limit, remaining, seconds, windowSeconds, stands });
    });
  }
}

/** Windows that were spent by hand belong to every token that has none of its own. */
const shown = (token) => (token === "*" ? "every one" : token);

function none({ limit, window_seconds: seconds }) {
  const size = `one of ${format.seconds(seconds)}, with ${format.number(limit)} requests`;
  return h("p", { class: "hint" }, `No window is open: the next request opens ${size}.`);
}

const left = (window) => window.resets_in_seconds - (performance.now() - window.readAt) / 1000;
