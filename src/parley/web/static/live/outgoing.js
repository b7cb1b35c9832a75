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

/**
 * How much one link may carry. In a mesh everybody sends to everybody, so that more people mean less for each.
 * @param {Role} role @param {number} others
 * @returns {{maxBitrate: number, scaleResolutionDownBy?: number, maxFramerate?: number}}
 */
export function budget(role, others) {
  if (ROLES[role].kind === "audio") return { maxBitrate: role === "sound" ? 96_000 : 40_000 };
  if (role === "screen") return { maxBitrate: others > 2 ? 1_200_000 : 2_500_000, maxFramerate: 15 };
  if (others <= 1) return { maxBitrate: 1_700_000, scaleResolutionDownBy: 1, maxFramerate: 30 };
  if (others <= 3) return { maxBitrate: 700_000, scaleResolutionDownBy: 1.5, maxFramerate: 30 };
  return { maxBitrate: 350_000, scaleResolutionDownBy: 2, maxFramerate: 20 };
}
