/** Single keys that do what the controls do, an overview of them, and a switch for whoever is bothered by them. */

import { keepShortcutsWanted, shortcutsWanted } from "./remembered.js";

/** @type {Record<string, string>} key → act */
const KEYS = {
  m: "microphone",
  v: "camera",
  s: "share",
  h: "hand",
  p: "people",
  c: "chat",
  l: "layout",
  o: "sound-only",
  i: "float",
  q: "connections",
};

const WRITES = "input, textarea, select, [contenteditable]";
const PRESSES = "button, a, summary";

export class Shortcuts {
  #talking = false;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {{run: (act: string) => void, talk: (on: boolean) => boolean, listens: () => boolean}} room `talk` tells whether it did
   */
  constructor(dialog, room) {
    Object.assign(this, { dialog, room });
    this.choice = dialog.querySelector("input");
    this.choice.checked = shortcutsWanted();
    this.choice.addEventListener("change", () => keepShortcutsWanted(this.choice.checked));
    addEventListener("keydown", (event) => this.#pressed(event));
    addEventListener("keyup", ({ key }) => key === " " && this.#hush());
    addEventListener("blur", () => this.#hush());
  }

  #pressed(event) {
    const { key, target } = event;
    if (!this.room.listens() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (target.closest?.(WRITES) || document.querySelector("dialog[open]")) return;
    if (key === "?") this.dialog.showModal();
    else if (!this.choice.checked || event.repeat) return;
    else if (key === " " && !target.closest?.(PRESSES)) this.#talking = this.room.talk(true);
    else if (KEYS[key.toLowerCase()] && !event.shiftKey) this.room.run(KEYS[key.toLowerCase()]);
    else return;
    event.preventDefault();
  }

  /** Whoever spoke while the key was held is silent again. */
  #hush() {
    if (this.#talking) this.room.talk(false);
    this.#talking = false;
  }
}
