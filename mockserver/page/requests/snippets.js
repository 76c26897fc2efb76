// A call as code: for a shell, Python, JavaScript and Laravel. Each names the token by a variable where it is not known.

import { faithful } from "../json.js";

export const TOKEN_VARIABLE = "WEMASY_API_TOKEN";

// What every client sets by itself, or what only this one connection meant.
const LEFT_TO_CLIENTS =
  /^(authorization|host|content-length|connection|accept-encoding|accept-language|user-agent|origin|referer|cookie|cache-control|pragma|priority|dnt|transfer-encoding|expect|upgrade-insecure-requests|keep-alive|te|sec-.*|x-forwarded-.*)$/;

/**
 * The call that an entry of the journal was: `{method, url, headers, body, token}`. `token` is null where none was
 * sent; the journal masks it, so that the snippet names a variable.
 */
export function callOf(exchange, origin) {
  const { method, path, query, headers, body } = exchange.request;
  const kept = Object.entries(headers).filter(([name]) => !LEFT_TO_CLIENTS.test(name));
  return {
    method,
    url: origin + path + (query && `?${query}`),
    headers: Object.fromEntries(kept),
    body: body || null,
    token: headers.authorization?.startsWith("Bearer ") ? { variable: TOKEN_VARIABLE } : null,
  };
}

const isJson = (call) => /[/+]json\b/.test(call.headers["content-type"] ?? "");

/** The body as a value, where it can be written as one in another language without changing it. */
function valueOf(call) {
  const value = call.body !== null && isJson(call) ? faithful(call.body) : undefined;
  return value !== null && typeof value === "object" ? value : undefined;
}

const without = (headers, ...names) => Object.entries(headers).filter(([name]) => !names.includes(name));

// A shell: everything in single quotes, but for the variable.

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

export function curl(call) {
  const authorization =
    call.token &&
    (call.token.variable
      ? `"Authorization: Bearer $${call.token.variable}"`
      : quoted(`Authorization: Bearer ${call.token.text}`));
  // curl reads brackets in an address as ranges.
  const globs = /[[\]{}]/.test(call.url) ? "-g " : "";
  return [
    `curl ${globs}-X ${call.method} ${quoted(call.url)}`,
    authorization && `-H ${authorization}`,
    ...Object.entries(call.headers).map(([name, value]) => `-H ${quoted(`${titled(name)}: ${value}`)}`),
    // Left to itself, curl calls every body a form.
    call.body !== null && !call.headers["content-type"] && "-H 'Content-Type:'",
    call.body !== null && `--data-raw ${quoted(call.body)}`,
  ]
    .filter(Boolean)
    .join(" \\\n  ");
}

const titled = (name) => name.replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase());

// Python: a JSON text is a literal of Python, too.

const python = {
  text: JSON.stringify,
  word: { null: "None", true: "True", false: "False" },
  object: ["{", "}"],
  colon: ": ",
  step: "    ",
};

export function httpx(call) {
  const value = valueOf(call);
  const headers = without(call.headers, ...(value ? ["content-type"] : []));
  const token = call.token && (call.token.variable ? `{os.environ['${call.token.variable}']}` : call.token.text);
  const written = [
    ...(token ? [`"Authorization": f"Bearer ${token}"`] : []),
    ...headers.map(([name, text]) => `${JSON.stringify(titled(name))}: ${JSON.stringify(text)}`),
  ];
  const parts = [
    JSON.stringify(call.method),
    JSON.stringify(call.url),
    written.length && `headers={${written.join(", ")}}`,
    value
      ? `json=${literal(value, python, "    ")}`
      : call.body !== null && `content=${JSON.stringify(call.body)}.encode()`,
  ];
  return (
    `${call.token?.variable ? "import os\n\n" : ""}import httpx\n\n` +
    `response = httpx.request(\n${lines(parts, "    ")})\nprint(response.status_code, response.text)`
  );
}

const javascript = { text: JSON.stringify, word: {}, object: ["{", "}"], colon: ": ", step: "  " };

export function fetchCode(call) {
  const value = valueOf(call);
  const token = call.token && (call.token.variable ? `\${process.env.${call.token.variable}}` : call.token.text);
  const headers = [
    ...(token ? [`Authorization: \`Bearer ${token}\``] : []),
    ...Object.entries(call.headers).map(([name, text]) => `${JSON.stringify(titled(name))}: ${JSON.stringify(text)}`),
  ];
  const parts = [
    `method: ${JSON.stringify(call.method)}`,
    headers.length && `headers: { ${headers.join(", ")} }`,
    value
      ? `body: JSON.stringify(${literal(value, javascript, "  ")})`
      : call.body !== null && `body: ${JSON.stringify(call.body)}`,
  ];
  return (
    `const response = await fetch(${JSON.stringify(call.url)}, {\n${lines(parts, "  ")}});\n` +
    "console.log(response.status, await response.text());"
  );
}

// PHP: an empty object must be said to be one, or it becomes a list.

const phpText = (text) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
const php = { text: phpText, word: {}, object: ["[", "]"], nothing: "(object) []", colon: " => ", step: "    " };

export function laravel(call) {
  const value = valueOf(call);
  const headers = without(call.headers, "accept", "content-type");
  const accept = call.headers.accept;
  const token = call.token && (call.token.variable ? `env('${call.token.variable}')` : phpText(call.token.text));
  const hasText = !value && call.body !== null;
  const options = value ? `, [\n    'json' => ${literal(value, php, "    ")},\n]` : "";
  const chain = [
    token && `withToken(${token})`,
    accept && (accept === "application/json" ? "acceptJson()" : `accept(${phpText(accept)})`),
    headers.length &&
      `withHeaders([${headers.map(([name, text]) => `${phpText(titled(name))} => ${phpText(text)}`).join(", ")}])`,
    hasText && `withBody(${phpText(call.body)}, ${phpText(call.headers["content-type"] ?? "text/plain")})`,
    `send(${phpText(call.method)}, ${phpText(call.url)}${options})`,
  ].filter(Boolean);
  return (
    `use Illuminate\\Support\\Facades\\Http;\n\n$response = Http::${chain.join("\n    ->")};\n` +
    "dump($response->status(), $response->json());"
  );
}

/** A value in the words of a language. */
function literal(value, language, indent) {
  if (typeof value === "string") return language.text(value);
  if (value === null || typeof value !== "object") return language.word[value] ?? String(value);
  const isList = Array.isArray(value);
  const [opening, closing] = isList ? ["[", "]"] : language.object;
  const deeper = indent + language.step;
  const items = isList
    ? value.map((item) => literal(item, language, deeper))
    : Object.entries(value).map(
        ([key, item]) => `${language.text(key)}${language.colon}${literal(item, language, deeper)}`,
      );
  if (!items.length) return isList ? "[]" : (language.nothing ?? opening + closing);
  return `${opening}\n${lines(items, deeper)}${indent}${closing}`;
}

const lines = (parts, indent) =>
  parts
    .filter(Boolean)
    .map((part) => `${indent}${part},\n`)
    .join("");

export const LANGUAGES = [
  { name: "curl", write: curl },
  { name: "httpx", write: httpx, title: "Python, httpx" },
  { name: "fetch", write: fetchCode, title: "JavaScript, fetch" },
  { name: "Laravel", write: laravel, title: "PHP, Laravel's Http client" },
];
