/** What is recorded: everybody's picture on one canvas and everybody's voice in one track. Draws, mixes, keeps nothing. */

import { grid, stageAndStrip } from "./layout.js";
import { initials, shade } from "./markup.js";

const SIZE = { width: 1280, height: 720 };
const FRAMES = 15;
const EDGE = 8;
const SCREEN = 16 / 10;
const SPEAKS = 0.01;
/** How much of somebody's loudness is left a moment later: who pauses for breath still has the word. */
const FADES = 0.85;
const HEARD = 16_384;
/** Milliseconds that somebody must be the loudest before the word counts as theirs. */
const HOLD = 1_500;
const LOOK_EVERY = 4;
const FONT = "system-ui, sans-serif";
const COLORS = { ground: "#0c1116", tile: "#171f27", ink: "#e8edf1", tag: "rgb(12 17 22 / 72%)", speaks: "#2aa79f" };
const SHADES = { a: "#24504d", b: "#3a4568", c: "#5b4034", d: "#4a3a5e" };

/** Tells `speaking` ({who}) when the word goes to somebody else, and `silent` ({silent}) when the browser holds the sound back. */
export class Composer extends EventTarget {
  /** @type {Map<string, HTMLVideoElement>} */
  #videos = new Map();
  /** @type {Map<string, {track: MediaStreamTrack, source: MediaStreamAudioSourceNode, ear: AnalyserNode, loud: number}>} */
  #voices = new Map();
  #samples = new Float32Array(HEARD);
  #loudest = { who: "", since: 0 };
  #speaker = "";
  #frame = 0;
  #open = new AbortController();

