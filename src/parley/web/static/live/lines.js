/** How the line to each other person is: read from the links every few seconds, with what went before. */

/** How many looks are kept: some three minutes. */
const KEPT = 60;

/** The worst that a line of each level may be: 4 is good, 3 fair, 2 poor, and everything beyond is 1. */
const LEVELS = [
  [4, { loss: 0.01, roundTrip: 0.15 }],
  [3, { loss: 0.03, roundTrip: 0.3 }],
  [2, { loss: 0.06, roundTrip: 0.45 }],
];

/** With fewer packets than this a share of them says nothing. */
const ENOUGH = 50;

/**
 * @typedef {object} Look what a line was like between two looks
 * @property {number} roundTrip seconds
 * @property {number} loss share of the packets that did not arrive here
 * @property {number} sentLoss share of the packets that did not arrive there, as they tell
 * @property {number} received kilobits a second
 * @property {number} sent kilobits a second
 * @property {number} frames pictures a second, of all that are shown
 * @property {number} height of the largest picture that arrives; 0 for none
 * @property {number | null} available kilobits a second that the browser thinks it could send
 */

export class Lines {
  /** @type {Map<string, object>} */
  #totals = new Map();
  /** @type {Map<string, Look[]>} */
  #looks = new Map();

  /** @param {[string, import("./peer.js").Peer][]} peers */
  async look(peers) {
    const linked = peers.filter(([, { state }]) => state === "connected");
    const there = new Set(linked.map(([who]) => who));
    for (const who of [...this.#totals.keys()]) if (!there.has(who)) this.#forget(who);
    await Promise.all(linked.map(async ([who, { pc }]) => this.#add(who, totals(await pc.getStats()))));
  }

  /** Everything that is kept of somebody's line, the newest last. @param {string} who @returns {Look[]} */
  history(who) {
    return this.#looks.get(who) ?? [];
  }

  /** @param {string} who @returns {Look | undefined} */
  latest(who) {
    return this.history(who).at(-1);
  }

  /** How good a line is: 4 is good, 1 is weak, 0 is not known. @param {string} who */
  level(who) {
    const look = this.latest(who);
    if (!look) return 0;
    const [level] = LEVELS.find(([, worst]) => look.loss <= worst.loss && look.roundTrip <= worst.roundTrip) ?? [1];
    return level;
  }

  #forget(who) {
    this.#totals.delete(who);
    this.#looks.delete(who);
  }

  #add(who, now) {
    const before = this.#totals.get(who);
    this.#totals.set(who, now);
    if (!before) return;
    this.#looks.set(who, [...this.history(who), between(before, now)].slice(-KEPT));
  }
}

/** @param {RTCStatsReport} stats */
function totals(stats) {
  const sum = { at: performance.now(), lost: 0, got: 0, bytesIn: 0, bytesOut: 0, frames: 0 };
  const now = { roundTrip: 0, sentLoss: 0, height: 0, available: null };
  for (const one of stats.values()) READERS[one.type]?.(one, sum, now);
  return { ...sum, ...now };
}

const READERS = {
  "inbound-rtp"(one, sum, now) {
    sum.lost += one.packetsLost ?? 0;
    sum.got += one.packetsReceived ?? 0;
    sum.bytesIn += one.bytesReceived ?? 0;
    sum.frames += one.framesDecoded ?? 0;
    now.height = Math.max(now.height, one.frameHeight ?? 0);
  },
  "outbound-rtp"(one, sum) {
    sum.bytesOut += one.bytesSent ?? 0;
  },
  "remote-inbound-rtp"(one, _sum, now) {
    now.sentLoss = Math.max(now.sentLoss, one.fractionLost ?? 0);
  },
  "candidate-pair"(one, _sum, now) {
    if (!one.nominated) return;
    now.roundTrip = one.currentRoundTripTime ?? 0;
    now.available = one.availableOutgoingBitrate === undefined ? null : one.availableOutgoingBitrate / 1_000;
  },
};

/** @returns {Look} */
function between(before, { at, lost, got, bytesIn, bytesOut, frames, ...now }) {
  const seconds = Math.max(0.001, (at - before.at) / 1_000);
  const missing = Math.max(0, lost - before.lost);
  const packets = missing + Math.max(0, got - before.got);
  const kilobits = (bytes) => Math.max(0, (bytes * 8) / 1_000 / seconds);
  return {
    ...now,
    loss: packets > ENOUGH ? missing / packets : 0,
    received: kilobits(bytesIn - before.bytesIn),
    sent: kilobits(bytesOut - before.bytesOut),
    frames: Math.max(0, (frames - before.frames) / seconds),
    height: frames > before.frames ? now.height : 0,
  };
}
