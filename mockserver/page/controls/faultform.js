// The fields of a fault: what goes wrong, how often, and whom it meets.

import { field, h, select } from "../dom.js";
import { hasDelay, hasStatus, KINDS, plain } from "./faultlist.js";

export class FaultForm {
  constructor() {
    this.kind = select(
      Object.entries(KINDS).map(([name, words]) => [name, `${name}: ${words}`]),
      "status",
    );
    this.status = number({ min: 400, max: 599, required: true, value: 500 });
    this.delay = number({ min: 0, max: 60_000, required: true, value: 1000 });
    this.probability = number({ min: 0, max: 1, step: 0.01, required: true, value: 1 });
    this.times = number({ min: 0, placeholder: "always" });
    this.after = number({ min: 0, required: true, value: 0 });
    this.statusField = field("Status", this.status);
    this.delayField = field("Milliseconds", this.delay);
    this.kind.addEventListener("change", () => this.adapt());
    this.adapt();
  }

  get elements() {
    return [
      field("Kind", this.kind, { class: "field long" }),
      this.statusField,
      this.delayField,
      field("Probability", this.probability),
      field("Times", this.times),
      field("After requests", this.after),
      this.matching(),
    ];
  }

  matching() {
    this.path = h("input", { type: "text", placeholder: "any, * for anything" });
    this.method = h("input", { type: "text", placeholder: "any" });
    this.page = h("input", {
      type: "text",
      placeholder: "any",
      pattern: "[1-9][0-9]*|last",
      title: "A number from 1, or last",
    });
    this.body = h("input", { type: "text", placeholder: '{"sortKey": "id"}', spellcheck: "false" });
    return h(
      "details",
      { class: "match" },
      h("summary", {}, "Only requests that match"),
      h(
        "div",
        { class: "fields" },
        field("Path", this.path),
        field("Method", this.method),
        field("Page", this.page),
        field("Body or query has", this.body),
      ),
    );
  }

  /** Only what the kind has a use for. */
  adapt() {
    this.statusField.hidden = this.status.disabled = !hasStatus(this.kind.value);
    this.delayField.hidden = this.delay.disabled = !hasDelay(this.kind.value);
  }

  /** The fault, as the admin API takes it. Throws a sentence where a field is not finished. */
  value() {
    return plain({
      kind: this.kind.value,
      status: Number(this.status.value),
      delay_ms: Number(this.delay.value),
      probability: Number(this.probability.value),
      times: this.times.value === "" ? null : Number(this.times.value),
      after: Number(this.after.value),
      match: this.match(),
    });
  }

  match() {
    const page = this.page.value;
    return {
      path: this.path.value || null,
      method: this.method.value || null,
      page: page === "" ? null : page === "last" ? page : Number(page),
      body: fields(this.body.value),
    };
  }
}

const number = (attributes) => h("input", { type: "number", ...attributes });

function fields(text) {
  if (!text.trim()) return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("“Body or query has” is no JSON object yet");
  }
}