  /** @param {() => import("./roster.js").Roster} roster */
  constructor(roster) {
    super();
    this.roster = roster;
    this.canvas = Object.assign(document.createElement("canvas"), SIZE);
    this.paper = this.canvas.getContext("2d", { alpha: false });
    this.sound = new AudioContext();
    this.sound.onstatechange = () => this.#tellSilence();
    for (const gesture of ["pointerup", "keydown"]) addEventListener(gesture, () => this.hear(), { signal: this.#open.signal });
    this.mix = this.sound.createMediaStreamDestination();
    this.stream = new MediaStream([...this.canvas.captureStream(FRAMES).getTracks(), ...this.mix.stream.getTracks()]);
    this.ticker = new Worker(new URL("./ticker.js", import.meta.url));
    this.ticker.onmessage = () => this.#tick();
    this.#draw();
  }

  /** Mix what is said, as soon as the browser lets us. */
  hear() {
    this.#tellSilence();
    if (this.sound.state === "suspended") this.sound.resume().catch(() => {});
  }

  /** Show or hear somebody from now on. @param {string} who @param {"face" | "screen"} role @param {MediaStreamTrack} track */
  add(who, role, track) {
    if (track.kind === "video") this.#watch(`${role} ${who}`, track);
    else this.#hear(`${role} ${who}`, track);
  }

  /** @param {string} who @param {"face" | "screen"} role @param {"video" | "audio"} kind */
  remove(who, role, kind) {
    const key = `${role} ${who}`;
    if (kind === "video") this.#unwatch(key);
    else this.#unhear(key);
  }

  /** Somebody is gone. @param {string} who */
  forget(who) {
    for (const role of ["face", "screen"]) for (const kind of ["video", "audio"]) this.remove(who, role, kind);
  }

  close() {
    this.#open.abort();
    this.sound.onstatechange = null;
    this.ticker.terminate();
    for (const key of [...this.#videos.keys()]) this.#unwatch(key);
    for (const key of [...this.#voices.keys()]) this.#unhear(key);
    for (const track of this.stream.getTracks()) track.stop();
    this.sound.close().catch(() => {});
  }

  #tellSilence() {
    this.dispatchEvent(new CustomEvent("silent", { detail: { silent: this.sound.state === "suspended" } }));
  }

  #watch(key, track) {
    if (this.#videos.get(key)?.srcObject?.getVideoTracks()[0] === track) return;
    this.#unwatch(key);
    const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
    video.srcObject = new MediaStream([track]);
    video.play().catch(() => {});
    this.#videos.set(key, video);
  }

  #unwatch(key) {
    const video = this.#videos.get(key);
    if (video) video.srcObject = null;
    this.#videos.delete(key);
  }

  #hear(key, track) {
    if (this.#voices.get(key)?.track === track) return;
    this.#unhear(key);
    const source = this.sound.createMediaStreamSource(new MediaStream([track]));
    const ear = new AnalyserNode(this.sound, { fftSize: HEARD });
    source.connect(this.mix);
    source.connect(ear);
    this.#voices.set(key, { track, source, ear, loud: 0 });
  }

  #unhear(key) {
    this.#voices.get(key)?.source.disconnect();
    this.#voices.delete(key);
  }

  #tick() {
    this.#frame += 1;
    if (this.#frame % LOOK_EVERY === 0) this.#listen(performance.now());
    this.#draw();
  }

  /** Who is the loudest for long enough has the word. */
  #listen(now) {
    let loudest = { who: "", loud: SPEAKS };
    for (const [key, voice] of this.#voices) {
      if (!key.startsWith("face ")) continue;
      voice.ear.getFloatTimeDomainData(this.#samples);
      const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / HEARD;
      voice.loud = Math.max(Math.sqrt(power), voice.loud * FADES);
      if (voice.loud > loudest.loud) loudest = { who: key.slice("face ".length), loud: voice.loud };
    }
    if (loudest.who !== this.#loudest.who) this.#loudest = { who: loudest.who, since: now };
    const { who, since } = this.#loudest;
    if (!who || who === this.#speaker || now - since < HOLD) return;
    this.#speaker = who;
    this.dispatchEvent(new CustomEvent("speaking", { detail: { who } }));
  }

  #draw() {
    const roster = this.roster();
    const people = roster.seated.filter((person) => !person.away);
    const screen = roster.screens.findLast((who) => this.#videos.has(`screen ${who}`));
    this.paper.fillStyle = COLORS.ground;
    this.paper.fillRect(0, 0, SIZE.width, SIZE.height);
    const box = { x: EDGE, y: EDGE, width: SIZE.width - 2 * EDGE, height: SIZE.height - 2 * EDGE };
    if (screen === undefined) {
      const boxes = grid(Math.max(1, people.length), box);
      people.forEach((person, at) => this.#person(person, boxes[at]));
      return;
    }
    const seats = stageAndStrip(Math.max(1, people.length), box, SCREEN);
    this.#picture(this.#videos.get(`screen ${screen}`), seats.stage, Math.min);
    people.forEach((person, at) => this.#person(person, seats.strip[at]));
  }

  #person(person, box) {
    const { paper } = this;
    const video = this.#videos.get(`face ${person.id}`);
    paper.fillStyle = COLORS.tile;
    paper.fillRect(box.x, box.y, box.width, box.height);
    if (person.media.camera && video?.videoWidth) this.#picture(video, box, Math.max);
    else this.#letters(person.name, box);
    this.#tag(person.name, box);
    if (person.id !== this.#speaker || !person.media.microphone) return;
    paper.strokeStyle = COLORS.speaks;
    paper.lineWidth = 4;
    paper.strokeRect(box.x + 2, box.y + 2, box.width - 4, box.height - 4);
  }

  /** A picture in a box: all of it (`Math.min`) or filling it (`Math.max`). */
  #picture(video, box, fit) {
    if (!video?.videoWidth) return;
    const { paper } = this;
    const scale = fit(box.width / video.videoWidth, box.height / video.videoHeight);
    const [width, height] = [video.videoWidth * scale, video.videoHeight * scale];
    paper.save();
    paper.beginPath();
    paper.rect(box.x, box.y, box.width, box.height);
    paper.clip();
    paper.drawImage(video, box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height);
    paper.restore();
  }

  #letters(name, { x, y, width, height }) {
    const { paper } = this;
    const radius = Math.min(width, height) * 0.24;
    paper.fillStyle = SHADES[shade(name)];
    paper.beginPath();
    paper.arc(x + width / 2, y + height / 2, radius, 0, 2 * Math.PI);
    paper.fill();
    this.#write(initials(name), x + width / 2, y + height / 2, { size: radius * 0.8, align: "center" });
  }

  #tag(name, { x, y, width, height }) {
    const { paper } = this;
    paper.font = `18px ${FONT}`;
    const wide = Math.min(paper.measureText(name).width + 20, width - 16);
    paper.fillStyle = COLORS.tag;
    paper.fillRect(x + 8, y + height - 38, wide, 30);
    this.#write(name, x + 18, y + height - 22, { size: 18, align: "left", most: wide - 20 });
  }

  #write(words, x, y, { size, align, most }) {
    const { paper } = this;
    Object.assign(paper, { font: `${size}px ${FONT}`, fillStyle: COLORS.ink, textAlign: align, textBaseline: "middle" });
    paper.fillText(words, x, y, most);
  }
}
