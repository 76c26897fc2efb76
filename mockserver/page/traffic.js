// Session analytics as a customer's page would show them: all of it comes from the public endpoint, within its limit.

import { fill, format, h, say } from "./dom.js";
import { json } from "./json.js";
import * as days from "./traffic/days.js";
import { overview } from "./traffic/overview.js";
import { fromParams, isNarrowed, toParams, toggled, widened } from "./traffic/query.js";
import { Reader } from "./traffic/reader.js";
import { body, count, extent, read } from "./traffic/sessions.js";
import { SessionTable } from "./traffic/table.js";
import { Toolbar } from "./traffic/toolbar.js";

// The newest so many days are shown first; of the data that the fake generates, that is January 2026.
const FIRST_DAYS = 31;
const WITHOUT_DATA = { from: "2026-01-01", to: "2026-01-31" };

export function mount(root, context) {
  const view = new Traffic(root, context);
  view.start();
  return () => view.stop();
}

class Traffic {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.query = fromParams(context.params);
    this.extent = null;
    this.loading = new AbortController();
    this.reader = new Reader(context.endpoint, (state) => this.tell(state));
    this.toolbar = new Toolbar((query) => this.look(query));
    this.table = new SessionTable((changes, page) => this.guarded(() => this.ask(body(this.query, changes), page)), (column, value) => this.choose(column, value));
    this.build();
  }

  build() {
    this.subtitle = h("p", { class: "muted", "aria-live": "polite" }, "Reading the sessions");
    this.waiting = h("div", { class: "note waiting row between", role: "status", hidden: true });
    this.trouble = h("div", { class: "note trouble row between", role: "alert", hidden: true });
    this.figures = h("div", { class: "stack overview" });
    this.asked = h("details", { class: "card asked" });
    fill(
      this.root,
      h("div", { class: "row between" }, h("div", {}, h("h1", {}, "Traffic"), this.subtitle),
        h("button", { type: "button", class: "button", onclick: () => this.start() }, "Read again")),
      this.toolbar.element, this.waiting, this.trouble, this.figures, this.table.element, this.asked,
    );
    this.table.element.hidden = true;
  }

  async start() {
    this.renew();
    await this.guarded(async () => {
      this.extent = await extent((...asked) => this.ask(...asked), widened(this.query));
      await this.look({ ...this.query, range: this.query.range ?? this.newest() });
    });
  }

  newest() {
    return this.extent ? days.ending(this.extent.to, FIRST_DAYS) : WITHOUT_DATA;
  }

  stop() {
    this.loading.abort();
  }

  /** What was being read is no longer wanted. */
  renew() {
    this.loading.abort();
    this.loading = new AbortController();
    this.trouble.hidden = true;
    this.figures.setAttribute("aria-busy", "true");
  }

  ask(wanted, page) {
    return this.reader.ask(wanted, { page, signal: this.loading.signal });
  }

  choose(column, value) {
    this.look(toggled(this.query, column, value));
  }

  /** Read and show a query. */
  async look(query) {
    this.renew();
    this.query = query;
    this.toolbar.draw(query, this.extent);
    history.replaceState(null, "", this.address(query));
    await this.guarded(async () => {
      const ask = (...asked) => this.ask(...asked);
      const sessions = await read(ask, query);
      const before = await this.before(ask, query);
      this.draw(sessions, before);
      if (sessions.total) await this.table.read(1);
    });
  }

  address(query) {
    const link = this.context.link("traffic");
    return `${link}${link.includes("?") ? "&" : "?"}${new URLSearchParams(toParams(query))}`;
  }

  /** How many sessions as many days had before; null where the data does not go back so far. */
  async before(ask, query) {
    const range = days.ending(days.added(query.range.from, -1), days.length(query.range));
    return this.extent && range.from >= this.extent.from ? count(ask, { ...query, range }) : null;
  }

  draw(sessions, before) {
    const { query } = this;
    say(this.subtitle, `${format.plural(sessions.total, "session")} · ${days.named(query.range)}`);
    const focused = this.figures.contains(document.activeElement) && document.activeElement.dataset.key;
    fill(this.figures, sessions.total
      ? overview({ sessions, before, query, choose: (column, value) => this.choose(column, value) })
      : this.nothing());
    if (focused) this.figures.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    this.figures.removeAttribute("aria-busy");
    this.table.element.hidden = !sessions.total;
  }

  nothing() {
    const wide = isNarrowed(this.query);
    return h("div", { class: "card empty" }, h("h2", {}, "No sessions here"),
      h("p", {}, wide ? "None in these days passes the filters." : "None began in these days."),
      wide && h("button", { type: "button", class: "button", onclick: () => this.look(widened(this.query)) }, "Show all"),
      !wide && this.extent && h("button", { type: "button", class: "button", onclick: () => this.look({ ...this.query, range: this.newest() }) }, "Show the newest"));
  }

  /** The outcome of `work`; undefined, and said on the page, where it failed. */
  async guarded(work) {
    const { signal } = this.loading;
    try {
      return await work();
    } catch (error) {
      if (error.name !== "AbortError" && !signal.aborted) this.complain(error);
      return undefined;
    }
  }

  complain(error) {
    this.figures.removeAttribute("aria-busy");
    fill(this.trouble, h("span", {}, error.message), h("button", { type: "button", class: "button small", onclick: () => this.start() }, "Try again"));
    this.trouble.hidden = false;
  }

  tell(state) {
    this.waiting.hidden = !state.waiting;
    if (state.waiting) this.drawWaiting(state);
    const left = state.remaining === null ? "" : `, ${state.remaining} of ${state.limit} left in this minute`;
    const summary = h("summary", {}, `${format.plural(state.asked.length, "request")} to the public endpoint${left}`);
    fill(this.asked, summary, h("ol", { class: "stack" }, state.asked.map(request)));
  }

  drawWaiting(state) {
    if (!this.waiting.children.length) {
      this.countdown = h("b");
      fill(this.waiting, h("span", {}, "The rate limit is reached. ", this.countdown),
        h("button", { type: "button", class: "button small", onclick: () => this.reader.endWait() }, "Try now"));
    }
    say(this.countdown, `Waiting ${state.waiting} s`);
  }
}

function request(asked) {
  return h("li", {}, h("p", { class: "muted" }, `page ${asked.page} · ${asked.status} · ${format.ms(asked.ms)}`), json(asked.body, { label: "What was asked" }));
}
