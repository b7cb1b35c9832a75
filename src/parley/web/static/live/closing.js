/** The page after the room: what happened, and what one can do next. */

import { part, setIcon, setText } from "./markup.js";
import { say } from "./words.js";

/** How the page looks for each way out; the words are `closing-<reason>` and `closing-<reason>-words`. */
const WAYS_OUT = {
  left: { sign: "door-closed", again: true },
  ended: { sign: "check-circle", again: false },
  removed: { sign: "door-closed", again: false },
  "seat-taken": { sign: "display", again: true },
  "seat-unknown": { sign: "hourglass-split", again: true },
  full: { sign: "people", again: true },
  refused: { sign: "door-closed", again: true },
  suspended: { sign: "slash-circle", again: false },
  version: { sign: "arrow-clockwise", again: true },
};

/**
 * @param {HTMLElement} root
 * @param {{reason: string, title: string, session: string | null, limit?: number, again: () => void}} end
 */
export function showClosing(root, { reason, title, session, limit, again }) {
  const known = reason in WAYS_OUT ? reason : "lost";
  const way = WAYS_OUT[known] ?? { sign: "wifi-off", again: true };
  setIcon(root.querySelector(".closing-sign"), way.sign);
  setText(part(root, "title"), say(`closing-${known}`));
  setText(part(root, "words"), say(`closing-${known}-words`, { title, limit: limit ?? "" }));
  const button = root.querySelector("[data-act=again]");
  button.hidden = !way.again;
  button.onclick = again;
  const history = part(root, "history");
  if (history) history.hidden = !session;
  if (history && session) history.href = `/history/${session}`;
  root.hidden = false;
  root.querySelector("h1").focus();
}
