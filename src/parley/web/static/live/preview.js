/** The preview before joining: own picture, own loudness, switches, and kind words when a device is not there. */

import { Level } from "./level.js";
import { part, setIcon, setText } from "./markup.js";
import { offerDevices } from "./picker.js";
import { canBeMended, troubleWords } from "./trouble.js";
import { say } from "./words.js";

const BARS = 5;
const BLINK = 70;

export class Preview {
  #level = new Level();
  #drawing = 0;
  #lit = 0;

  /** @param {HTMLElement} root @param {import("./devices.js").Devices} devices */
  constructor(root, devices) {
    this.root = root;
    this.devices = devices;
    this.bars = [...root.querySelectorAll(".meter i")];
    offerDevices(root, devices);
    for (const kind of /** @type {const} */ (["microphone", "camera"])) {
      this.#button(kind).addEventListener("click", () => devices.set(kind, !devices.isOn(kind)));
    }
    root.querySelector("[data-act=again]").addEventListener("click", () => devices.open());
    devices.addEventListener("change", () => this.draw());
  }

  /** Show what others will see, until `stop`. */
  start() {
    this.draw();
    clearInterval(this.#drawing);
    this.#drawing = setInterval(() => this.#drawLevel(), BLINK);
  }

  /** Stop drawing; the devices stay open for the room. */
  stop() {
    clearInterval(this.#drawing);
    this.#level.attach(null);
    part(this.root, "picture").srcObject = null;
  }

  draw() {
    const { camera, microphone } = this.devices.tracks;
    const picture = part(this.root, "picture");
    if ((picture.srcObject?.getVideoTracks()[0] ?? null) !== camera) {
      picture.srcObject = camera ? new MediaStream([camera]) : null;
    }
    picture.hidden = !camera;
    this.#level.attach(microphone);
    setText(part(this.root, "word"), camera ? "" : say(this.#why()));
    this.#drawButton("microphone", "mic-fill", "mic-mute-fill");
    this.#drawButton("camera", "camera-video-fill", "camera-video-off-fill");
    this.#drawTrouble();
  }

  #drawLevel() {
    const lit = Math.round(this.#level.value * BARS - 0.1);
    if (lit === this.#lit) return;
    this.#lit = lit;
    this.bars.forEach((bar, at) => bar.classList.toggle("on", at < lit));
  }

  #why() {
    if (this.devices.troubles.camera) return "preview-no-camera";
    return this.devices.choices.camera.on ? "preview-asking" : "preview-camera-off";
  }

  #button(kind) {
    return this.root.querySelector(`[data-act=${kind}]`);
  }

  #drawButton(kind, on, off) {
    const button = this.#button(kind);
    const isOn = this.devices.isOn(kind);
    const trouble = this.devices.troubles[kind];
    button.classList.toggle("off", !isOn);
    button.disabled = trouble !== null && !canBeMended(trouble);
    setIcon(button, isOn ? on : off);
    setText(part(button, "words"), say(isOn ? `${kind}-switch-off` : `${kind}-switch-on`));
  }

  #drawTrouble() {
    const { microphone, camera } = this.devices.troubles;
    const worst = camera ?? microphone;
    part(this.root, "trouble").hidden = worst === null;
    part(this.root, "devices").hidden = worst !== null && !canBeMended(worst);
    if (worst === null) return;
    const { title, mend } = troubleWords(worst, camera && microphone ? "both" : camera ? "camera" : "microphone");
    setText(part(this.root, "trouble-title"), title);
    setText(part(this.root, "trouble-words"), mend);
    this.root.querySelector("[data-act=again]").hidden = !canBeMended(worst);
  }
}
