/** The bar under the stage: what each control shows now. What it does is the room's business. */

import { part, setIcon, setText } from "./markup.js";
import { say } from "./words.js";

export class Bar {
  /** @param {HTMLElement} root @param {Record<string, () => void>} acts by `data-act` */
  constructor(root, acts) {
    this.root = root;
    root.addEventListener("click", ({ target }) => acts[target.closest("button")?.dataset.act]?.());
  }

  /** @param {string} act @returns {HTMLButtonElement} */
  control(act) {
    return this.root.querySelector(`[data-act=${act}]`);
  }

  /** @param {{microphone: boolean, camera: boolean, screen: boolean, hand: boolean, possible: Record<string, boolean>}} now */
  draw({ microphone, camera, screen, hand, possible }) {
    this.#set("microphone", { sign: microphone ? "mic-fill" : "mic-mute-fill", words: say(microphone ? "mute" : "unmute"), off: !microphone });
    this.#set("camera", { sign: camera ? "camera-video-fill" : "camera-video-off-fill", off: !camera, pressed: camera });
    this.#set("share", { words: say(screen ? "stop" : "share"), on: screen });
    this.#set("hand", { sign: hand ? "raised-hand-fill" : "raised-hand", on: hand, pressed: hand });
    for (const [act, can] of Object.entries(possible)) this.control(act).hidden = !can;
    document.querySelector("#more-menu [data-do=hand]").setAttribute("aria-pressed", String(hand));
  }

  /** @param {import("./view.js").View} view @param {boolean} floats whether there can be a small window */
  drawView({ layout, soundOnly }, floats) {
    const more = document.getElementById("more-menu");
    const item = (act) => more.querySelector(`[data-do=${act}]`);
    setIcon(item("layout"), layout === "grid" ? "person-square" : "grid");
    setText(part(item("layout"), "words"), say(layout === "grid" ? "layout-speaker" : "layout-grid"));
    item("float").hidden = !floats;
    item("sound-only").setAttribute("aria-pressed", String(soundOnly));
  }

  /** @param {string} act @param {number} count @param {string} words said with the count */
  count(act, count, words) {
    const badge = part(this.control(act), "count");
    badge.hidden = count === 0;
    setText(badge, String(count));
    setText(part(this.control(act), "count-words"), count ? `, ${words}` : "");
  }

  /** Mark which panel is open. @param {string | null} panel */
  opened(panel) {
    for (const act of ["people", "chat"]) {
      this.control(act).setAttribute("aria-expanded", String(act === panel));
      this.control(act).classList.toggle("on", act === panel);
    }
  }

  #set(act, { sign, words, off = false, on = false, pressed }) {
    const control = this.control(act);
    if (sign) setIcon(control, sign);
    if (words) setText(part(control, "words"), words);
    if (pressed !== undefined) control.setAttribute("aria-pressed", String(pressed));
    control.classList.toggle("off", off);
    control.classList.toggle("on", on);
  }
}
