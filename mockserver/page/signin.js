// The server was started with --admin-token: ask for it, once.

import { field, h } from "./dom.js";

/** Resolves with what was typed. `wasWrong`: the server refused the last one. */
export function askForToken(wasWrong) {
  return new Promise((resolve) => {
    const input = h("input", { type: "password", required: true, autocomplete: "off", spellcheck: "false" });
    const title = h("h2", { id: "signin-title" }, "Admin token");
    const form = h(
      "form",
      { class: "stack" },
      title,
      h(
        "p",
        { class: wasWrong ? "complaint" : "muted", role: wasWrong && "alert" },
        wasWrong ? "The server does not take this token." : "This server was started with --admin-token.",
      ),
      field("Token", input, { hint: "Kept in this tab until it is closed." }),
      h("div", { class: "row end" }, h("button", { class: "button primary" }, "Continue")),
    );
    const dialog = h("dialog", { class: "dialog", "aria-labelledby": title.id }, form);
    // Without the token there is nothing behind the dialog to go back to.
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.remove();
      resolve(input.value);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
