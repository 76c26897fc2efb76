// The request as the contract says it, and what kind of control each of its fields wants.

/** `{properties, required, example, page}` of the endpoint's request. */
export function requestOf(document) {
  const [operation] = Object.values(document.paths).map((path) => path.post);
  const media = resolve(document, operation.requestBody).content["application/json"];
  const schema = resolve(document, media.schema);
  const page = operation.parameters
    .map((parameter) => resolve(document, parameter))
    .find(({ name }) => name === "page");
  return { properties: schema.properties, required: new Set(schema.required), example: media.example, page };
}

function resolve(document, node) {
  if (!node.$ref) return node;
  return node.$ref
    .split("/")
    .slice(1)
    .reduce((found, key) => found[key], document);
}

/** "choice", "date", "flag", "filters", "number" or "text". */
export function kindOf({ type, enum: values, format, examples = [] }) {
  if (values) return "choice";
  if (format === "date-time") return "date";
  if (type === "object") return "filters";
  // The page calls flags and a page size strings; what they are for, only their examples say.
  if (type === "boolean" || (examples.length && examples.every((example) => /^[01]$/.test(example)))) return "flag";
  return examples.length && examples.every((example) => /^\d+$/.test(example)) ? "number" : "text";
}
