// The sessions themselves, sorted, filtered and paged by the endpoint: what is shown is one page of its paginator.

import { fill, format, h, select, uid } from "../dom.js";
import { columnName, duration, spelled } from "./words.js";

const SORTABLE = ["created_at", "country", "browser", "device", "platform_os", "time_spend"];
const SIZES = ["15", "25", "50", "100"];

/** `ask(changes, page)` reads one page of the query that holds; `choose(column, value)` hears of a value that is clicked. */
export class SessionTable {
  constructor(ask, choose) {
    this.ask = ask;
    this.choose = choose;
    this.sortKey = "created_at";
    this.sortOrder = "desc";
    this.size = SIZES[0];
    this.page = 1;
    this.build();
  }

  build() {
    const heading = h("h2", { id: uid("sessions") }, "Sessions");
    this.place = h("p", { class: "muted", "aria-live": "polite" });
    this.head = h("tr");
    this.rows = h("tbody");
    this.back = this.step("‹ Previous", "The page before", -1);
    this.forth = this.step("Next ›", "The page after", 1);
    const size = select(SIZES, this.size, { "aria-label": "Sessions a page", onchange: () => { this.size = size.value; this.read(1); } });
    this.element = h(
      "section",
      { class: "card sessions", "aria-labelledby": heading.id },
      h("header", {}, heading, this.place),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "One page of sessions" },
        h("table", {}, h("thead", {}, this.head), this.rows)),
      h("div", { class: "row between pager" }, h("label", { class: "row muted size" }, size, "a page"), h("div", { class: "row" }, this.back, this.forth)),
    );
    this.drawHead();
  }

  step(text, name, by) {
    return h("button", { type: "button", class: "button small", "aria-label": name, disabled: true, onclick: () => this.read(this.page + by) }, text);
  }

  drawHead() {
    const heads = SORTABLE.map((key) => {
      const sorted = key === this.sortKey && (this.sortOrder === "asc" ? "ascending" : "descending");
      return h("th", { scope: "col", "aria-sort": sorted, class: key === "time_spend" && "number" },
        h("button", { type: "button", class: "sort", "data-key": key, onclick: () => this.sort(key) },
          columnName(key), h("span", { "aria-hidden": "true" }, sorted ? (sorted === "ascending" ? "↑" : "↓") : "↕")));
    });
    fill(this.head, heads, h("th", { scope: "col" }, "Marks"));
  }

  async sort(key) {
    this.sortOrder = key === this.sortKey && this.sortOrder === "desc" ? "asc" : "desc";
    this.sortKey = key;
    this.drawHead();
    this.head.querySelector(`[data-key=${key}]`).focus();
    await this.read(1);
  }

  /** Show page `page`, from 1. */
  async read(page = this.page) {
    this.element.setAttribute("aria-busy", "true");
    const changes = { sortKey: this.sortKey, sortOrder: this.sortOrder, per_page: this.size };
    const shown = await this.ask(changes, page);
    if (!shown) return;
    this.page = shown.current_page;
    this.draw(shown);
  }

  draw(shown) {
    const range = shown.from === null ? "none" : `${format.number(shown.from)} – ${format.number(shown.to)}`;
    fill(this.place, `${range} of ${format.number(shown.total)}`);
    fill(this.rows, shown.data.map((row) => this.row(row)));
    this.back.disabled = shown.prev_page_url === null;
    this.forth.disabled = shown.next_page_url === null;
    this.element.removeAttribute("aria-busy");
  }

  row(row) {
    const value = (column) => h("td", {}, h("button", { type: "button", class: "value", title: `Only ${spelled(column, row[column])}`, onclick: () => this.choose(column, row[column]) }, spelled(column, row[column])));
    return h(
      "tr",
      {},
      h("td", { class: "moment" }, format.moment(String(row.created_at))),
      ["country", "browser", "device", "platform_os"].map(value),
      h("td", { class: "number" }, duration(row.time_spend)),
      h("td", { class: "marks" },
        row.read_status === "unread" && h("span", { class: "mark accent" }, "unread"),
        row.irregular_traffic && h("span", { class: "mark warn" }, "irregular")),
    );
  }
}
