// JSON as people read it: indented, coloured, with some fields marked.

import { h } from "./dom.js";
import { parsed } from "./admin.js";

// A page of a thousand rows would be 30,000 coloured spans; so long a text stays plain.
const LONGEST_COLOURED = 60_000;
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;
const BLANKS = /("(?:[^"\\]|\\.)*")|\s+/g;

/**
 * The value of a JSON text, if writing it again gives the same text but for blanks; undefined otherwise.
 * Numbers such as 1.0 or 2^53 + 1 and keys that come twice don't survive, and must be shown and sent as they came.
 */
export function faithful(text) {
  const value = parsed(text);
  if (value === undefined) return undefined;
  return JSON.stringify(value) === text.replace(BLANKS, "$1") ? value : undefined;
}

/** Text in a box. What is too tall scrolls, so the keyboard must reach it. */
export function code(text, { label, className = "" } = {}) {
  return h("pre", { class: `code ${className}`, tabindex: 0, role: "group", "aria-label": label ?? "Code" }, text);
}

/** A value, indented and coloured. Fields of the outermost object in `flagged` are marked. */
export function json(value, { label = "JSON", flagged = new Set() } = {}) {
  const text = JSON.stringify(value, null, 2);
  const box = code("", { label });
  box.append(...(text.length > LONGEST_COLOURED ? [text] : coloured(text, flagged)));
  return box;
}

function* coloured(text, flagged) {
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) yield text.slice(end, match.index);
    yield span(match, flagged);
    end = match.index + match[0].length;
  }
  if (end < text.length) yield text.slice(end);
}

function span(match, flagged) {
  const [whole, string, colon] = match;
  if (!string) return h("span", { class: /^[-\d]/.test(whole) ? "number" : "word" }, whole);
  if (!colon) return h("span", { class: "text" }, whole);
  // Two blanks behind the line's beginning: a key of the outermost object.
  const isOutermost = match.input.slice(match.index - 3, match.index) === "\n  ";
  const isFlagged = isOutermost && flagged.has(JSON.parse(string));
  return h(isFlagged ? "mark" : "span", { class: "key" }, whole);
}
