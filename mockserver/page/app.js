// The shell: which view, which sandbox, what colours; and the one line that says what happened.

import { Admin, context } from "./admin.js";
import { h, fill, on } from "./dom.js";
import { sandboxButton } from "./sandboxes.js";
import { askForToken } from "./signin.js";
import { themeButton } from "./appearance.js";

const VIEWS = [
  { id: "requests", title: "Requests", load: () => import("./requests.js") },
  { id: "controls", title: "Controls", load: () => import("./controls.js") },
  { id: "explorer", title: "Explorer", load: () => import("./explorer.js") },
  { id: "traffic", title: "Traffic", load: () => import("./traffic.js") },
];
const DEFAULT = "default";
const SHOWN_MS = { ok: 4000, bad: 10_000 };

const main = document.getElementById("main");
const admin = new Admin(askForToken);
let shown = 0;
let stop = () => {};

/** The address of a view: `#/explorer?sandbox=ci-1&page=2`. The sandbox `default` need not be named. */
function link(view, params = {}, sandbox = here().sandbox) {
  const query = new URLSearchParams({ ...(sandbox === DEFAULT ? {} : { sandbox }), ...params });
  return `#/${view}${query.size ? `?${query}` : ""}`;
}

function here() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const params = new URLSearchParams(query);
  return {
    view: VIEWS.find((view) => view.id === path) ?? VIEWS[0],
    sandbox: params.get("sandbox") || DEFAULT,
    params,
  };
}

async function show({ first = false } = {}) {
  const { view, sandbox, params } = here();
  const ticket = ++shown;
  leave();
  document.title = `${view.title} · wemasy-mock`;
  drawBar(view, sandbox);
  const root = h("section", { class: `view view-${view.id}`, "aria-label": view.title });
  fill(main, root);
  if (!first) main.focus({ preventScroll: true });
  try {
    const module = await view.load();
    if (ticket !== shown) return;
    const leaveView = await module.mount(root, context(admin, sandbox, { params, link, notify }));
    if (ticket === shown) stop = leaveView ?? (() => {});
    else leaveView?.();
  } catch (error) {
    fill(root, h("p", { class: "empty", role: "alert" }, `This view could not be opened: ${error.message}`));
  }
}

function leave() {
  const leaving = stop;
  stop = () => {};
  leaving();
}

function drawBar(current, sandbox) {
  fill(
    document.getElementById("tabs"),
    VIEWS.map((view) =>
      h("a", { href: link(view.id, {}, sandbox), "aria-current": view === current && "page" }, view.title),
    ),
    h("a", { href: "docs" }, "Docs"),
  );
  fill(
    document.getElementById("bar-end"),
    sandboxButton(admin, { view: current.id, sandbox, link, notify }),
    themeButton(),
  );
  document.querySelector("#tabs [aria-current]").scrollIntoView({ block: "nearest", inline: "center" });
}

/** Say what happened, `kind` "ok" or "bad". A screen reader says it when it has time. */
function notify(text, kind = "ok") {
  const toast = h("p", { class: `toast ${kind}` }, text);
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS[kind] ?? SHOWN_MS.ok);
}

// The address is a hash already, so a plain fragment would be taken for a view.
on(document.getElementById("skip"), "click", (event) => {
  event.preventDefault();
  main.focus();
});
on(window, "hashchange", () => show());
on(window, "pagehide", leave);
// Out of the browser's memory of pages a view comes back without its streams.
on(window, "pageshow", (event) => event.persisted && show());
show({ first: true });
