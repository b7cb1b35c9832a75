/** Who speaks, as the links themselves tell a few times a second; and who of them is shown large. */

const SPEAKS = 0.02;
const HOLD = 1_200;

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

/** Milliseconds that somebody must speak before they are shown, and for which whoever is shown stays. */
const STARTS = 700;
const STAYS = 2_500;

/** Who is large: not everybody who coughs, and nobody for less than a moment. */
export class ActiveSpeaker {
  /** @type {string | null} */
  who = null;
  #shownSince = -Infinity;
  /** @type {string | undefined} */
  #next;
  #nextSince = 0;

  /**
   * Take note of who speaks now. Whoever is shown and still speaks stays, whoever else speaks, too.
   * @param {string[]} speaking without oneself
   * @param {number} now in milliseconds
   * @returns {boolean} whether somebody else is shown from now on
   */
  listen(speaking, now) {
    const next = speaking.includes(this.who) ? undefined : speaking[0];
    if (next !== this.#next) this.#await(next, now);
    const due = now - this.#nextSince >= STARTS && now - this.#shownSince >= STAYS;
    if (next === undefined || !due) return false;
    this.who = next;
    this.#shownSince = now;
    return true;
  }

  #await(next, now) {
    this.#next = next;
    this.#nextSince = now;
  }
}
