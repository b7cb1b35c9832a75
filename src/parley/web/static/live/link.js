/** Taking the meeting's link along. */

import { part, setText } from "./markup.js";
import { say } from "./words.js";

/** Make every "Copy link" under `root` work, and show the link where it is written out. */
export function offerLink(root, link) {
  setText(part(root, "link"), link.replace(/^https?:\/\//, ""));
  for (const button of root.querySelectorAll("[data-act=link]")) {
    button.addEventListener("click", async () => {
      const words = part(button, "words");
      setText(words, say((await copied(link)) ? "copied" : "not-copied"));
      setTimeout(() => setText(words, say("copy-link")), 2_500);
    });
  }
}

/** Browsers give the clipboard to secure pages only; the old way works on the others. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
