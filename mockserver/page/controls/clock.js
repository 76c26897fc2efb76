// What time it is in the sandbox; its throttle and words like "tomorrow" go by it.

import { choices, field, format, h, row, say } from "../dom.js";
import { Card } from "./card.js";

const MODES = [
  ["real", "Real"],
  ["frozen", "Frozen"],
  ["offset", "From a moment on"],
];
const A_DAY = 86_400;

export class ClockCard extends Card {
  constructor(context, done) {
    super(context, "Clock", { done });
    this.mode = "frozen";
    this.face = h("p", { class: "clock-face" });
    this.moment = h("input", { type: "text", spellcheck: "false", autocomplete: "off" });
    this.seconds = h("input", { type: "number", min: 0, step: "any", value: A_DAY, required: true });
    this.show(this.face, this.steps(), this.advancing(), this.setting());
  }

  steps() {
    return row(
      this.button("+1 min", () => advance(60), { done: "A minute later", name: "Advance by a minute" }),
      this.button("+1 h", () => advance(3600), { done: "An hour later", name: "Advance by an hour", isShown: false }),
    );
  }

  advancing() {
    const call = () => advance(Number(this.seconds.value));
    return this.form(
      "Advance",
      call,
      { done: "Later", kind: "" },
      field("Seconds", this.seconds, { class: "field few" }),
    );
  }

  setting() {
    const call = () => ({ method: "PUT", path: "/clock", body: { mode: this.mode, ...this.now() } });
    const onChange = (mode) => {
      this.mode = mode;
      this.moment.disabled = mode === "real";
    };
    return this.form(
      "Set clock",
      call,
      { done: "The clock is set", kind: "" },
      choices("How it runs", MODES, { value: this.mode, onChange }),
      field("At (UTC)", this.moment, { class: "field long" }),
    );
  }

  /** Without a moment the clock goes on, or stands, where it is. */
  now() {
    const moment = this.moment.value.trim();
    return this.mode !== "real" && moment ? { now: moment } : {};
  }

  draw({ clock }) {
    this.clock = clock;
    this.readAt = performance.now();
    this.aside.textContent = `UTC, ${clock.mode}`;
    this.moment.placeholder = format.moment(clock.now);
    this.tick();
  }

  tick() {
    if (!this.clock) return;
    const passedMs = this.clock.mode === "frozen" ? 0 : performance.now() - this.readAt;
    say(this.face, format.moment(new Date(this.clock.seconds * 1000 + passedMs).toISOString()));
  }
}

function advance(seconds) {
  return { method: "POST", path: "/clock/advance", body: { seconds } };
}
