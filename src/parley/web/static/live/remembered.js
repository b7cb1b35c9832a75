/** What this browser remembers for its person: name and devices for good, the seat for as long as the tab lives. */

const CHOICES = "parley.devices";
const NAME = "parley.name";

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

/** @returns {string} */
export const guestName = () => load(lasting, NAME) ?? "";
export const keepGuestName = (name) => keep(lasting, NAME, name);

/** The secret of the seat in a meeting that this tab holds. @param {string} number @returns {string | null} */
export const heldSeat = (number) => load(tab, `parley.seat.${number}`);
/** @param {string} number @param {string | null} seat */
export const holdSeat = (number, seat) => keep(tab, `parley.seat.${number}`, seat);
