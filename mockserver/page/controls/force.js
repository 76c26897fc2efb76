// Whatever the next answer should be: a fault that strikes once, or a header of the request itself.

import { endpointAddress } from "../admin.js";
import { choices, copyButton, h, say, uid } from "../dom.js";
import { curl } from "../requests/snippets.js";
import { Card } from "./card.js";
import { carriedOn, isOver, KINDS } from "./faultlist.js";

const STATUSES = {
  401: "Unauthenticated",
  403: "Forbidden",
  404: "Not Found",
  422: "Unprocessable",
  429: "Too Many Requests",
  500: "Server Error",
  502: "Bad Gateway",
  503: "Unavailable",
  504: "Gateway Timeout",
};

export class ForceCard extends Card {
  constructor(context, done) {
    super(context, "Force the next answer", { done });
    this.name = uid("force");
    this.chosen = "429";
    this.faults = [];
    this.header = h("code", {});
    this.alternative = h(
      "p",
      { class: "row hint" },
      "Or one request asks for it by itself, with the header",
      this.header,
      this.copying(),
    );
    this.none = h("p", { class: "hint" }, "Only a fault can do that: it happens on the wire.");
    const { status: _, ...broken } = KINDS;
    const call = () => ({ method: "PUT", path: "/faults", body: [this.wanted(), ...carriedOn(this.faults)] });
    const chips = [this.chips("A status", STATUSES), this.chips("Or a broken answer", broken)];
    this.show(this.form("Force", call, { done: "The next answer is staged" }, chips), this.alternative, this.none);
    this.drawAlternative();
  }

  chips(legend, words) {
    const onChange = (value) => {
      this.chosen = value;
      this.drawAlternative();
    };
    const options = Object.entries(words).map(([value, title]) => [value, value, title]);
    const bar = choices(legend, options, { value: this.chosen, onChange, name: this.name });
    return h("div", { class: "chips" }, h("span", { class: "legend", "aria-hidden": "true" }, legend), bar);
  }

  wanted() {
    const isStatus = this.chosen in STATUSES;
    return isStatus ? { kind: "status", status: Number(this.chosen), times: 1 } : { kind: this.chosen, times: 1 };
  }

  /** What `Prefer` would have to say; null where it can't. */
  preference() {
    if (this.chosen in STATUSES) return `code=${this.chosen}`;
    return this.chosen === "delay" ? "delay=1000" : null;
  }

  drawAlternative() {
    const preference = this.preference();
    say(this.header, `Prefer: ${preference}`);
    this.alternative.hidden = preference === null;
    this.none.hidden = preference !== null;
  }

  copying() {
    const text = () => example(this.context.token, this.preference());
    const name = "Copy a request with Prefer as curl";
    return copyButton(text, { label: "curl", name, notify: this.context.notify });
  }

  draw({ faults }) {
    this.faults = faults;
    const staged = faults.filter((fault) => fault.times !== null && !isOver(fault)).length;
    this.aside.textContent = staged ? `${staged} staged` : "";
    this.drawCalls();
  }
}

function example(token, prefer) {
  return curl({
    method: "POST",
    url: endpointAddress().href,
    headers: { accept: "application/json", "content-type": "application/json", prefer },
    token: { text: token },
    body: "{}",
  });
}
