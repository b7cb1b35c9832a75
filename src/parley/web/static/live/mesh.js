/** Everybody's links to everybody: who calls whom, what is sent to all, and how a broken link is mended. */

import { Outgoing } from "./outgoing.js";
import { Peer } from "./peer.js";

/** Milliseconds. The polite side waits longer, so that rarely both mend at once. */
const PATIENCE = { offer: 4_000, connect: 8_000, silence: 2_500, afterReturn: 1_200, polite: 3_000 };
const RESTARTS = 2;

/** @typedef {{peer: Peer, timer?: ReturnType<typeof setTimeout>, attempts: number, away: boolean}} Link */

/** Tells `track` ({who, role, stream, track}), `link` ({who, state}) and `paused` ({who, paused}). */
export class Mesh extends EventTarget {
  /** @type {(to: string, data: object) => void} */
  #send;
  /** @type {Map<string, Link>} */
  #links = new Map();
  #made = 0;
  /** @type {Peer | null} a call that waits for somebody to be made to */
  #spare = null;

  /** @param {{name: string, send: (to: string, data: object) => void}} options `name` of this run of the page */
  constructor({ name, send }) {
    super();
    this.me = "";
    this.name = name;
    /** @type {RTCIceServer[]} */
    this.iceServers = [];
    this.outgoing = new Outgoing();
    this.reachable = true;
    this.#send = send;
  }

  /** Before it is known who is there: begin a call to whoever it will be. */
  prepare() {
    this.#spare = this.#peer();
    this.#spare.call({ screen: false });
  }

