/** Choosing microphone, camera and speaker: three lists that follow what is plugged in. */

import { part } from "./markup.js";
import { say } from "./words.js";

const KINDS = /** @type {const} */ (["microphone", "camera", "speaker"]);

/**
 * Keep the lists under `root` in step with the devices, in both directions.
 * @param {HTMLElement} root
 * @param {import("./devices.js").Devices} devices
 */
export function offerDevices(root, devices) {
  for (const kind of KINDS) {
    part(root, kind).addEventListener("change", ({ target }) => devices.choose(kind, target.value));
  }
  const draw = () => KINDS.forEach((kind) => drawList(root, kind, devices));
  devices.addEventListener("change", draw);
  draw();
}

function drawList(root, kind, devices) {
  const found = devices.lists[kind];
  const select = part(root, kind);
  part(root, `${kind}-choice`).hidden = kind === "speaker" && (!devices.speakerCanBeChosen || found.length === 0);
  const names = found.map((device, at) => [device.deviceId, device.label || say(`${kind}-number`, { number: at + 1 })]);
  if (names.length === 0) names.push(["", say(`no-${kind}`)]);
  if (select.dataset.drawn !== JSON.stringify(names)) {
    select.replaceChildren(...names.map(([id, name]) => new Option(name, id)));
    select.dataset.drawn = JSON.stringify(names);
  }
  select.disabled = found.length === 0;
  select.value = inUse(kind, devices) || names[0][0];
}

/** The device whose track flows now; for the speaker, the one chosen. */
function inUse(kind, devices) {
  const known = new Set(devices.lists[kind].map((device) => device.deviceId));
  const wanted = devices.tracks[kind]?.getSettings?.().deviceId ?? devices.choices[kind].id;
  return known.has(wanted) ? wanted : "";
}
