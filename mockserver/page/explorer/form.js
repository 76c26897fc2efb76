// A form for a request, built from its schema. Errors of an answer stand at the fields that they name.

import { fill, h, uid } from "../dom.js";
import { FilterRows } from "./filters.js";
import { kindOf } from "./schema.js";

const LEFT_OUT = "— left out —";

/** What is empty is left out of the body, so that a missing field can be tried, too. */
export class RequestForm {
  constructor({ properties, required }, columns) {
    const fieldOf = (name, schema) => new RequestField(name, schema, required.has(name), columns);
    this.fields = new Map(Object.entries(properties).map(([name, schema]) => [name, fieldOf(name, schema)]));
    this.rest = h("ul", { class: "complaint" });
    this.element = h(
      "div",
      { class: "request-form" },
      this.rest,
      [...this.fields.values()].map((one) => one.element),
    );
  }

  value() {
    const pairs = [...this.fields].map(([name, one]) => [name, one.value()]);
    return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
  }

  /** Show a body; false if it says something that the form can't. */
  set(body) {
    if (body === null || typeof body !== "object" || Array.isArray(body)) return false;
    for (const [name, one] of this.fields) one.set(body[name]);
    const shown = this.value();
    const names = new Set([...Object.keys(body), ...Object.keys(shown)]);
    return [...names].every((name) => JSON.stringify(body[name]) === JSON.stringify(shown[name]));
  }

  /** `errors` as the answer names them, `remarks` as the journal explains them; both may be empty. */
  complain(errors, remarks) {
    for (const [name, one] of this.fields) {
      const own = (key) => key === name || key.startsWith(`${name}.`);
      const sentences = Object.entries(errors)
        .filter(([key]) => own(key))
        .flatMap(([, texts]) => texts);
      one.complain(
        sentences,
        remarks.filter(({ field }) => field && own(field)),
      );
    }
    const elsewhere = Object.keys(errors).filter((key) => !this.fields.has(key.split(".")[0]));
    fill(
      this.rest,
      elsewhere.map((key) => h("li", {}, `${key}: ${errors[key].join(" ")}`)),
    );
    this.element.querySelector("[aria-invalid]")?.focus();
  }
}

/** A label, a control of the kind that the schema wants, and below it what an answer says of it. */
class RequestField {
  constructor(name, schema, isRequired, columns) {
    this.id = uid("field");
    this.name = name;
    this.part = PARTS[kindOf(schema)]({ id: this.id, schema, columns, name });
    this.note = h("p", { class: "hint", id: `${this.id}-note` }, isRequired ? "required" : "may be left out");
    this.complaint = h("div", { class: "complaints", id: `${this.id}-complaint`, hidden: true });
    this.element = this.part.isGroup ? this.group() : this.single();
  }

  single() {
    const { element, isInline, input = element } = this.part;
    input.setAttribute("aria-describedby", `${this.note.id} ${this.complaint.id}`);
    const label = h("label", { for: this.id, class: isInline && "check" }, isInline && element, this.name);
    const head = h("div", { class: "row between" }, label, this.note);
    return h(
      "div",
      { class: `field request-field ${isInline ? "wide" : ""}` },
      head,
      !isInline && element,
      this.complaint,
    );
  }

  group() {
    const label = h("span", { class: "legend", id: `${this.id}-label` }, this.name);
    return h(
      "div",
      { class: "field request-field wide", role: "group", "aria-labelledby": label.id },
      h("div", { class: "row between" }, label, this.note),
      this.part.element,
      this.complaint,
    );
  }

  value() {
    return this.part.value();
  }

  set(value) {
    this.part.set(value);
  }

  /** The sentences of the answer and the remarks of the journal; a remark alone, such as of a filter, is no error. */
  complain(sentences, remarks) {
    this.complaint.hidden = !sentences.length && !remarks.length;
    const refused = sentences.map((text) => h("p", { class: "complaint" }, text));
    fill(this.complaint, refused, remarks.map(explained));
    for (const marked of this.element.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
    if (!sentences.length) return;
    const { element, isGroup, input = element } = this.part;
    const target = isGroup ? element.querySelector("input, button") : input;
    target.setAttribute("aria-invalid", "true");
    if (isGroup) target.setAttribute("aria-describedby", this.complaint.id);
  }
}

function explained({ text, did_you_mean: meant }) {
  return h("p", { class: "hint" }, text, meant && [". Did you mean ", h("code", {}, meant), "?"]);
}

const PARTS = {
  choice({ id, schema }) {
    const element = h(
      "select",
      { id },
      h("option", { value: "" }, LEFT_OUT),
      schema.enum.filter((value) => value !== null).map((value) => h("option", { value }, value)),
    );
    return { element, ...texts(element) };
  },
  flag({ id }) {
    const element = h("input", { id, type: "checkbox" });
    return {
      element,
      isInline: true,
      value: () => (element.checked ? "1" : undefined),
      set: (value) => {
        element.checked = value === "1";
      },
    };
  },
  number: ({ id, schema }) => text(id, { inputmode: "numeric", placeholder: schema.examples?.[0] }),
  text: ({ id }) => text(id),
  date({ id, schema, name }) {
    const { element, value, set } = text(id, { placeholder: schema.examples?.[0], spellcheck: "false" });
    const picker = h("input", {
      type: "datetime-local",
      step: 1,
      class: "picker",
      tabindex: -1,
      "aria-hidden": "true",
    });
    // Whatever is typed is sent: to see a date refused is what many come for.
    const pick = h(
      "button",
      { type: "button", class: "button icon quiet", "aria-label": `Pick ${name}`, onclick: () => picker.showPicker() },
      "▾",
    );
    picker.addEventListener("change", () => {
      set(written(picker.value));
    });
    return { element: h("div", { class: "date" }, element, picker, pick), input: element, value, set };
  },
  filters({ columns }) {
    const rows = new FilterRows(columns);
    return { isGroup: true, element: rows.element, value: () => rows.value(), set: (filters) => rows.set(filters) };
  },
};

/** As the page writes a moment. */
const written = (value) => `${value.replace("T", " ")}${value.length === 16 ? ":00" : ""}`;

function text(id, attributes = {}) {
  const element = h("input", { id, type: "text", autocomplete: "off", ...attributes });
  return { element, ...texts(element) };
}

function texts(element) {
  return {
    value: () => element.value || undefined,
    set: (value) => {
      element.value = typeof value === "string" ? value : "";
    },
  };
}
