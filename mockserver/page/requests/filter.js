// Which exchanges are shown, by status.

import { choices, h } from "../dom.js";

const GROUPS = {
  all: () => true,
  "2xx": (status) => status >= 200 && status < 300,
  "4xx": (status) => status >= 400 && status < 500,
  401: (status) => status === 401,
  422: (status) => status === 422,
  429: (status) => status === 429,
  "5xx": (status) => status >= 500,
};
const ORDER = ["all", "2xx", "4xx", "401", "422", "429", "5xx"];

/** The choice, with how many there are of each; `matches(exchange)` as it stands, and `count(exchanges)`. */
export function statusFilter(onChange) {
  let chosen = "all";
  const choose = (name) => {
    chosen = name;
    onChange();
  };
  const counts = new Map(ORDER.map((name) => [name, h("span", { class: "count" })]));
  const options = ORDER.map((name) => [name, [name === "all" ? "All" : name, " ", counts.get(name)]]);
  return {
    element: choices("Status", options, { value: chosen, onChange: choose }),
    matches: (exchange) => GROUPS[chosen](exchange.answer.status),
    count(exchanges) {
      for (const [name, element] of counts) {
        element.textContent = exchanges.filter((exchange) => GROUPS[name](exchange.answer.status)).length || "";
      }
    },
  };
}
