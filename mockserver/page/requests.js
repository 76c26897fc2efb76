// The journal of a sandbox, live: the list, and the one exchange that is chosen.

import { fill, h, on, say } from "./dom.js";
import { exchangeDetail } from "./requests/exchange.js";
import { statusFilter } from "./requests/filter.js";
import { Journal } from "./requests/journal.js";
import { ExchangeList } from "./requests/list.js";
import { nothingYet } from "./requests/nothing.js";

const STATES = { connecting: "Connecting", live: "Live", paused: "Paused" };
const KEYS = [
  ["↑", ""],
  ["↓", "choose"],
  ["Enter", "open"],
  ["Esc", "back to the list"],
];

export async function mount(root, context) {
  const [ledger, first] = await Promise.all([context.ledger(), nothingYet(context)]);
  const view = new RequestsView(root, context, ledger, first);
  view.journal.follow();
  return () => view.journal.stop();
}

class RequestsView {
  constructor(root, context, ledger, first) {
    this.root = root;
    this.context = context;
    this.ledger = ledger;
    this.chosen = null;
    this.journal = new Journal(context, this);
    this.filter = statusFilter(() => this.draw());
    this.list = new ExchangeList({
      choose: (id) => this.choose(id),
      open: (id, how) => this.open(id, how),
    });
    this.detail = h("article", { class: "detail", "aria-label": "The chosen request", tabindex: -1 });
    this.nothing = h("div", { class: "empty", hidden: true }, first);
    this.noneSuch = h("p", { class: "empty", hidden: true }, "No request of this sandbox has such a status.");
    this.news = h("p", { class: "visually-hidden", "aria-live": "polite" });
    const keys = KEYS.map(([key, meaning]) => [h("kbd", {}, key), ` ${meaning} `]);
    fill(
      root,
      h("h1", { class: "visually-hidden" }, "Requests"),
      this.toolbar(),
      this.news,
      this.nothing,
      h(
        "div",
        { class: "panes" },
        h("div", { class: "pane-list" }, this.noneSuch, this.list.element, h("p", { class: "hint keys" }, keys)),
        this.detail,
      ),
    );
    on(this.detail, "keydown", (event) => event.key === "Escape" && this.back());
    this.changed("connecting");
  }

  toolbar() {
    this.state = h("span", { class: "row muted state" });
    const pause = () => this.journal.pause(!this.journal.isPaused);
    this.pauseButton = h("button", { type: "button", class: "button small", onclick: pause });
    const title = "Empty the journal: DELETE /__admin/requests";
    const clear = h("button", { type: "button", class: "button small", title, onclick: () => this.clear() }, "Clear");
    const end = [h("span", { class: "grow" }), this.state, this.pauseButton, clear];
    return h("div", { class: "toolbar row" }, this.filter.element, end);
  }

  // What the journal tells

  read() {
    const linked = Number(this.context.params.get("id"));
    const { journal } = this;
    this.chosen = (journal.byId(this.chosen) ?? journal.byId(linked) ?? journal.newest)?.id ?? null;
    this.draw();
    this.drawDetail();
  }

  added(fresh) {
    const last = fresh.at(-1);
    this.list.add(fresh.filter(this.filter.matches), this.journal.exchanges[0].id);
    this.drawAround();
    if (this.chosen === null) this.choose(last.id);
    say(this.news, `${last.request.method}, answered ${last.answer.status}`);
  }

  changed(state, sentence) {
    const { isPaused, waiting } = this.journal;
    fill(this.state, h("span", { class: `dot ${state}` }), h("span", {}, STATES[state] ?? `${sentence} Trying again.`));
    say(this.pauseButton, isPaused ? `Resume · ${waiting.length} waiting` : "Pause");
  }

  // What the user does

  choose(id) {
    this.chosen = id;
    this.list.mark(id)?.scrollIntoView({ block: "nearest" });
    this.drawDetail();
    // So that this very exchange can be linked to, without another step in the browser's history.
    history.replaceState(null, "", this.context.link("requests", { id }));
  }

  /** Where the window is too narrow for both, the exchange takes the place of the list. */
  open(id, { isByKey = false } = {}) {
    this.choose(id);
    this.root.classList.add("is-open");
    if (this.list.element.offsetParent === null) window.scrollTo(0, 0);
    if (isByKey) this.detail.focus();
  }

  back() {
    this.root.classList.remove("is-open");
    this.list.element.focus();
  }

  async clear() {
    try {
      await this.journal.clear();
      this.context.notify("The journal is empty");
    } catch (error) {
      this.context.notify(error.message, "bad");
    }
  }

  // What is drawn

  draw() {
    this.list.show(this.journal.exchanges.filter(this.filter.matches));
    this.list.mark(this.chosen);
    this.drawAround();
  }

  drawAround() {
    const { exchanges } = this.journal;
    this.filter.count(exchanges);
    this.root.classList.toggle("is-empty", !exchanges.length);
    this.nothing.hidden = exchanges.length > 0;
    this.noneSuch.hidden = !exchanges.length || this.list.element.children.length > 0;
  }

  drawDetail() {
    const exchange = this.journal.byId(this.chosen);
    const { context, ledger } = this;
    this.detail.scrollTop = 0;
    fill(this.detail, exchange ? exchangeDetail(exchange, { context, ledger, back: () => this.back() }) : []);
  }
}