  /**
   * Be linked with exactly these people: a link that stands is kept, one that is missing is called at once.
   * @param {import("./roster.js").Person[]} people
   * @returns {Promise<unknown>} fulfilled when all who are called have answered
   */
  meet(people) {
    const others = people.filter((person) => person.id !== this.me);
    const there = new Set(others.map((person) => person.id));
    for (const who of [...this.#links.keys()]) if (!there.has(who)) this.drop(who);
    const called = others.filter((person) => !this.#links.has(person.id));
    for (const person of called) this.#call(person.id, { screen: person.media.screen });
    for (const person of others) this.#links.get(person.id).away = person.away;
    this.#dropSpare();
    this.#share();
    return Promise.all(called.map((person) => this.#links.get(person.id).peer.agreed));
  }

  /** Somebody came and will call us; if they do not, we call them. @param {string} who */
  expect(who) {
    if (this.#links.has(who)) return;
    this.#renew(who);
    this.#after(who, PATIENCE.offer, () => this.#mend(who));
    this.#share();
  }

  /**
   * @param {string} from
   * @param {import("./peer.js").Signal} data other programs need not name their links: then their run stands for it
   * @param {string} instance of the page or program that it comes from
   */
  hear(from, data, instance) {
    let link = this.#links.get(from);
    const signal = { from: instance, to: null, ...data };
    if (signal.to && signal.to !== link?.peer.name) return;
    if (!link && !signal.description && !signal.candidate) return;
    if (!link || link.peer.isPast(signal)) link = this.#renew(from);
    link.peer.hear(signal).catch((trouble) => {
      console.warn("parley: a signal could not be used", trouble);
      this.#after(from, PATIENCE.silence, () => this.#mend(from));
    });
  }

  /** @param {string} who */
  drop(who) {
    const link = this.#links.get(who);
    if (!link) return;
    clearTimeout(link.timer);
    link.peer.close();
    this.#links.delete(who);
    this.#share();
  }

  /** Send this track to everybody from now on; null sends nothing. */
  set(/** @type {import("./outgoing.js").Role} */ role, /** @type {MediaStreamTrack | null} */ track) {
    this.outgoing.tracks[role] = track;
    this.#spare?.set(role);
    for (const { peer } of this.#links.values()) peer.set(role);
  }

  /** The signalling connection was lost or is back. @param {boolean} reachable */
  setReachable(reachable) {
    this.reachable = reachable;
    if (!reachable) return;
    for (const who of this.#links.keys()) this.#mendSoon(who);
  }

  /** Somebody else's signalling connection was lost or is back. @param {string} who @param {boolean} away */
  setAway(who, away) {
    const link = this.#links.get(who);
    if (link) link.away = away;
    if (link && !away) this.#mendSoon(who);
  }

  /** The network below us changed: look for new paths wherever nothing flows. */
  networkChanged() {
    for (const [who, { peer }] of this.#links) if (peer.state !== "connected") this.#mendSoon(who);
  }

  /** @returns {[string, Peer][]} */
  get peers() {
    return [...this.#links].map(([who, { peer }]) => [who, peer]);
  }

  /** Ask everybody for pictures of these heights; 0 is for none. @param {Map<string, number>} heights by person */
  wish(heights) {
    for (const [who, height] of heights) this.#links.get(who)?.peer.wish(height);
  }

  close() {
    for (const who of [...this.#links.keys()]) this.drop(who);
    this.#dropSpare();
  }

  #dropSpare() {
    this.#spare?.close();
    this.#spare = null;
  }

  #peer() {
    const name = `${this.name}.${(this.#made += 1)}`;
    return new Peer({ name, iceServers: this.iceServers, outgoing: this.outgoing });
  }

  /** @param {string} who @param {{screen: boolean}} expected */
  #call(who, expected) {
    const spare = this.#spare;
    if (spare && !expected.screen && this.iceServers.length === 0) {
      this.#spare = null;
      this.#renew(who, spare);
    } else {
      this.#renew(who).peer.call(expected);
    }
  }

  /** A new link in the place of whatever stood there. @param {string} who @param {Peer} [peer] @returns {Link} */
  #renew(who, peer = this.#peer()) {
    const before = this.#links.get(who);
    clearTimeout(before?.timer);
    before?.peer.close();
    peer.lead({ polite: BigInt(this.me) > BigInt(who), tell: (signal) => this.#send(who, signal) });
    const link = { peer, attempts: before?.attempts ?? 0, away: before?.away ?? false };
    this.#links.set(who, link);
    peer.share(this.#links.size);
    peer.addEventListener("track", ({ detail }) => this.#tell("track", { who, ...detail }));
    peer.addEventListener("paused", ({ detail }) => this.#tell("paused", { who, paused: detail }));
    peer.addEventListener("state", ({ detail }) => this.#changed(who, peer, detail));
    this.#after(who, this.#patience(peer, PATIENCE.connect), () => this.#mend(who));
    return link;
  }

  #changed(who, peer, state) {
    const link = this.#links.get(who);
    if (link?.peer !== peer) return;
    if (state === "connected") {
      clearTimeout(link.timer);
      link.attempts = 0;
    }
    if (state === "disconnected") this.#after(who, this.#patience(peer, PATIENCE.silence), () => this.#mend(who));
    if (state === "failed") this.#after(who, this.#patience(peer, 0), () => this.#mend(who));
    this.#tell("link", { who, state });
  }

  #mendSoon(who) {
    if (this.#links.get(who).peer.state !== "connected") this.#after(who, PATIENCE.afterReturn, () => this.#mend(who));
  }

  /** First look for a new path; when that does not help, start over. Nothing can be mended while signals cannot pass. */
  #mend(who) {
    const link = this.#links.get(who);
    if (!link || link.peer.state === "connected" || !this.reachable || link.away) return;
    link.attempts += 1;
    const { peer } = link;
    if (link.attempts > RESTARTS || !peer.mend()) this.#call(who, { screen: false });
    const wait = PATIENCE.connect * Math.min(link.attempts, 4);
    this.#after(who, this.#patience(peer, wait), () => this.#mend(who));
  }

  /** @param {string} who @param {number} wait @param {() => void} act */
  #after(who, wait, act) {
    const link = this.#links.get(who);
    if (!link) return;
    clearTimeout(link.timer);
    link.timer = setTimeout(act, wait);
  }

  #patience(peer, wait) {
    return wait + (peer.polite ? PATIENCE.polite : 0);
  }

  #share() {
    for (const { peer } of this.#links.values()) peer.share(this.#links.size);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
