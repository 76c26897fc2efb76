// Faults as the admin API takes them: what they say, and the list as it must be sent again to change it.

export const KINDS = {
  status: "another status",
  delay: "held back",
  reset: "connection reset",
  empty: "not one byte",
  truncate: "body cut short",
  malformed_json: "broken JSON",
  slow_body: "body byte by byte",
  wrong_content_type: "wrong content type",
  html_500: "an HTML page, 500",
  maintenance_503: "maintenance, 503",
};

export const hasStatus = (kind) => kind === "status";
export const hasDelay = (kind) => kind === "delay" || kind === "slow_body";

/** Whether a fault has struck as often as it may. */
export function isOver({ times, struck }) {
  return times !== null && struck >= times;
}

/**
 * The faults that are there, to be sent along with a new one: PUT begins every sequence anew, so that each
 * takes only what is left of it, and what is over stays behind.
 */
export function carriedOn(faults) {
  return faults
    .filter((fault) => !isOver(fault))
    .map(({ seen, struck, times, after, ...fault }) => ({
      ...fault,
      times: times === null ? null : times - struck,
      after: Math.max(0, after - seen),
    }))
    .map(plain);
}

/** A fault without what is as it would be anyway. */
export function plain({ kind, probability, times, after, match, status, delay_ms: delay }) {
  const met = Object.fromEntries(conditions(match));
  return {
    kind,
    ...(hasStatus(kind) && { status }),
    ...(hasDelay(kind) && { delay_ms: delay }),
    ...(probability !== 1 && { probability }),
    ...(times !== null && { times }),
    ...(after && { after }),
    ...(Object.keys(met).length && { match: met }),
  };
}

/** A fault of the admin API in words. */
export function inWords(fault) {
  const { kind, times, after, probability } = fault;
  return [
    hasStatus(kind) ? `status ${fault.status}` : kind,
    hasDelay(kind) && `${fault.delay_ms} ms`,
    probability < 1 && `${Math.round(probability * 100)} %`,
    times === null ? "always" : times === 1 ? "once" : `${times} times`,
    after && `after ${after}`,
    ...conditions(fault.match).map(
      ([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`,
    ),
    isOver(fault) && "over",
  ]
    .filter(Boolean)
    .join(", ");
}

/** What a match asks for: all of it that is neither null nor empty. */
function conditions(match = {}) {
  return Object.entries(match).filter(([, value]) => value !== null && JSON.stringify(value) !== "{}");
}
