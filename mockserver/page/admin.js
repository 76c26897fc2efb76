// The server as the views see it: the admin API, its stream of events, the endpoint itself, contract and ledger.

import { events } from "./events.js";

const ENDPOINT = "../api/services/analytics/v1/project/sessions";
const KEPT = "wemasy-mock admin token";
const LONGEST_WAIT_MS = 10_000;

/** What the admin API refused: its sentence, and `status` (0 where nobody answered). */
export class Refusal extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

/** The absolute address of a call, for a sandbox. Relative to the page, since a proxy may mount it elsewhere. */
export function address(path, sandbox) {
  const url = new URL(path.replace(/^\//, ""), document.baseURI);
  url.hash = "";
  if (!url.searchParams.has("sandbox")) url.searchParams.set("sandbox", sandbox);
  return url;
}

/** The address of the vendor's endpoint. */
export function endpointAddress(page) {
  const url = new URL(ENDPOINT, document.baseURI);
  url.hash = "";
  if (page) url.searchParams.set("page", page);
  return url;
}

/** Whether this server asks for an admin token. */
export function needsToken() {
  return sessionStorage.getItem(KEPT) !== null;
}

/** The header that the server wants, for whoever does not ask through `Admin`; none where it wants none. */
export function credentials() {
  const token = sessionStorage.getItem(KEPT);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

let asking = null;

/** One question at a time, however many calls were refused. */
function askOnce(ask, wasWrong) {
  asking ??= ask(wasWrong).finally(() => {
    asking = null;
  });
  return asking;
}

/**
 * The client of the admin API. `ask(wasWrong)` resolves with the admin token, once the server wants one;
 * it is kept for this tab only.
 */
export class Admin {
  constructor(ask) {
    this.ask = ask;
    this.documents = new Map();
  }

  async send(method, url, { body, signal, accept = "application/json" } = {}) {
    const headers = { Accept: accept };
    if (method !== "GET") headers["Content-Type"] = "application/json";
    for (;;) {
      const sent = credentials();
      const response = await reach(url, {
        method,
        headers: { ...headers, ...sent },
        signal,
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if (response.status !== 401) return settled(response);
      // Meanwhile another call may have been told the token.
      if (credentials().Authorization !== sent.Authorization) continue;
      sessionStorage.setItem(KEPT, await askOnce(this.ask, Boolean(sent.Authorization)));
    }
  }

  /** A call that belongs to a sandbox; null where the answer is empty. */
  async call(sandbox, method, path, body) {
    const response = await this.send(method, address(path, sandbox), { body });
    return response.status === 204 ? null : response.json();
  }

  /** A document of the server, fetched once. */
  document(name) {
    if (!this.documents.has(name)) {
      const loading = this.call("default", "GET", name);
      loading.catch(() => this.documents.delete(name));
      this.documents.set(name, loading);
    }
    return this.documents.get(name);
  }

  /**
   * Hear of every event until `signal` aborts. A lost connection is made again; `open` is called each time it stands,
   * when whatever happened in between can be read, and `lost` each time it broke.
   */
  async follow(sandbox, path, onEvent, signal, { open, lost } = {}) {
    let waitMs = 500;
    while (!signal.aborted) {
      try {
        const response = await this.send("GET", address(path, sandbox), { signal, accept: "text/event-stream" });
        waitMs = 500;
        open?.();
        for await (const event of events(response.body, signal)) onEvent(JSON.parse(event.data), event);
      } catch (error) {
        if (signal.aborted) return;
        lost?.(error);
      }
      await pause(waitMs, signal);
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
    }
  }
}

async function reach(url, options) {
  try {
    return await fetch(url, { cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, "The server does not answer; is it still running?");
  }
}

async function settled(response) {
  if (response.ok) return response;
  const problem = await response.json().catch(() => null);
  throw new Refusal(response.status, problem?.detail ?? `The server answered ${response.status}`);
}

function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** Ask the endpoint as a customer would. `body` is sent as it is where it is a text. */
async function askEndpoint(token, body, { page, headers = {}, signal } = {}) {
  const started = performance.now();
  const response = await reach(endpointAddress(page), {
    method: "POST",
    headers: {
      Authorization: `Bearer ${token}`,
      Accept: "application/json",
      "Content-Type": "application/json",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal,
  });
  const text = await response.text();
  const ms = performance.now() - started;
  return { status: response.status, headers: response.headers, json: parsed(text), text, ms };
}

/** The value of a JSON text; undefined for any other. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a view is given; the views' agreement stands here. */
export function context(admin, sandbox, shell) {
  const token = sandbox === "default" ? "demo-token" : `sbx-${sandbox}`;
  return {
    sandbox,
    token,
    admin: (method, path, body) => admin.call(sandbox, method, path, body),
    follow: (path, onEvent, signal, states) => admin.follow(sandbox, path, onEvent, signal, states),
    endpoint: (body, options) => askEndpoint(token, body, options),
    contract: () => admin.document("contract.json"),
    ledger: async () => new Map((await admin.document("ledger")).map((entry) => [entry.id, entry])),
    ...shell,
  };
}
