// A card of controls. Each action is a call of the admin API, and the card shows which one.

import { address, needsToken } from "../admin.js";
import { copyButton, fill, h } from "../dom.js";
import { curl } from "../requests/snippets.js";

const LONG = 300;

/** A title, whatever stands in `body`, and the calls of the card's actions below. */
export class Card {
  constructor(context, title, { size = "", done = () => {} } = {}) {
    this.context = context;
    this.onDone = done;
    this.calls = [];
    this.aside = h("span", { class: "muted" });
    this.body = h("div", { class: "stack" });
    this.callList = h("ul", { class: "calls", "aria-label": `${title}: the same as calls of the admin API` });
    this.element = h(
      "section",
      { class: `card ${size}`, "aria-label": title, oninput: () => this.drawCalls(), onchange: () => this.drawCalls() },
      h("header", {}, h("h2", {}, title), this.aside),
      this.body,
      this.callList,
    );
  }

  /** What the card shows, besides its calls. */
  show(...children) {
    fill(this.body, ...children);
    this.drawCalls();
  }

  /**
   * A button for an action. `call()` gives `{method, path, body}` as the form stands now; `done` is said afterwards.
   * `isShown` false leaves the call out of the list, where another line says the same already.
   */
  button(label, call, { done, kind = "", isShown = true, name } = {}) {
    const button = h("button", { type: "button", class: `button ${kind}`, "aria-label": name }, label);
    button.addEventListener("click", () => this.run(button, call, done));
    if (isShown) this.calls.push({ label: name ?? label, call });
    return button;
  }

  /** A form whose submit button, behind its fields and in a line with what is `beside()` it, runs the action. */
  form(label, call, { done, kind = "primary", beside = () => [] } = {}, ...fields) {
    const button = h("button", { class: `button ${kind}` }, label);
    const submit = (event) => {
      event.preventDefault();
      this.run(button, call, done);
    };
    this.calls.push({ label, call });
    return h(
      "form",
      { class: "fields", onsubmit: submit },
      fields,
      h("div", { class: "row submit" }, button, beside()),
    );
  }

  async run(button, call, done) {
    if (button.ariaBusy === "true") return;
    // Not disabled, which would take the focus away.
    button.ariaBusy = "true";
    try {
      // What others have done meanwhile must not be undone by a PUT that knows nothing of it.
      await this.onDone();
      const { method, path, body } = call();
      await this.context.admin(method, path, body);
      this.context.notify(done ?? "Done");
      await this.onDone();
    } catch (error) {
      this.context.notify(error.message, "bad");
    } finally {
      button.ariaBusy = "false";
    }
  }

  drawCalls() {
    const lines = this.calls.map(({ label, call }) => ({ label, ...written(call, this.context.sandbox) }));
    const drawn = JSON.stringify(lines);
    if (drawn === this.drawnCalls) return;
    this.drawnCalls = drawn;
    fill(
      this.callList,
      lines.map((line) => this.line(line)),
    );
  }

  line({ label, text, command, problem }) {
    if (problem) return h("li", {}, h("span", { class: "complaint" }, problem));
    return h(
      "li",
      {},
      // So long a call scrolls, and the keyboard must reach it.
      h(
        "p",
        { class: text.length > LONG ? "call long" : "call", tabindex: text.length > LONG && "0" },
        h("b", {}, label),
        " ",
        h("code", {}, text),
      ),
      copyButton(() => command, { label: "curl", name: `Copy “${label}” as curl`, notify: this.context.notify }),
    );
  }
}

/** A call as one line and as curl; `problem` where the form holds what can't be sent. */
function written(call, sandbox) {
  try {
    const { method, path, body } = call();
    const url = address(path, sandbox);
    const json = body === undefined ? "" : JSON.stringify(body);
    const command = curl({
      method,
      url: url.href,
      headers: json ? { "content-type": "application/json" } : {},
      body: json || null,
      token: needsToken() ? { variable: "WEMASY_ADMIN_TOKEN" } : null,
    });
    return { text: `${method} ${url.pathname}${url.search}${json && ` ${json}`}`, command };
  } catch (error) {
    return { problem: error.message };
  }
}
