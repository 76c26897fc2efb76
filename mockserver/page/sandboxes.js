// The switch between sandboxes: which there are, a new one, and the token that leads into each.

import { copyButton, field, fill, format, h, uid } from "./dom.js";

const DEFAULT = "default";

/** The button in the bar and the panel that it opens. */
export function sandboxButton(admin, { view, sandbox, link, notify }) {
  const panel = h("div", {
    id: uid("sandboxes"),
    class: "panel",
    popover: "auto",
    "aria-label": "Sandboxes",
    role: "dialog",
  });
  const button = h(
    "button",
    { type: "button", class: "button sandbox-button", popovertarget: panel.id, "aria-haspopup": "dialog" },
    h("span", { class: "muted" }, "Sandbox "),
    h("b", {}, sandbox),
  );
  const list = h("ul", { class: "sandbox-list" });
  const go = (id) => {
    location.hash = link(view, {}, id);
  };
  const refresh = async () => {
    try {
      const [first, ...others] = await admin.call(DEFAULT, "GET", "/sandboxes");
      // The one used last stands next to `default`; the server lists it at the end.
      fill(
        list,
        [first, ...others.reverse()].map((one) => item(one, sandbox, link(view, {}, one.id), drop)),
      );
    } catch (error) {
      fill(list, h("li", { class: "muted" }, error.message));
    }
  };
  async function drop(id) {
    // Left first: a view that goes on asking would make it anew.
    if (id === sandbox) go(DEFAULT);
    await act(
      notify,
      () => admin.call(DEFAULT, "DELETE", `/sandboxes/${encodeURIComponent(id)}`),
      `The sandbox ${id} is gone`,
    );
    if (id !== sandbox) refresh();
  }
  panel.addEventListener("toggle", (event) => event.newState === "open" && refresh());
  fill(panel, h("h2", {}, "Sandboxes"), token(sandbox, notify), list, creation(admin, notify, go));
  return [button, panel];
}

function token(sandbox, notify) {
  if (sandbox === DEFAULT) {
    return h(
      "p",
      { class: "muted" },
      "Every token that is not ",
      h("code", {}, "sbx-…"),
      " shares the sandbox default, each with a quota of its own.",
    );
  }
  const value = `sbx-${sandbox}`;
  return h(
    "div",
    { class: "token" },
    h("p", { class: "muted" }, "Requests with this Bearer token land here:"),
    h(
      "div",
      { class: "row" },
      h("code", { class: "grow" }, value),
      copyButton(() => value, { name: "Copy the token", notify }),
    ),
  );
}

function item(one, current, href, drop) {
  const ends = one.expires_in === null ? "stays" : `${format.seconds(one.expires_in)} left if idle`;
  return h(
    "li",
    {},
    h(
      "a",
      { href, "aria-current": one.id === current && "true" },
      h("b", {}, one.id),
      h("span", { class: "muted" }, `${format.plural(one.requests, "request")} · ${ends}`),
    ),
    one.id !== DEFAULT &&
      h(
        "button",
        { type: "button", class: "button small quiet", onclick: () => drop(one.id), "aria-label": `Drop ${one.id}` },
        "Drop",
      ),
  );
}

function creation(admin, notify, go) {
  const name = h("input", {
    type: "text",
    placeholder: "a name, or none",
    pattern: "[A-Za-z0-9_.\\-]{1,64}",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 64,
  });
  const create = async (event) => {
    event.preventDefault();
    const id = name.value.trim();
    const known = await admin.call(DEFAULT, "GET", "/sandboxes").catch(() => []);
    // To create one that is there would reset it, which nobody means here.
    if (known.some((one) => one.id === id)) return go(id);
    return act(
      notify,
      async () => go((await admin.call(DEFAULT, "POST", "/sandboxes", id ? { id } : {})).id),
      "A new sandbox",
    );
  };
  return h(
    "form",
    { class: "row creation", onsubmit: create },
    h("div", { class: "grow" }, field("New sandbox", name, { hint: "POST /__admin/sandboxes" })),
    h("button", { class: "button primary" }, "Create"),
  );
}

async function act(notify, action, done) {
  try {
    await action();
    notify(done);
  } catch (error) {
    notify(error.message, "bad");
  }
}
