// A rate limit as a gauge: how much is left, and how long its window still runs.

import { format, h, say } from "./dom.js";

const LOW = 0.2;

/** A gauge; `update({limit, remaining, seconds, windowSeconds, stands})` draws it. Without `seconds` it has no clock. */
export function gauge(label) {
  const quota = h("div", { class: "part" });
  const time = h("div", { class: "part" });
  const timeTrack = h("div", { class: "track time" }, time);
  const left = h("span", {});
  const clock = h("span", { class: "muted" });
  const element = h(
    "div",
    { class: "gauge", role: "meter", "aria-label": label, "aria-valuemin": 0 },
    h("div", { class: "said" }, left, clock),
    h("div", { class: "track" }, quota),
    timeTrack,
  );
  return { element, update: (state) => draw({ element, quota, time, timeTrack, left, clock }, state) };
}

function draw(parts, { limit, remaining, seconds, windowSeconds, stands }) {
  const share = limit ? remaining / limit : 0;
  const said = remaining
    ? `${format.number(remaining)} of ${format.number(limit)} left`
    : `spent: 0 of ${format.number(limit)} left`;
  parts.element.className = `gauge ${remaining === 0 ? "spent" : share <= LOW ? "low" : ""}`;
  parts.element.setAttribute("aria-valuemax", limit);
  parts.element.setAttribute("aria-valuenow", remaining);
  parts.element.setAttribute("aria-valuetext", said);
  parts.quota.style.setProperty("--share", share);
  say(parts.left, said);
  parts.timeTrack.hidden = seconds === undefined;
  if (seconds === undefined) return;
  parts.time.style.setProperty("--share", Math.max(0, Math.min(1, seconds / windowSeconds)));
  say(parts.clock, stands ? `${Math.ceil(seconds)} s, the clock stands` : `whole again in ${format.seconds(seconds)}`);
}
