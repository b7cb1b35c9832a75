/** How much is sent over each line: less where it is weak, and step by step more again when it has recovered. */

/** From everything to sound alone. */
export const SOUND_ALONE = 3;

/** A long way round alone is no weak line: over a satellite it takes most of a second, always. */
const BAD = { loss: 0.08, roundTrip: 1.2 };
/** Only such a line is spared the picture altogether. */
const HOPELESS = { loss: 0.2, roundTrip: 3 };
const GOOD = { loss: 0.03, roundTrip: 0.9 };

/** How many looks in a row it takes. A line that could not carry more when that was tried waits longer for the next time. */
const TO_WORSEN = 2;
const TO_RECOVER = 4;
const LONGEST = 32;

/** @typedef {{step: number, bad: number, good: number, patience: number, tried: boolean}} State `tried` to send more */

export class Pace {
  /** @type {Map<string, State>} */
  #lines = new Map();

  /**
   * Send as much over each line as its last look allows.
   * @param {[string, import("./peer.js").Peer][]} peers @param {import("./lines.js").Lines} lines
   * @returns {{who: string, step: number}[]} to whom less is sent from now on
   */
  follow(peers, lines) {
    const there = new Set(peers.map(([who]) => who));
    for (const who of [...this.#lines.keys()]) if (!there.has(who)) this.#lines.delete(who);
    const slower = [];
    for (const [who, peer] of peers) {
      const before = this.step(who);
      const look = lines.latest(who);
      if (look) this.#judge(who, look);
      peer.slow(this.step(who));
      if (this.step(who) > before) slower.push({ who, step: this.step(who) });
    }
    return slower;
  }

  /** What is sent to somebody: 0 is everything, `SOUND_ALONE` the least. @param {string} who */
  step(who) {
    return this.#lines.get(who)?.step ?? 0;
  }

  /** @param {string} who @param {import("./lines.js").Look} look */
  #judge(who, { sentLoss, roundTrip }) {
    const state = this.#lines.get(who) ?? { step: 0, bad: 0, good: 0, patience: TO_RECOVER, tried: false };
    const worst = state.step === SOUND_ALONE - 1 ? HOPELESS : BAD;
    const bad = sentLoss > worst.loss || roundTrip > worst.roundTrip;
    const good = sentLoss < GOOD.loss && roundTrip < GOOD.roundTrip;
    state.bad = bad ? state.bad + 1 : 0;
    state.good = good ? state.good + 1 : 0;
    if (state.bad >= TO_WORSEN && state.step < SOUND_ALONE) {
      const patience = state.tried ? Math.min(state.patience * 2, LONGEST) : state.patience;
      Object.assign(state, { step: state.step + 1, bad: 0, patience, tried: false });
    }
    if (state.good >= state.patience && state.step > 0) Object.assign(state, { step: state.step - 1, good: 0, tried: true });
    if (state.good >= LONGEST) Object.assign(state, { patience: TO_RECOVER, tried: false });
    this.#lines.set(who, state);
  }
}
