// What stands in an empty list: a request that can be pasted into a shell.

import { endpointAddress } from "../admin.js";
import { copyButton, h } from "../dom.js";
import { code } from "../json.js";
import { curl } from "./snippets.js";

/** The contract's own example as a first request to this sandbox. */
export async function nothingYet({ contract, token, link, notify }) {
  const { components } = await contract();
  const { example } = components.requestBodies.Sessions.content["application/json"];
  const text = curl({
    method: "POST",
    url: endpointAddress().href,
    headers: { accept: "application/json", "content-type": "application/json" },
    token: { text: token },
    body: JSON.stringify(example),
  });
  const copying = copyButton(() => text, { name: "Copy the first request", notify });
  return [
    h("h2", {}, "Nothing was asked yet"),
    h("p", {}, "Requests appear here as they come. This is a first one:"),
    h("div", { class: "with-copy" }, code(text, { label: "A first request" }), copying),
    h("a", { class: "button", href: link("explorer") }, "Or send one from the Explorer"),
  ];
}
