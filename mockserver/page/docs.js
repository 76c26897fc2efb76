// The documents: the contract and the admin API in Swagger UI, which a package ships, and the ledger.

import { Admin, credentials } from "./admin.js";
import { themeButton } from "./appearance.js";
import { explained } from "./docs/clauses.js";
import { ledgerTable } from "./docs/ledger.js";
import { fill, h, on } from "./dom.js";
import { askForToken } from "./signin.js";

const DOCUMENTS = [
  { id: "contract", title: "Contract", draw: contract },
  { id: "admin", title: "Admin API", draw: adminApi },
  { id: "ledger", title: "Ledger", draw: ledger },
];
// The token of the sandbox that everyone at this page shares.
const TOKEN = "demo-token";

const here = new URL(document.baseURI);
const main = document.getElementById("main");
const admin = new Admin(askForToken);
const dark = matchMedia("(prefers-color-scheme: dark)");
let shown = 0;

async function show() {
  const [id, part] = location.hash.slice(1).split("/");
  const current = DOCUMENTS.find((one) => one.id === id) ?? DOCUMENTS[0];
  const ticket = ++shown;
  document.title = `${current.title} · wemasy-mock`;
  drawTabs(current);
  // Swagger UI has a main part of its own.
  const root = h(current.id === "ledger" ? "main" : "div", { class: `view view-${current.id}` });
  fill(main, root);
  try {
    await current.draw(root, part, () => ticket === shown);
  } catch (error) {
    fill(root, h("p", { class: "empty", role: "alert" }, `This document could not be read: ${error.message}`));
  }
}

async function contract(root, _part, isWanted) {
  const [document_, entries] = await Promise.all([admin.document("contract.json"), admin.document("ledger")]);
  if (!isWanted()) return;
  const spec = explained(document_, new Map(entries.map((entry) => [entry.id, entry])));
  // Tried out here, a request goes to the fake and to nobody else.
  spec.servers = [{ url: new URL("..", here).pathname.replace(/\/$/, "") || "/", description: "This fake." }];
  const ui = swagger(root, spec, {
    // The clauses stand in the schemas, and the second path is the same as the first.
    defaultModelRendering: "model",
    onComplete: () => {
      ui.preauthorizeApiKey("bearer", TOKEN);
      ui.layoutActions.show(["operations", "default", "listProjectSessions"], true);
    },
  });
}

async function adminApi(root, _part, isWanted) {
  const spec = structuredClone(await admin.document("openapi.json"));
  if (!isWanted()) return;
  // What a call does says more in its line than the name of the function behind it.
  for (const call of Object.values(spec.paths).flatMap(Object.values)) [call.summary, call.description] = [call.description, ""];
  swagger(root, spec, {});
}

async function ledger(root, part, isWanted) {
  const entries = await admin.document("ledger");
  if (isWanted()) ledgerTable(root, entries, part);
}

function swagger(root, spec, options) {
  return window.SwaggerUIBundle({
    spec,
    domNode: root.appendChild(h("div")),
    // The badge would ask a server of Swagger's.
    validatorUrl: null,
    docExpansion: "list",
    defaultModelExpandDepth: 5,
    displayRequestDuration: true,
    requestInterceptor: (request) => {
      const isAdmin = new URL(request.url, here).pathname.startsWith(new URL(".", here).pathname);
      return isAdmin ? { ...request, headers: { ...request.headers, ...credentials() } } : request;
    },
    ...options,
  });
}

function drawTabs(current) {
  fill(
    document.getElementById("tabs"),
    DOCUMENTS.map((one) => h("a", { href: `#${one.id}`, "aria-current": one === current && "page" }, one.title)),
  );
}

/** Swagger UI has colours of its own for the dark, and its own word for it. */
function drawScheme() {
  const { theme } = document.documentElement.dataset;
  document.documentElement.classList.toggle("dark-mode", theme ? theme === "dark" : dark.matches);
}

on(document.getElementById("skip"), "click", (event) => {
  event.preventDefault();
  main.focus();
});
// Swagger UI opens every link in another tab; those into the ledger lead through this one.
on(main, "click", (event) => {
  const address = event.target.closest("a")?.getAttribute("href");
  if (!address?.startsWith("#ledger/")) return;
  event.preventDefault();
  location.hash = address;
});
on(dark, "change", drawScheme);
new MutationObserver(drawScheme).observe(document.documentElement, { attributeFilter: ["data-theme"] });
on(window, "hashchange", show);
fill(document.getElementById("bar-end"), h("a", { class: "button quiet", href: "./" }, "To the page"), themeButton());
drawScheme();
show();
