/** Who speaks, and whose line is weak: read from the links themselves, a few times a second. */

const SPEAKS = 0.02;
const HOLD = 1_200;
const WEAK = { loss: 0.06, roundTrip: 0.45 };

/** Who is speaking; somebody who pauses for breath still counts. */
export class Speakers {
  /** @type {Map<string, number>} */
  #heard = new Map();

  /**
   * @param {[string, import("./peer.js").Peer][]} peers
   * @param {{who: string, loud: boolean}} self
   * @param {number} now
   * @returns {Set<string>}
   */
  listen(peers, self, now) {
    for (const [who, { pc }] of peers) if (level(pc) > SPEAKS) this.#heard.set(who, now);
    if (self.loud) this.#heard.set(self.who, now);
    return new Set([...this.#heard].filter(([, at]) => now - at < HOLD).map(([who]) => who));
  }
}

/** @param {RTCPeerConnection} pc */
function level(pc) {
  const sources = pc.getReceivers().flatMap((receiver) => {
    return receiver.track.kind === "audio" ? receiver.getSynchronizationSources() : [];
  });
  return Math.max(0, ...sources.map((source) => source.audioLevel ?? 0));
}

/** Which lines are weak: many packets lost since the last look, or a long way round. */
export class Lines {
  /** @type {Map<string, {lost: number, received: number}>} */
  #before = new Map();

  /** @param {[string, import("./peer.js").Peer][]} peers @returns {Promise<Set<string>>} */
  async weak(peers) {
    const found = await Promise.all(peers.map(async ([who, { pc }]) => [who, await pc.getStats()]));
    return new Set(found.filter(([who, stats]) => this.#isWeak(who, stats)).map(([who]) => who));
  }

  #isWeak(who, stats) {
    const now = { lost: 0, received: 0, roundTrip: 0 };
    for (const one of stats.values()) {
      if (one.type === "inbound-rtp") {
        now.lost += one.packetsLost ?? 0;
        now.received += one.packetsReceived ?? 0;
      }
      if (one.type === "candidate-pair" && one.nominated) now.roundTrip = one.currentRoundTripTime ?? 0;
    }
    const before = this.#before.get(who) ?? { lost: 0, received: 0 };
    this.#before.set(who, now);
    const [lost, received] = [now.lost - before.lost, now.received - before.received];
    return now.roundTrip > WEAK.roundTrip || (received + lost > 50 && lost / (received + lost) > WEAK.loss);
  }
}
