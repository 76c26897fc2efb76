// The filters of a request: a column and a value each; more values of one column become a list.

import { fill, h, uid } from "../dom.js";

export class FilterRows {
  /** `columns` are the texts that the rows of the sandbox hold, `{country: ["NL", …]}`: suggestions, nothing more. */
  constructor(columns) {
    this.columns = columns;
    this.rows = h("ul", { class: "filter-rows" });
    this.names = h("datalist", { id: uid("columns") }, options(Object.keys(columns)));
    const add = () => this.add("", "").focus();
    this.adding = h("button", { type: "button", class: "button small add", onclick: add }, "Add a filter");
    this.element = h("div", { class: "stack filters" }, this.names, this.rows, this.adding);
  }

  /** A row more; returns the field of its column. */
  add(column, value) {
    const values = h("datalist", { id: uid("values") });
    const name = input("Filter column", "column", { list: this.names.id, value: column });
    const wanted = input("Filter value", "value", { list: values.id, value });
    const suggest = () => fill(values, options(this.columns[name.value] ?? []));
    name.addEventListener("input", suggest);
    suggest();
    const removal = { type: "button", class: "button small quiet", "aria-label": "Remove this filter" };
    const row = h(
      "li",
      { class: "filter-row" },
      name,
      wanted,
      values,
      h("button", { ...removal, onclick: () => this.remove(row) }, "×"),
    );
    this.rows.append(row);
    return name;
  }

  remove(row) {
    row.remove();
    this.adding.focus();
  }

  value() {
    const filters = {};
    for (const row of this.rows.children) {
      const [column, value] = [...row.querySelectorAll("input")].map((element) => element.value);
      if (column) filters[column] = column in filters ? [filters[column], value].flat() : value;
    }
    return filters;
  }

  set(filters) {
    fill(this.rows);
    const isObject = filters !== null && typeof filters === "object" && !Array.isArray(filters);
    for (const [column, values] of Object.entries(isObject ? filters : {})) {
      for (const value of [values].flat()) this.add(column, String(value));
    }
  }
}

function input(label, placeholder, attributes) {
  return h("input", { type: "text", "aria-label": label, placeholder, spellcheck: "false", ...attributes });
}

function options(texts) {
  return texts.filter((text) => text !== null).map((value) => h("option", { value }));
}
