/** What this person sends to everybody: four roles, each at most one track, in two streams with names that last. */

/** @typedef {"microphone" | "camera" | "screen" | "sound"} Role `sound` is what a shared tab plays */

/** @type {Record<Role, {kind: "audio" | "video", stream: "face" | "screen"}>} */
export const ROLES = {
  microphone: { kind: "audio", stream: "face" },
  camera: { kind: "video", stream: "face" },
  screen: { kind: "video", stream: "screen" },
  sound: { kind: "audio", stream: "screen" },
};

export class Outgoing {
  /** @type {Record<Role, MediaStreamTrack | null>} */
  tracks = { microphone: null, camera: null, screen: null, sound: null };
  streams = { face: new MediaStream(), screen: new MediaStream() };

  /** What a receiver needs in order to tell a face from a screen: stream id → which. */
  get names() {
    return { [this.streams.face.id]: "face", [this.streams.screen.id]: "screen" };
  }

  /** @param {Role} role */
  stream(role) {
    return this.streams[ROLES[role].stream];
  }
}

/** What becomes of a picture at each step of a weak line; at the last one, a face is not sent. */
const SLOWER = [
  { share: 1, smaller: 1, rate: 1 },
  { share: 0.5, smaller: 1.5, rate: 1 },
  { share: 0.2, smaller: 2.5, rate: 0.5 },
  { share: 0.1, smaller: 2.5, rate: 0.35 },
];

/** The most that a picture of this height needs. */
const ENOUGH = { 180: 150_000, 360: 700_000 };

/** @typedef {{others: number, step: number, wish: number | null}} Terms between how many the uplink is shared, how weak this
 *    line is, and how high a picture the other side wants: 0 for none, null while it has not said so */

/**
 * How much one link may carry. In a mesh everybody sends to everybody, so that more people mean less for each.
 * @param {Role} role @param {Terms} terms @param {number} [height] of the camera's picture
 * @returns {{active: boolean, maxBitrate: number, scaleResolutionDownBy?: number, maxFramerate?: number}}
 */
export function budget(role, { others, step, wish }, height = 360) {
  if (ROLES[role].kind === "audio") return { active: true, maxBitrate: role === "sound" ? 96_000 : 40_000 };
  const { share, smaller, rate } = SLOWER[step];
  if (role === "screen") {
    const most = others > 2 ? 1_200_000 : 2_500_000;
    return { active: true, maxBitrate: Math.max(200_000, most * share), maxFramerate: Math.round(15 * rate) };
  }
  const [most, scale, frames] = others <= 1 ? [1_700_000, 1, 30] : others <= 3 ? [700_000, 1.5, 30] : [350_000, 2, 20];
  return {
    active: wish !== 0 && step < SLOWER.length - 1,
    maxBitrate: Math.round(Math.min(most, ENOUGH[wish] ?? most) * share),
    scaleResolutionDownBy: Math.max(scale, wish ? height / wish : 1) * smaller,
    maxFramerate: Math.round(frames * rate),
  };
}
