/** Words in the reader's language: the page carries them as JSON, everything that speaks asks here. */

const WORDS = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const LANGUAGE = document.documentElement.lang || "en";
const PLURAL = new Intl.PluralRules(LANGUAGE);
const CLOCK = new Intl.DateTimeFormat(LANGUAGE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

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

/** The time of day, as the reader writes it. @param {string | Date} at */
export const clockTime = (at) => CLOCK.format(new Date(at));

/** Elapsed time as m:ss or h:mm:ss. @param {number} milliseconds */
export function elapsed(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}
