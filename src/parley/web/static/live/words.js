/** Words in the reader's language: the page carries them as JSON, everything that speaks asks here. */

const WORDS = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const LANGUAGE = document.documentElement.lang || "en";
const PLURAL = new Intl.PluralRules(LANGUAGE);
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = { weekday: "long", day: "numeric", month: "long" };
const WRITING = LANGUAGE === "en" ? "en-GB" : LANGUAGE;
const formats = new Map();

/**
 * The words for a key, with `%(name)s` filled in. A key with two forms, `[one, other]`, is chosen by `count`.
 * @param {string} key
 * @param {Record<string, string | number>} [parameters]
 * @returns {string}
 */
export function say(key, parameters = {}) {
  const found = WORDS[key] ?? key;
  const form = Array.isArray(found) ? found[PLURAL.select(Number(parameters.count)) === "one" ? 0 : 1] : found;
  return form.replace(/%\((\w+)\)s/g, (_, name) => String(parameters[name] ?? ""));
}

/** The time of day, as the reader writes it. @param {string | Date} at @param {string} [zone] not the browser's own */
export const clockTime = (at, zone) => format(CLOCK, zone).format(new Date(at));

/** Weekday and date. @param {string | Date} at @param {string} [zone] */
export const dayOf = (at, zone) => format(DAY, zone).format(new Date(at));

/** Making a format takes longer than using it. */
function format(how, zone = undefined) {
  const key = JSON.stringify([how, zone]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(WRITING, { ...how, timeZone: zone ?? undefined }));
  return formats.get(key);
}

/** Elapsed time as m:ss or h:mm:ss. @param {number} milliseconds */
export function elapsed(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}
