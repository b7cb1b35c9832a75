/** Kind words when a device is not there: what is the matter, and how to mend it. */

import { say } from "./words.js";

/** What no other try can mend, and what always concerns both devices. */
const HOPELESS = new Set(["insecure", "unsupported"]);

/** Whether asking again can help. @param {import("./devices.js").Trouble | null} trouble */
export const canBeMended = (trouble) => trouble !== null && !HOPELESS.has(trouble);

/**
 * @param {import("./devices.js").Trouble} trouble
 * @param {"microphone" | "camera" | "both"} what
 * @returns {{title: string, mend: string}}
 */
export function troubleWords(trouble, what) {
  const address = `http://localhost:${location.port || 80}`;
  return {
    title: say(`trouble-${trouble}-${HOPELESS.has(trouble) ? "both" : what}`),
    mend: say(`mend-${trouble}`, { address }),
  };
}
