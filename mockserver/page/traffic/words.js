// What the API's columns and values are called by people.

const COLUMNS = {
  created_at: "Time (UTC)",
  country: "Country",
  browser: "Browser",
  device: "Device",
  platform_os: "System",
  time_spend: "Time spent",
};

const regions = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

export function columnName(column) {
  return COLUMNS[column];
}

/** A value as it reads: `Netherlands`, `Desktop`. */
export function spelled(column, value) {
  if (value === null || value === undefined) return "unknown";
  if (column === "country") return /^[A-Z]{2}$/.test(value) ? regions.of(value) : String(value);
  return column === "device" ? value.charAt(0).toUpperCase() + value.slice(1) : String(value);
}

/** Seconds as `1 m 36 s`. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} m`;
}
