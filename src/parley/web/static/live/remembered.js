/** What this browser remembers for its person: name and devices for good, the seat for as long as the tab lives. */

const CHOICES = "parley.devices";
const NAME = "parley.name";
const DEVICE = "parley.device";
const LAYOUT = "parley.layout";
const SHORTCUTS = "parley.shortcuts";

/** Storage may be refused (private windows, policies); then nothing is remembered and everything else works. */
function load(storage, key) {
  try {
    return JSON.parse(storage().getItem(key));
  } catch {
    return null;
  }
}

function keep(storage, key, value) {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // Not remembered.
  }
}

const lasting = () => window.localStorage;
const tab = () => window.sessionStorage;

/** @typedef {{on: boolean, id: string}} Choice */

/** @returns {{microphone: Choice, camera: Choice, speaker: Choice}} */
export function deviceChoices() {
  const fresh = { on: true, id: "" };
  return { microphone: { ...fresh }, camera: { ...fresh }, speaker: { ...fresh }, ...load(lasting, CHOICES) };
}

export const keepDeviceChoices = (choices) => keep(lasting, CHOICES, choices);

/** @returns {"grid" | "speaker"} */
export const layoutChoice = () => (load(lasting, LAYOUT) === "speaker" ? "speaker" : "grid");
export const keepLayout = (layout) => keep(lasting, LAYOUT, layout);

/** Whether single keys do something in the room. @returns {boolean} */
export const shortcutsWanted = () => load(lasting, SHORTCUTS) !== false;
export const keepShortcutsWanted = (wanted) => keep(lasting, SHORTCUTS, wanted);

/** @returns {string} */
export const guestName = () => load(lasting, NAME) ?? "";
export const keepGuestName = (name) => keep(lasting, NAME, name);

/** What this browser calls itself where it shows a personal link: by chance, and the same in all its tabs. @returns {string} */
export function deviceName() {
  const known = load(lasting, DEVICE);
  if (known) return known;
  const name = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  keep(lasting, DEVICE, name);
  return load(lasting, DEVICE) ?? "";
}

/** The secret of the seat in a meeting that this tab holds. @param {string} number @returns {string | null} */
export const heldSeat = (number) => load(tab, `parley.seat.${number}`);
/** @param {string} number @param {string | null} seat */
export const holdSeat = (number, seat) => keep(tab, `parley.seat.${number}`, seat);

/** Whether this tab was recording when its page was loaded again. @param {string} number @returns {boolean} */
export const recordedHere = (number) => load(tab, `parley.recorded.${number}`) === true;
/** @param {string} number @param {boolean} recorded */
export const rememberRecorded = (number, recorded) => keep(tab, `parley.recorded.${number}`, recorded || null);

/** To whose recording this tab agreed, and until when that counts (a time, or null for as long as it goes on). @param {string} number */
export const agreedHere = (number) => load(tab, `parley.agreed.${number}`);
/** @param {string} number @param {{who: ?string, until: ?number} | null} agreed */
export const rememberAgreed = (number, agreed) => keep(tab, `parley.agreed.${number}`, agreed);
