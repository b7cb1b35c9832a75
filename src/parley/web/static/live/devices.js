/** The person's own microphone, camera and speaker: asked for once in the preview, kept into the room. */

import { deviceChoices, keepDeviceChoices } from "./remembered.js";

/** @typedef {"microphone" | "camera"} Kind */
/** @typedef {"insecure" | "unsupported" | "refused" | "missing" | "busy" | "failed"} Trouble why a device is not there */

/** A picture is encoded once for each other person: a machine with few cores takes a smaller one. */
const SHARP = (navigator.hardwareConcurrency ?? 2) > 4;
const CONSTRAINTS = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: SHARP
    ? { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } }
    : { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24, max: 30 } },
};
const ASKED = { microphone: "audio", camera: "video" };
const LISTED = { microphone: "audioinput", camera: "videoinput", speaker: "audiooutput" };
const TROUBLES = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** @param {{name?: string}} error @returns {Trouble} */
const troubleOf = (error) => TROUBLES[error?.name] ?? "failed";

/** @returns {Trouble | null} */
function obstacle() {
  if (navigator.mediaDevices?.getUserMedia) return null;
  return window.isSecureContext ? "unsupported" : "insecure";
}

/**
 * Tells `change` whenever a track, a switch, a list or a trouble is another one, and `unplugged` ({kind, gone, now}) when a
 * device is gone that was in use: what it was called, and what is used instead, if anything is.
 */
export class Devices extends EventTarget {
  choices = deviceChoices();
  /** @type {Record<Kind, MediaStreamTrack | null>} */
  tracks = { microphone: null, camera: null };
  /** @type {Record<Kind, Trouble | null>} */
  troubles = { microphone: null, camera: null };
  /** @type {Record<Kind | "speaker", MediaDeviceInfo[]>} */
  lists = { microphone: [], camera: [], speaker: [] };
  speakerCanBeChosen = "setSinkId" in HTMLMediaElement.prototype;

  constructor() {
    super();
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.#plugged());
  }

  /** Whether others hear or see this person now. @param {Kind} kind */
  isOn(kind) {
    return this.choices[kind].on && this.tracks[kind] !== null;
  }

  /** Ask for what is switched on: for both at once, so that there is one question; singly where that fails. */
  async open() {
    const kinds = /** @type {Kind[]} */ (["microphone", "camera"]).filter((kind) => kind !== "camera" || this.choices.camera.on);
    if (!(await this.#ask(kinds)) && !obstacle()) {
      for (const kind of kinds) if (await this.#maybeAsked(kind)) await this.#ask([kind]);
    }
    await this.#list();
  }

  /** Switch a device on or off. A muted microphone stays open; a camera that is off is let go, and its light with it. */
  async set(/** @type {Kind} */ kind, /** @type {boolean} */ on) {
    this.choices[kind].on = on;
    keepDeviceChoices(this.choices);
    if (kind === "camera" && !on) this.#release(kind);
    if (on && !this.tracks[kind]) await this.#ask([kind]);
    this.#enable();
    this.#tell();
    if (on) await this.#list();
  }

  /** Use another device from now on. @param {Kind | "speaker"} kind @param {string} id */
  async choose(kind, id) {
    this.choices[kind].id = id;
    keepDeviceChoices(this.choices);
    if (kind === "camera") this.#release(kind); // a phone opens one camera at a time
    if (kind === "microphone" || (kind === "camera" && this.choices.camera.on)) await this.#ask([kind]);
    this.#tell();
  }

  /** Let everything go. */
  close() {
    this.#release("microphone");
    this.#release("camera");
    this.#tell();
  }

  /** @param {Kind[]} kinds @returns {Promise<boolean>} */
  async #ask(kinds) {
    const stopped = obstacle();
    if (stopped) return this.#refuse(["microphone", "camera"], stopped);
    try {
      const stream = await navigator.mediaDevices.getUserMedia(this.#constraints(kinds));
      for (const track of stream.getTracks()) this.#take(track.kind === "audio" ? "microphone" : "camera", track);
    } catch (error) {
      if (this.#forget(kinds, error)) return this.#ask(kinds);
      return this.#refuse(kinds, troubleOf(error));
    }
    this.#tell();
    return true;
  }

  /** @param {Kind[]} kinds @param {Trouble} trouble */
  #refuse(kinds, trouble) {
    for (const kind of kinds) this.troubles[kind] = trouble;
    this.#tell();
    return false;
  }

  #constraints(kinds) {
    const wish = (kind) => {
      const { id } = this.choices[kind];
      return id ? { ...CONSTRAINTS[kind], deviceId: { exact: id } } : CONSTRAINTS[kind];
    };
    return Object.fromEntries(kinds.map((kind) => [ASKED[kind], wish(kind)]));
  }

  /** A remembered device that is not plugged in any more is forgotten; then any will do. */
  #forget(kinds, error) {
    if (troubleOf(error) !== "missing") return false;
    const named = kinds.filter((kind) => this.choices[kind].id);
    for (const kind of named) this.choices[kind].id = "";
    return named.length > 0;
  }

  /** After a refusal of both: whether asking for one alone can still succeed without a second question. */
  async #maybeAsked(kind) {
    if (this.troubles[kind] !== "refused") return true;
    try {
      return (await navigator.permissions.query({ name: kind })).state === "granted";
    } catch {
      return false;
    }
  }

  #take(kind, track) {
    this.#release(kind);
    this.tracks[kind] = track;
    this.troubles[kind] = null;
    track.addEventListener("ended", () => this.#lost(kind, track));
    this.#enable();
  }

  /** The device was unplugged or taken away: fall back to any other one. */
  async #lost(kind, track) {
    if (this.tracks[kind] !== track) return;
    this.tracks[kind] = null;
    this.choices[kind].id = "";
    await this.#ask([kind]);
    await this.#list();
    this.#tellUnplugged(kind, track.label, this.tracks[kind]?.label ?? null);
  }

  /** A speaker has no track that ends: it is missed in the list. */
  #missSpeaker(before) {
    const { id } = this.choices.speaker;
    const there = this.lists.speaker.some((device) => device.deviceId === id);
    const gone = before.find((device) => device.deviceId === id);
    if (!gone || there) return;
    this.choices.speaker.id = "";
    this.#tellUnplugged("speaker", gone.label, null);
  }

  #tellUnplugged(kind, gone, now) {
    this.dispatchEvent(new CustomEvent("unplugged", { detail: { kind, gone, now } }));
  }

  #enable() {
    if (this.tracks.microphone) this.tracks.microphone.enabled = this.choices.microphone.on;
    if (!this.choices.camera.on) this.#release("camera");
  }

  #release(kind) {
    const track = this.tracks[kind];
    this.tracks[kind] = null;
    track?.stop();
  }

  /** Something was plugged in or out: what was missing may be there now. */
  async #plugged() {
    const missing = /** @type {Kind[]} */ (["microphone", "camera"]).filter((kind) => {
      return this.choices[kind].on && this.troubles[kind] === "missing";
    });
    for (const kind of missing) await this.#ask([kind]);
    await this.#list();
  }

  async #list() {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    const speakers = this.lists.speaker;
    for (const [kind, name] of Object.entries(LISTED)) {
      this.lists[kind] = all.filter((device) => device.kind === name && device.deviceId);
    }
    this.#missSpeaker(speakers);
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
