/** Tests of the network: the way to the server, between browsers, through the own network and over the relay. */

import { say } from "../live/words.js";

const PATIENCE = 6_000;
const SLOW = 1_000;
const ROUNDS = 6;
const MEGABIT = 1_000_000;
const CHUNK = new Uint8Array(16_384);
const HELD = 1_048_576;

/** @typedef {import("./page.js").Result} Result */
/** @typedef {{ice_servers: RTCIceServer[], relay: boolean, relay_withheld: boolean}} Given */

/** The lasting connection opens. @returns {Promise<Result>} */
export async function server() {
  const began = performance.now();
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/live/v1`);
  const opened = await within(new Promise((done) => {
    socket.onopen = () => done(true);
    socket.onerror = () => done(false);
  }));
  socket.close();
  if (!opened) return { state: "bad", words: say("server-bad") };
  const value = Math.round(performance.now() - began);
  return value > SLOW
    ? { state: "warn", words: say("server-slow", { value }) }
    : { state: "good", words: say("server-good", { value }) };
}

/** Two ends in this page find each other. @returns {Promise<Result>} */
export async function media() {
  const link = new Link({});
  const connected = await within(link.connect());
  link.close();
  return { state: connected ? "good" : "bad", words: say(connected ? "media-good" : "media-bad") };
}

/** A STUN server tells how this browser looks from outside. @param {Given} given @returns {Promise<Result>} */
export async function paths({ ice_servers: iceServers }) {
  if (iceServers.length === 0) return { state: "skipped", words: say("paths-unset") };
  const pc = new RTCPeerConnection({ iceServers });
  pc.createDataChannel("paths");
  const found = await within(new Promise((done) => {
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.type === "srflx" || candidate?.type === "prflx") done(true);
      else if (!candidate) done(false);
    };
    pc.setLocalDescription();
  }));
  pc.close();
  return { state: found ? "good" : "warn", words: say(found ? "paths-good" : "paths-none") };
}

/** The relay connects two ends that may take no other way. @param {Given} given @returns {Promise<Result>} */
export async function relay({ ice_servers: iceServers, relay: there, relay_withheld: withheld }) {
  if (withheld) return { state: "skipped", words: say("relay-withheld") };
  if (!there) return { state: "skipped", words: say("relay-unset") };
  const link = new Link({ iceServers, iceTransportPolicy: "relay" });
  const connected = await within(link.connect());
  link.close();
  return { state: connected ? "good" : "bad", words: say(connected ? "relay-good" : "relay-bad") };
}

/** How much comes from the server, and how much passes the relay. @param {Given} given @returns {Promise<Result>} */
export async function speed(given) {
  const down = await within(fromServer());
  if (!down) return { state: "warn", words: say("speed-unknown") };
  const grade = down > 8 ? "good" : down > 2 ? "fair" : "bad";
  const words = [say(`speed-${grade}`, { down: written(down) })];
  const up = given.relay ? await within(throughRelay(given)) : null;
  if (up) words.push(say("speed-relay", { up: written(up) }));
  return { state: grade === "good" ? "good" : "warn", words: words.join(" ") };
}

/** Megabits a second in which the largest sheet of the page arrives again and again. */
async function fromServer() {
  const address = document.querySelector("link[rel=stylesheet]").href;
  let [bytes, seconds] = [0, 0];
  for (let round = 0; round < ROUNDS && seconds < 2; round += 1) {
    performance.clearResourceTimings();
    await (await fetch(address, { cache: "no-store" })).arrayBuffer();
    await new Promise((done) => setTimeout(done));
    const timing = performance.getEntriesByName(address).at(-1);
    if (!timing?.transferSize) return 0;
    bytes += timing.transferSize;
    seconds += Math.max(1, timing.responseEnd - timing.requestStart) / 1_000;
  }
  return (bytes * 8) / MEGABIT / seconds;
}

async function throughRelay({ ice_servers: iceServers }) {
  const link = new Link({ iceServers, iceTransportPolicy: "relay" });
  try {
    return (await link.connect()) ? await link.measure(2_000) : 0;
  } finally {
    link.close();
  }
}

/** Two ends of one connection, both in this page. */
class Link {
  /** @param {RTCConfiguration} configuration */
  constructor(configuration) {
    this.near = new RTCPeerConnection(configuration);
    this.far = new RTCPeerConnection(configuration);
    this.near.onicecandidate = ({ candidate }) => candidate && this.far.addIceCandidate(candidate).catch(() => {});
    this.far.onicecandidate = ({ candidate }) => candidate && this.near.addIceCandidate(candidate).catch(() => {});
    this.channel = this.near.createDataChannel("test");
    this.arrived = 0;
    this.far.ondatachannel = ({ channel }) => {
      channel.binaryType = "arraybuffer";
      channel.onmessage = ({ data }) => (this.arrived += data.byteLength);
    };
  }

  /** @returns {Promise<boolean>} */
  async connect() {
    const open = new Promise((done) => (this.channel.onopen = () => done(true)));
    await this.near.setLocalDescription();
    await this.far.setRemoteDescription(this.near.localDescription);
    await this.far.setLocalDescription();
    await this.near.setRemoteDescription(this.far.localDescription);
    return open;
  }

  /** Megabits a second that arrive, for a while. @param {number} milliseconds */
  async measure(milliseconds) {
    const began = performance.now();
    while (performance.now() - began < milliseconds) {
      while (this.channel.bufferedAmount < HELD) this.channel.send(CHUNK);
      await new Promise((done) => setTimeout(done, 20));
    }
    return (this.arrived * 8) / MEGABIT / ((performance.now() - began) / 1_000);
  }

  close() {
    this.near.close();
    this.far.close();
  }
}

/** What comes of it in time, or nothing. @template T @param {Promise<T>} work @returns {Promise<T | null>} */
const within = (work) => Promise.race([work, new Promise((done) => setTimeout(() => done(null), PATIENCE))]).catch(() => null);

const written = (megabits) => (megabits < 10 ? megabits.toFixed(1) : String(Math.round(megabits)));
