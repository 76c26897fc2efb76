// Elements and texts. Data always arrives as text: nothing here, or in any view, sets innerHTML.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. `on…` attributes are listeners, `style` and `dataset` are objects, false and null are left out. */
export function h(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(element, attributes, children) {
  element.append(...nodes(children));
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    // The policy of the page forbids style attributes, not styles.
    else if (name === "style") for (const [key, part] of Object.entries(value)) element.style.setProperty(key, part);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

function nodes(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

/** Children in a line that wraps. */
export function row(...children) {
  return h("div", { class: "row" }, children);
}

/** Listen until the function that is returned is called. */
export function on(target, type, listener, options) {
  target.addEventListener(type, listener, options);
  return () => target.removeEventListener(type, listener, options);
}

/** Put these children where the present ones are. */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

/** Set the text only where it differs, so that screen readers are told of changes alone. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

let lastId = 0;

/** An id that no other element of the page has. */
export function uid(prefix = "id") {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** A label with its control, and what `hint` says of it. Returns the element around them. */
export function field(label, control, { hint, ...attributes } = {}) {
  control.id ||= uid("field");
  const note = hint && h("p", { class: "hint", id: `${control.id}-hint` }, hint);
  if (note) control.setAttribute("aria-describedby", note.id);
  return h("div", { class: "field", ...attributes }, h("label", { for: control.id }, label), control, note);
}

/** A select of `[value, label]` pairs or plain values. */
export function select(options, value, attributes = {}) {
  const choices = options.map((option) => {
    const [key, label] = Array.isArray(option) ? option : [option, option];
    return h("option", { value: key }, label);
  });
  return h("select", { ...attributes, value }, choices);
}

/**
 * One of several, as radio buttons that look like one bar. `options` are `[value, label, title]`; groups of one
 * `name` are one choice.
 */
export function choices(legend, options, { value, onChange, name = uid("choice") }) {
  const radio = (key) =>
    h("input", { type: "radio", name, value: key, checked: key === value, onchange: () => onChange(key) });
  return h(
    "fieldset",
    { class: "choices" },
    h("legend", { class: "visually-hidden" }, legend),
    options.map(([key, label, title]) => h("label", { title }, radio(key), label)),
  );
}

/** Copy text; false where the browser lets nobody. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyAsSelection(text);
  }
}

/** Where the page is not on a loopback address and not on HTTPS, browsers have no clipboard of their own. */
function copyAsSelection(text) {
  const area = h("textarea", { class: "visually-hidden", value: text, "aria-hidden": "true" });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

/** A button that copies what `text()` gives at that moment, and says so. */
export function copyButton(text, { label = "Copy", name, notify, ...attributes } = {}) {
  const button = h("button", { type: "button", class: "button small quiet", "aria-label": name, ...attributes }, label);
  button.addEventListener("click", async () => {
    const done = await copy(text());
    button.textContent = done ? "Copied" : "Copying failed";
    notify?.(done ? `${name ?? label}: copied` : "The browser does not let this page copy", done ? "ok" : "bad");
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  });
  return button;
}

const decimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const format = {
  number: (value) => decimal.format(value),
  ms: (value) =>
    value >= 1000 ? `${decimal.format(value / 1000)} s` : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`,
  bytes: (value) => (value < 1024 ? `${value} B` : `${decimal.format(value / 1024)} KiB`),
  /** `23:59:59` of an ISO moment, in UTC, as the fake itself counts. */
  time: (iso) => iso.slice(11, 19),
  /** `2026-01-31 23:59:59` */
  moment: (iso) => iso.slice(0, 19).replace("T", " "),
  seconds: (value) => (value >= 90 ? `${Math.round(value / 60)} min` : `${Math.max(0, Math.ceil(value))} s`),
  plural: (count, one, many = `${one}s`) => `${decimal.format(count)} ${count === 1 ? one : many}`,
};

/** The name of the colour that a status has in the style sheet. */
export function tone(status) {
  if (status === 429) return "limit";
  if (status >= 500) return "bad";
  if (status >= 400) return "warn";
  return status >= 300 ? "info" : "ok";
}

/** A status in its colour; the text alone says it, too. */
export function badge(status) {
  return h("span", { class: `badge ${tone(status)}` }, status);
}
