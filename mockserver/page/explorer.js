// The endpoint, tried by hand: a form from the contract, or the body as JSON, and what comes back.

import { endpointAddress, parsed } from "./admin.js";
import { fill, h, say } from "./dom.js";
import { answerOf } from "./explorer/answer.js";
import { RequestCard } from "./explorer/request.js";
import { requestOf } from "./explorer/schema.js";
import { explanation } from "./requests/explanation.js";

const NOTHING = { remarks: [], nearest_valid: null };

export async function mount(root, context) {
  const wanted = [context.contract(), context.ledger(), context.admin("GET", "/data")];
  const [contract, ledger, data] = await Promise.all(wanted);
  const explorer = new Explorer(
    root,
    context,
    ledger,
    (send) => new RequestCard(context, requestOf(contract), data.columns, send),
  );
  return () => explorer.stop();
}

class Explorer {
  constructor(root, context, ledger, makeRequest) {
    this.context = context;
    this.ledger = ledger;
    this.view = "Rows";
    this.stopping = new AbortController();
    this.request = makeRequest(() => this.send(this.request.body));
    this.answer = h("section", { class: "card answer", "aria-label": "Answer" }, empty("The answer appears here."));
    this.news = h("p", { class: "visually-hidden", "aria-live": "polite" });
    const endpoint = h("p", { class: "muted endpoint" }, h("b", {}, "POST"), ` ${endpointAddress().pathname}`);
    fill(
      root,
      h("div", { class: "view-head" }, h("h1", {}, "Explorer"), endpoint),
      this.news,
      h("div", { class: "explorer" }, this.request.element, this.answer),
    );
    this.begin();
  }

  /** What a link brought along, such as a body of the journal, or the page's own sample. */
  begin() {
    const { params } = this.context;
    this.request.page.value = params.get("page") ?? "";
    if (params.has("body")) this.request.show(params.get("body"));
    else this.request.sample();
  }

  async send(body) {
    const { button, page, preference: headers } = this.request;
    const { signal } = this.stopping;
    // One at a time: an answer that comes late must not take the place of a newer one.
    if (button.disabled) return;
    button.disabled = true;
    try {
      const answer = await this.context.endpoint(body, { page: page.value.trim(), headers, signal });
      await this.show(answer, body);
    } catch {
      if (signal.aborted) return;
      fill(
        this.answer,
        empty(
          "No answer: the connection ended without one. A fault of this sandbox may have done that; the journal knows.",
        ),
      );
      say(this.news, "No answer");
    } finally {
      button.disabled = false;
    }
  }

  async show(answer, body) {
    const found = await this.explained(answer.status, body);
    if (this.stopping.signal.aborted) return;
    const said = {
      ledger: this.ledger,
      sent: parsed(body),
      tryIt: (mended) => this.taking(mended),
      notify: this.context.notify,
    };
    const onView = (view) => {
      this.view = view;
    };
    fill(
      this.answer,
      answerOf(answer, { go: (page) => this.go(page, body), view: this.view, onView, extra: explanation(found, said) }),
    );
    say(this.news, `Answered ${answer.status}`);
    this.request.form.complain((answer.status === 422 && answer.json?.errors) || {}, found.remarks);
  }

  /** Another page of what was asked, whatever stands in the form by now. */
  go(page, body) {
    if (this.request.button.disabled) return;
    this.request.page.value = page;
    this.send(body);
  }

  /** The button that puts a body into the form. */
  taking(body) {
    const take = () => {
      this.request.show(JSON.stringify(body));
      this.request.button.focus();
    };
    return h("button", { type: "button", class: "button small", onclick: take }, "Put it into the form");
  }

  /** What the journal says of the newest exchange, if that is ours: others may share the sandbox. */
  async explained(status, body) {
    try {
      const latest = await this.context.admin("GET", "/requests/latest");
      const isOurs = latest.answer.status === status && latest.request.body === body;
      return isOurs ? latest.explanation : NOTHING;
    } catch {
      return NOTHING;
    }
  }

  stop() {
    this.stopping.abort();
  }
}

function empty(text) {
  return h("div", { class: "empty" }, h("p", {}, text));
}
