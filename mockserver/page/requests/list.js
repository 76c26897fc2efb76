// The list of exchanges, newest first: a list box, so that the arrow keys choose.

import { fill, h } from "../dom.js";
import { item } from "./item.js";

const A_PAGE = 10;

export class ExchangeList {
  /** `choose(id)` is called for the one that keys lead to, `open(id)` for one that is clicked or entered. */
  constructor({ choose, open }) {
    this.choose = choose;
    this.open = open;
    this.chosen = null;
    this.element = h("ul", {
      class: "items",
      role: "listbox",
      tabindex: 0,
      "aria-label": "Requests, newest first",
      onkeydown: (event) => this.key(event),
    });
  }

  get ids() {
    return [...this.element.children].map((element) => Number(element.dataset.id));
  }

  /** These and no others, oldest first. */
  show(exchanges) {
    fill(this.element, this.items(exchanges));
    this.mark(this.chosen);
  }

  /** These before the others; those before `oldest` go. Only what is new is drawn: somebody may be reading. */
  add(exchanges, oldest) {
    this.element.prepend(...this.items(exchanges));
    while (Number(this.element.lastElementChild?.dataset.id) < oldest) this.element.lastElementChild.remove();
    this.mark(this.chosen);
  }

  items(exchanges) {
    return exchanges.map((exchange) => item(exchange, this.open)).reverse();
  }

  /** Show which one is chosen, if it is there. */
  mark(id) {
    this.chosen = id;
    let active = null;
    for (const element of this.element.children) {
      const isChosen = Number(element.dataset.id) === id;
      element.setAttribute("aria-selected", isChosen);
      if (isChosen) active = element;
    }
    if (active) this.element.setAttribute("aria-activedescendant", active.id);
    else this.element.removeAttribute("aria-activedescendant");
    return active;
  }

  key(event) {
    const { ids } = this;
    const at = ids.indexOf(this.chosen);
    const targets = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + A_PAGE,
      PageUp: at - A_PAGE,
      Home: 0,
      End: ids.length - 1,
    };
    if (event.key === "Enter" && at >= 0) this.open(this.chosen, { isByKey: true });
    else if (event.key in targets && ids.length)
      this.choose(ids[Math.max(0, Math.min(targets[event.key], ids.length - 1))]);
    else return;
    event.preventDefault();
  }
}
