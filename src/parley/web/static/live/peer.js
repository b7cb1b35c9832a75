/**
 * One link to one other person: an RTCPeerConnection with perfect negotiation.
 *
 * Every signal says which link it comes `from` and which one it is meant for (`to`, once that is known). So a page that
 * was reloaded, or a link that was started over, is never confused with the one before it.
 */

import { budget, ROLES } from "./outgoing.js";

const ALL = /** @type {Role[]} */ (Object.keys(ROLES));

/** @typedef {import("./outgoing.js").Role} Role */
/** @typedef {{from: string, to: string | null, description?: RTCSessionDescriptionInit, streams?: Record<string, string>,
 *   candidate?: RTCIceCandidateInit, wish?: number, paused?: boolean}} Signal `wish` for a picture of this height */

/** @type {RTCCertificate[]} */
let certificates = [];

/**
 * Do during the preview what the first link would otherwise wait for: start the browser's machinery and make the
 * certificate that all links of this page show.
 */
export async function warmUp() {
  new RTCPeerConnection().close();
  certificates = [await RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" })];
}

/**
 * Tells `track` ({role: "face" | "screen", stream, track}) and `state` as things arrive and change, and `paused` (a boolean)
 * when the other side sends no picture for now, because its line is weak.
 */
export class Peer extends EventTarget {
  /** @type {(signal: Signal) => void} carries a signal to the other side */
  #tell = () => {};
  /** @type {Map<Role, RTCRtpTransceiver>} */
  #claimed = new Map();
  /** @type {Record<string, string>} */
  #streams = {};
  /** @type {() => void} */
  #agreed;
  #begun = false;
  #offering = false;
  #answerPending = false;
  #ignoring = false;
  /** What arrived with a description; it is told when the answer is on its way, which others wait for. */
  #arrivals = [];

  /**
   * @param {object} options
   * @param {string} options.name no other link ever had it
   * @param {RTCIceServer[]} options.iceServers
   * @param {import("./outgoing.js").Outgoing} options.outgoing
   */
  constructor({ name, iceServers, outgoing }) {
    super();
    this.name = name;
    /** Gives way when both offer at once. */
    this.polite = false;
    /** @type {string | null} the link on the other side, once it has spoken */
    this.partner = null;
    /** On which terms pictures are sent. @type {import("./outgoing.js").Terms} */
    this.terms = { others: 1, step: 0, wish: null };
    /** How high a picture is wanted from the other side. @type {number | null} */
    this.wished = null;
    this.everConnected = false;
    this.pc = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle", certificates });
    this.outgoing = outgoing;
    /** @type {Promise<void>} fulfilled when the other side has answered, or called itself */
    this.agreed = new Promise((done) => (this.#agreed = done));
    this.#listen();
  }

  /**
   * From now on this is the link to somebody. It may have called before it was known whom: then it is they who are called.
   * @param {{polite: boolean, tell: (signal: Signal) => void}} other
   */
  lead({ polite, tell }) {
    this.polite = polite;
    this.#tell = tell;
    if (this.pc.signalingState === "have-local-offer") this.#sendDescription();
  }

  get state() {
    return this.pc.connectionState;
  }

  /** Offer at once, with room for everything that will flow in either direction. @param {{screen: boolean}} expected */
  call({ screen }) {
    this.#begun = true;
    for (const role of ALL) if (this.#wanted(role)) this.#open(role);
    if (screen && !this.outgoing.tracks.screen) this.pc.addTransceiver("video", { direction: "recvonly" });
  }

  /** Whether a signal shows that this link is not the one that the other side speaks to any more. @param {Signal} signal */
  isPast(signal) {
    if (signal.description?.type !== "offer") return false;
    if (this.partner !== null) return signal.from !== this.partner;
    return this.polite && (this.#offering || this.pc.signalingState === "have-local-offer");
  }

  /** @param {Signal} signal */
  async hear(signal) {
    if (signal.to && signal.to !== this.name) return;
    if (Number.isFinite(signal.wish)) this.#agree({ wish: Math.max(0, signal.wish) });
    if (typeof signal.paused === "boolean") this.dispatchEvent(new CustomEvent("paused", { detail: signal.paused }));
    if (signal.description) await this.#describe(signal);
    else if (signal.candidate && signal.from === this.partner) await this.#learn(signal.candidate);
  }

  /** Send what is outgoing in this role now; where nothing was ever sent, a new line is negotiated. @param {Role} role */
  set(role) {
    const track = this.outgoing.tracks[role];
    const line = this.#claimed.get(role);
    if (line) line.sender.replaceTrack(track).catch(() => {});
    else if (track && this.#begun) this.#claim(role) ?? this.#open(role);
  }

  /**
   * Mend the link without losing what flows: say again what was perhaps not heard, or look for a new path.
   * @returns {boolean} false when only starting over can help
   */
  mend() {
    if (this.pc.signalingState === "have-local-offer") this.#sendDescription();
    else if (this.everConnected && this.pc.signalingState === "stable") this.pc.restartIce();
    else return false;
    return true;
  }

  close() {
    this.pc.onnegotiationneeded = this.pc.onconnectionstatechange = this.pc.ontrack = this.pc.onicecandidate = null;
    this.pc.close();
  }

  /** Share the uplink between `others` people. @param {number} others */
  share(others) {
    this.#agree({ others });
  }

  /** Send less, because the line is weak, or more again. @param {number} step of `budget` */
  slow(step) {
    if (step === this.terms.step) return;
    this.#agree({ step });
    this.#send({ paused: !this.#budget("camera").active && this.terms.wish !== 0 });
  }

  /** Ask the other side for pictures of this height from now on; 0 is for none. @param {number} height */
  wish(height) {
    if (height === this.wished) return;
    this.wished = height;
    if (this.everConnected) this.#send({ wish: height });
  }

  /** @param {Partial<import("./outgoing.js").Terms>} terms */
  #agree(terms) {
    Object.assign(this.terms, terms);
    for (const [role, line] of this.#claimed) this.#limit(role, line.sender);
  }

  /** @param {Role} role */
  #budget(role) {
    return budget(role, this.terms, this.outgoing.tracks.camera?.getSettings().height);
  }

  /** Keep to the budget; a change makes the encoder begin anew, so there is none without need. */
  #limit(role, sender) {
    const parameters = sender.getParameters();
    const [encoding] = parameters.encodings ?? [];
    const wanted = Object.entries(this.#budget(role));
    if (!encoding || wanted.every(([key, value]) => encoding[key] === value)) return;
    Object.assign(encoding, Object.fromEntries(wanted));
    sender.setParameters(parameters).catch(() => {});
  }

  #listen() {
    this.pc.onnegotiationneeded = () => this.#offer();
    this.pc.onicecandidate = ({ candidate }) => candidate && this.#send({ candidate: candidate.toJSON() });
    this.pc.ontrack = ({ track, streams: [stream] }) => this.#arrived(track, stream);
    this.pc.onconnectionstatechange = () => {
      this.everConnected ||= this.state === "connected";
      if (this.state === "connected") this.#connected();
      this.dispatchEvent(new CustomEvent("state", { detail: this.state }));
    };
  }

  /** Say and limit what could not be before. */
  #connected() {
    this.#agree({});
    if (this.wished !== null) this.#send({ wish: this.wished });
    if (this.terms.step > 0) this.#send({ paused: !this.#budget("camera").active });
  }

  #arrived(track, stream = new MediaStream([track])) {
    this.#arrivals.push({ role: this.#streams[stream.id] ?? "face", stream, track });
  }

  #send(signal) {
    this.#tell({ from: this.name, to: this.partner, ...signal });
  }

  #sendDescription() {
    this.#send({ description: this.pc.localDescription.toJSON(), streams: this.outgoing.names });
  }

  async #offer() {
    try {
      this.#offering = true;
      await this.pc.setLocalDescription();
      if (this.pc.signalingState === "have-local-offer") this.#sendDescription();
    } catch (trouble) {
      if (this.pc.signalingState !== "closed") console.warn("parley: an offer failed", trouble);
    } finally {
      this.#offering = false;
    }
  }

  /** @param {Signal} signal */
  async #describe({ from, description, streams }) {
    const free = !this.#offering && (this.pc.signalingState === "stable" || this.#answerPending);
    this.#ignoring = !this.polite && description.type === "offer" && !free;
    if (this.#ignoring) return;
    if (description.type === "answer" && this.pc.signalingState !== "have-local-offer") return;
    this.partner = from;
    this.#streams = { ...this.#streams, ...streams };
    this.#answerPending = description.type === "answer";
    await this.pc.setRemoteDescription(description);
    this.#answerPending = false;
    if (description.type === "offer") await this.#answer();
    this.#agreed();
    for (const arrived of this.#arrivals.splice(0)) this.dispatchEvent(new CustomEvent("track", { detail: arrived }));
  }

  async #answer() {
    this.#begun = true;
    for (const role of ALL) {
      if (this.#wanted(role) && !this.#claimed.has(role) && !this.#claim(role)) this.set(role);
    }
    await this.pc.setLocalDescription();
    this.#sendDescription();
  }

  async #learn(candidate) {
    try {
      await this.pc.addIceCandidate(candidate);
    } catch (trouble) {
      if (!this.#ignoring && this.pc.signalingState !== "closed") throw trouble;
    }
  }

  /** A line for the face is there from the start, so that a camera switched on later needs no negotiation. */
  #wanted(role) {
    return ROLES[role].stream === "face" || this.outgoing.tracks[role] !== null;
  }

  /** Send in a line that the other side opened and that we do not use yet. @param {Role} role */
  #claim(role) {
    const used = new Set(this.#claimed.values());
    const line = this.pc
      .getTransceivers()
      .find((one) => one.receiver.track.kind === ROLES[role].kind && one.direction === "recvonly" && !used.has(one));
    if (!line) return undefined;
    line.direction = "sendrecv";
    line.sender.setStreams(this.outgoing.stream(role));
    line.sender.replaceTrack(this.outgoing.tracks[role]).catch(() => {});
    this.#claimed.set(role, line);
    this.#limit(role, line.sender);
    return line;
  }

  /** Open a line of our own. @param {Role} role */
  #open(role) {
    const { kind } = ROLES[role];
    const track = this.outgoing.tracks[role];
    const line = this.pc.addTransceiver(track ?? kind, {
      direction: "sendrecv",
      streams: [this.outgoing.stream(role)],
      sendEncodings: [this.#budget(role)],
    });
    this.#claimed.set(role, line);
    return line;
  }
}
