// The request to be sent: as a form or as JSON, with its page and its preference; and the same as code.

import { endpointAddress, parsed } from "../admin.js";
import { choices, copyButton, field, h, row, say } from "../dom.js";
import { LANGUAGES } from "../requests/snippets.js";
import { RequestForm } from "./form.js";

const MODES = [
  ["form", "Form"],
  ["json", "JSON"],
];

export class RequestCard {
  /** `request` is what `requestOf` says of the contract; `send()` is called when the user wants it sent. */
  constructor(context, request, columns, send) {
    this.context = context;
    this.request = request;
    this.isJson = false;
    this.form = new RequestForm(request, columns);
    this.text = h("textarea", { rows: 16, spellcheck: "false" });
    this.textField = field("Body, sent as it stands here", this.text);
    this.page = input({ inputmode: "numeric", placeholder: "1" });
    this.prefer = input({ placeholder: "code=429, delay=1500" });
    this.note = h("p", { class: "hint", role: "status" });
    this.modes = choices("How to write the body", MODES, {
      value: "form",
      onChange: (mode) => this.setMode(mode === "json"),
    });
    this.button = h("button", { class: "button primary" }, "Send");
    const onsubmit = (event) => {
      event.preventDefault();
      send();
    };
    this.element = h("form", { class: "card", novalidate: true, "aria-label": "Request", onsubmit }, this.parts());
  }

  parts() {
    const sample = h("button", { type: "button", class: "button", onclick: () => this.sample() }, "The page's sample");
    const beside = [field("page, in the address", this.page), field("Prefer, a header", this.prefer)];
    return [
      h("div", { class: "row between" }, h("h2", {}, "Request"), this.modes),
      this.note,
      this.form.element,
      this.textField,
      h("div", { class: "fields" }, beside),
      row(this.button, sample),
      this.copying(),
    ];
  }

  copying() {
    const buttons = LANGUAGES.map(({ name, write, title = name }) => {
      const said = { label: name, name: `Copy as ${title}`, notify: this.context.notify, class: "button small", title };
      return copyButton(() => write(this.call()), said);
    });
    return row(h("span", { class: "hint" }, "Copy as"), buttons);
  }

  call() {
    const json = "application/json";
    return {
      method: "POST",
      url: endpointAddress(this.page.value.trim()).href,
      headers: { accept: json, "content-type": json, ...this.preference },
      token: { text: this.context.token },
      body: this.body,
    };
  }

  get body() {
    return this.isJson ? this.text.value : JSON.stringify(this.form.value());
  }

  get preference() {
    const prefer = this.prefer.value.trim();
    return prefer ? { prefer } : {};
  }

  sample() {
    this.show(JSON.stringify(this.request.example));
  }

  /** A body, given as text; in the form, if that can say it. */
  show(text) {
    const value = parsed(text);
    const fits = this.form.set(value);
    this.form.complain({}, []);
    this.text.value = value === undefined ? text : JSON.stringify(value, null, 2);
    this.switchTo(!fits);
    say(this.note, fits ? "" : "This body says what the form can't say, so it stands here as JSON.");
  }

  setMode(isJson) {
    const fits = isJson || this.form.set(parsed(this.text.value));
    if (isJson) this.text.value = JSON.stringify(this.form.value(), null, 2);
    say(this.note, fits ? "" : "The form can't say what this JSON says.");
    this.switchTo(isJson || !fits);
  }

  switchTo(isJson) {
    this.isJson = isJson;
    this.form.element.hidden = isJson;
    this.textField.hidden = !isJson;
    this.modes.querySelector(`[value=${isJson ? "json" : "form"}]`).checked = true;
  }
}

function input(attributes) {
  return h("input", { type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
}
