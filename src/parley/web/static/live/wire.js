/** What stands in the live protocol about the wire itself: frames, and the codes with which connections are closed. */

/** Close codes after which trying again is useless, with their reasons. */
export const FINAL = new Map([
  [1000, "left"],
  [4001, "bad-hello"],
  [4002, "version"],
  [4004, "seat-unknown"],
  [4006, "too-long"],
  [4010, "seat-taken"],
  [4011, "ended"],
  [4012, "removed"],
  [4013, "full"],
  [4014, "suspended"],
  [4016, "refused"],
]);

/** Close codes after which the connection is made again, with their reasons. */
export const PASSING = new Map([
  [1012, "restart"],
  [4005, "unavailable"],
  [4008, "too-fast"],
  [4009, "slow"],
  [4015, "silent"],
]);

/** Events and characters that go into one frame. */
const FRAME_EVENTS = 64;
const FRAME_CHARACTERS = 60_000;

/**
 * Split events into frames that the server takes.
 * @param {string[]} events
 * @returns {Generator<string[]>}
 */
export function* frames(events) {
  let frame = [];
  let characters = 0;
  for (const event of events) {
    if (frame.length === FRAME_EVENTS || (frame.length > 0 && characters + event.length > FRAME_CHARACTERS)) {
      yield frame;
      frame = [];
      characters = 0;
    }
    frame.push(event);
    characters += event.length;
  }
  if (frame.length > 0) yield frame;
}
