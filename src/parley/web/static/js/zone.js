/** The browser's own time zone, for a field that has none yet. */

/** @param {HTMLInputElement} field */
export function fillZone(field) {
  if (!field.value || field.value === "UTC") field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
