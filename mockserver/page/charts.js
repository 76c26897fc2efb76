// Two charts of plain elements, whose sizes are shares that the style sheet draws. There are two kinds of them and a few
// hundred bars at most: a library would be more to ship, to theme and to make accessible than these lines are. Elements
// also take the page's colours, fonts and width by themselves, where an SVG would be redrawn for each width.

import { fill, h, on, uid } from "./dom.js";

/**
 * Upright bars: `bars` are `{ label, long, parts }`, a part for each of `series` (`{ name, colour }`). `number` writes a
 * value. Pointer or arrow keys tell of one bar; `summary` is what it is to those who don't see it, and the numbers stand
 * below for everyone.
 */
export function columns({ title, bars, series, number, summary, unit }) {
  const top = rounded(Math.max(...bars.map(total)) || 1);
  const columnsOf = bars.map((bar) => column(bar, series, top));
  const tip = h("output", { class: "tip", hidden: true });
  const plot = h(
    "div",
    { class: "plot", tabindex: 0, role: "group", "aria-label": `${title}. Arrow keys tell of one after the other.` },
    h("div", { class: "grid-lines", "aria-hidden": "true" }, [1, 0.5, 0].map((share) => h("span", {}, h("small", {}, number(top * share))))),
    h("div", { class: "columns", role: "img", "aria-label": `${title}. ${summary}` }, columnsOf),
    tip,
  );
  let current = -1;
  const show = (index) => {
    columnsOf[current]?.classList.remove("told");
    current = index;
    columnsOf[current]?.classList.add("told");
    tip.hidden = index < 0;
    if (index < 0) return;
    const bar = bars[index];
    fill(tip, h("b", {}, bar.long ?? bar.label), series.map((one, part) => h("span", {}, `${number(bar.parts[part])} ${one.name}`)));
    tip.style.setProperty("--at", (index + 0.5) / bars.length);
  };
  on(plot, "pointermove", (event) => show(columnsOf.indexOf(event.target.closest?.(".column"))));
  on(plot, "pointerleave", () => show(-1));
  on(plot, "blur", () => show(-1));
  on(plot, "keydown", (event) => {
    const to = { ArrowRight: Math.min(current + 1, bars.length - 1), ArrowLeft: Math.max(current - 1, 0), Home: 0, End: bars.length - 1, Escape: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to);
  });
  return h("figure", { class: "chart" }, plot, axis(bars), legend(series), numbers({ title, bars, series, number, unit }));
}

function total(bar) {
  return bar.parts.reduce((sum, part) => sum + part, 0);
}

function column(bar, series, top) {
  const parts = series.map((one, index) => bar.parts[index] > 0 && h("i", { style: { "--share": bar.parts[index] / top, "--colour": `var(--${one.colour})` } }));
  return h("div", { class: "column" }, parts.reverse());
}

/** The next number that reads well as the end of an axis. */
function rounded(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value) * power;
}

/** As many labels as have room: the style sheet leaves out more of them the narrower the chart is. */
function axis(bars) {
  const step = Math.ceil(bars.length / 8);
  return h(
    "div",
    { class: "axis", "aria-hidden": "true", style: { "--bars": bars.length } },
    bars.map((bar, index) => index % step === 0 && h("span", { class: (index / step) % 2 ? "second" : null, style: { "--at": (index + 0.5) / bars.length } }, bar.label)),
  );
}

function legend(series) {
  if (series.length < 2) return null;
  return h("ul", { class: "legend" }, series.map((one) => h("li", {}, h("i", { style: { "--colour": `var(--${one.colour})` } }), one.name)));
}

function numbers({ title, bars, series, number, unit }) {
  return h(
    "details",
    { class: "numbers" },
    h("summary", {}, "As a table"),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": `${title}, the numbers` },
      h("table", {},
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, unit), series.map((one) => h("th", { scope: "col", class: "number" }, one.name)))),
        h("tbody", {}, bars.map((bar) => h("tr", {}, h("th", { scope: "row" }, bar.long ?? bar.label), bar.parts.map((part) => h("td", { class: "number" }, number(part))))))),
    ),
  );
}

/**
 * Lying bars with their names and numbers, each a button: `items` are `{ value, name, note, count, share }`, `choose(value)`
 * hears of a click, `chosen` is the set of values that are pressed. Without a `value` it is no button.
 */
export function ranking({ title, items, number, colour, chosen, choose }) {
  const most = Math.max(...items.map((item) => item.share), 0);
  const heading = h("h2", { id: uid("ranking") }, title);
  const button = (item) => ({
    type: "button",
    "aria-pressed": String(chosen.has(item.value)),
    onclick: () => choose(item.value),
    dataset: { key: `${title}: ${item.value}` },
  });
  const row = (item) =>
    h(
      "li",
      { style: { "--share": item.share / most, "--colour": `var(--${colour})` } },
      h(item.value === undefined ? "div" : "button", { class: "rank", ...(item.value === undefined ? {} : button(item)) },
        h("span", { class: "rank-name" }, item.name, item.note && [" ", h("small", {}, item.note)]),
        h("span", { class: "rank-count" }, number(item.count)),
        h("span", { class: "rank-share" }, percent(item.share))),
    );
  return h("section", { class: "card ranking", "aria-labelledby": heading.id }, heading, h("ol", {}, items.map(row)));
}

const shares = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** `4.6%`; what is there is never nothing. */
export function percent(share) {
  return share > 0 && share < 0.001 ? "< 0.1%" : shares.format(share);
}
