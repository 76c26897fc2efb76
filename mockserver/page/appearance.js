// Light, dark, or whatever the system says.

import { h } from "./dom.js";

const KEPT = "wemasy-mock theme";
const NEXT = { system: "light", light: "dark", dark: "system" };
const SIGN = { system: "◐", light: "☀", dark: "☾" };

/** A button that goes through the three. */
export function themeButton() {
  const button = h("button", { type: "button", class: "button quiet icon" });
  const draw = () => {
    const now = localStorage.getItem(KEPT) ?? "system";
    button.textContent = SIGN[now];
    button.title = `Colours: ${now}`;
    button.setAttribute("aria-label", `Colours: ${now}. Change to ${NEXT[now]}`);
  };
  button.addEventListener("click", () => {
    choose(NEXT[localStorage.getItem(KEPT) ?? "system"]);
    draw();
  });
  draw();
  return button;
}

function choose(theme) {
  if (theme === "system") {
    localStorage.removeItem(KEPT);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(KEPT, theme);
    document.documentElement.dataset.theme = theme;
  }
}
