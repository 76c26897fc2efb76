// The contract with what the ledger says written beside each of its clauses.

const NAMED = /\(([a-z]+\.[a-z0-9-]+)\)/g;

/**
 * The same document; every description ends with the entries of the ledger that the clause names, in `x-ledger` or in
 * its words. `ledger` has the entries by id.
 */
export function explained(node, ledger) {
  if (Array.isArray(node)) return node.map((part) => explained(part, ledger));
  if (node === null || typeof node !== "object") return node;
  const { "x-ledger-entry": _, ...parts } = node;
  const told = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, explained(part, ledger)]));
  const sentences = named(node).map((id) => ledger.get(id)).filter(Boolean).map(sentence);
  if (sentences.length) told.description = [node.description, ...sentences].filter(Boolean).join("\n\n");
  return told;
}

function named(node) {
  const words = typeof node.description === "string" ? node.description : "";
  return [...new Set([node["x-ledger"], ...[...words.matchAll(NAMED)].map((match) => match[1])])];
}

/** Markdown, as descriptions are. */
function sentence(entry) {
  const source = [entry.provenance, entry.evidence].filter(Boolean).join(", ");
  return `**Ledger** [${entry.id}](#ledger/${entry.id}): ${entry.rule} *(${source})*`;
}
