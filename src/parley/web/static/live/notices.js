/** Words over the stage: what is going on, with at most one thing to do about it; and the same, spoken. */

import { copy, part, setText } from "./markup.js";

const FLEETING = 6_000;

export class Notices {
  /** @type {Map<string, HTMLElement>} */
  #shown = new Map();
  #spoken = 0;

  /** @param {HTMLElement} box @param {HTMLElement} announcer */
  constructor(box, announcer) {
    this.box = box;
    this.announcer = announcer;
  }

  /**
   * Show a notice until `hide`; the same key is one notice.
   * @param {string} key
   * @param {{words: string, kind?: "warn" | "bad" | "ok" | "", act?: {words: string, run: () => void}, quiet?: boolean}} notice
   */
  show(key, { words, kind = "", act, quiet = false }) {
    const notice = this.#shown.get(key) ?? copy("notice");
    notice.className = `notice room-notice ${kind}`;
    setText(part(notice, "words"), words);
    const button = part(notice, "act");
    button.hidden = !act;
    setText(button, act?.words ?? "");
    button.onclick = act?.run ?? null;
    if (!this.#shown.has(key)) this.box.append(notice);
    this.#shown.set(key, notice);
    if (!quiet) this.announce(words);
  }

  /** @param {string} key @returns {boolean} whether it was there */
  hide(key) {
    this.#shown.get(key)?.remove();
    return this.#shown.delete(key);
  }

  /** Show a notice for a moment. @param {string} words @param {"warn" | "ok" | ""} [kind] @param {string} [about] for `hideAbout` */
  tell(words, kind = "", about = "moment") {
    const key = `${about} ${(this.#spoken += 1)}`;
    this.show(key, { words, kind });
    setTimeout(() => this.hide(key), FLEETING);
  }

  /** Hide what was told about something: it is seen elsewhere now. @param {string} about */
  hideAbout(about) {
    for (const key of [...this.#shown.keys()]) if (key.startsWith(`${about} `)) this.hide(key);
  }

  /** Say it to those who do not see. @param {string} words */
  announce(words) {
    const line = document.createElement("p");
    line.textContent = words;
    this.announcer.append(line);
    while (this.announcer.childElementCount > 3) this.announcer.firstElementChild.remove();
  }

  clear() {
    for (const key of [...this.#shown.keys()]) this.hide(key);
    this.announcer.replaceChildren();
  }
}
