/** Sends what was recorded to the server, piece by piece, again and again until it is durable there. */

const HOME = "/live/v1/recordings";
const SHORTEST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
const LOOK_EVERY = 1_500;
/** Answers after which sending it again does not help: the recording was deleted, or is not ours. */
const HOPELESS = new Set([401, 404]);
/** The server has this number already, or ended the recording before it: it will never take this one. */
const TAKEN = 409;

/** Begin a recording. @param {string} seat @param {string} format @returns {Promise<{id: string, secret: string}>} */
export async function startTake(seat, format) {
  const answer = await ask("POST", "", seat, JSON.stringify({ format }), { "content-type": "application/json" });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? "");
  return answer.json();
}

/** Say that one was told of a recording, or agrees. @param {string} seat @param {string} id @param {boolean} agreed */
export const answerTo = (seat, id, agreed) =>
  ask("POST", `/${id}/consent`, seat, JSON.stringify({ agreed }), { "content-type": "application/json" });

/**
 * Tells `progress` ({left, trouble, id}) whenever a piece arrived or did not (`trouble`: "", "full" or "away"), and `settled`
 * ({id, state}) when a recording is ready or failed.
 */
export class Uploader extends EventTarget {
  /** @type {Map<string, () => void>} takes that are being sent, and how to wake who sends them */
  #sending = new Map();

  /** @param {import("./shelf.js").Shelf} shelf */
  constructor(shelf) {
    super();
    this.shelf = shelf;
    addEventListener("online", () => this.#sending.forEach((wake) => wake()));
  }

  /** Send what is kept of a recording, until it is over and all of it is safe. @param {string} id @param {{live: boolean}} how */
  send(id, { live }) {
    if (this.#sending.has(id)) this.#sending.get(id)();
    else this.#begin(id, live);
  }

  /** What an earlier page of this browser left behind: it is over, and is sent. */
  async resume() {
    for (const take of await this.shelf.takes()) {
      if (!this.#sending.has(take.id)) this.#begin(take.id, false);
    }
  }

  /** One page alone sends a recording; the one that records it comes first. */
  #begin(id, live) {
    this.#sending.set(id, () => {});
    const work = async (lock) => {
      if (lock || live) await this.#sendAll(id, live).catch(() => {});
      this.#sending.delete(id);
    };
    if (!navigator.locks) work(true);
    else navigator.locks.request(`parley.recording.${id}`, live ? {} : { ifAvailable: true }, work);
  }

  async #sendAll(id, live) {
    for (let failures = 0; ; ) {
      const take = (await this.shelf.takes()).find((one) => one.id === id);
      if (!take) return;
      const chunk = await this.shelf.first(id);
      if (!chunk && live && !take.over) {
        await this.#rest(id, LONGEST_PAUSE);
        continue;
      }
      const trouble = chunk ? await this.#sendChunk(take, chunk) : await this.#finish(take);
      if (trouble === "hopeless" || (!chunk && !trouble)) return this.#end(take, trouble);
      failures = trouble ? failures + 1 : 0;
      this.#tell("progress", { id, trouble, left: await this.shelf.count(id) });
      if (trouble) await this.#rest(id, Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** failures));
    }
  }

  /** @returns {Promise<"" | "full" | "away" | "hopeless">} */
  async #sendChunk(take, chunk) {
    const { id, secret } = take;
    if (chunk.marks.length) {
      const body = JSON.stringify({ marks: chunk.marks });
      const told = await ask("POST", `/${id}/marks`, secret, body, { "content-type": "application/json" }).catch(() => null);
      if (!told?.ok && told?.status !== 422) return troubleOf(told);
    }
    const content = await chunk.content.arrayBuffer();
    const digest = { "content-digest": `sha-256=:${await sha256(content)}:` };
    const answer = await ask("PUT", `/${id}/chunks/${chunk.number}`, secret, content, digest).catch(() => null);
    if (!answer?.ok && answer?.status !== TAKEN) return troubleOf(answer);
    await this.shelf.dropChunk(chunk);
    return "";
  }

  async #finish({ id, secret, count, milliseconds }) {
    const body = JSON.stringify({ chunks: count, milliseconds: Math.round(milliseconds) });
    const answer = await ask("POST", `/${id}/finish`, secret, body, { "content-type": "application/json" }).catch(() => null);
    return answer?.ok ? "" : troubleOf(answer);
  }

  async #end({ id, secret }, trouble) {
    await this.shelf.dropTake(id);
    if (trouble) {
      this.#tell("settled", { id, state: "failed" });
      return;
    }
    for (;;) {
      const answer = await ask("GET", `/${id}`, secret).catch(() => null);
      const state = answer?.ok ? (await answer.json()).state : null;
      if (answer && HOPELESS.has(answer.status)) return;
      if (state) this.#tell("settled", { id, state });
      if (state === "ready" || state === "failed") return;
      await this.#rest(id, LOOK_EVERY);
    }
  }

  /** Wait, unless there is news. */
  #rest(id, pause) {
    return new Promise((over) => {
      const timer = setTimeout(over, pause);
      this.#sending.set(id, () => {
        clearTimeout(timer);
        over();
      });
    });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {Response | null} answer */
function troubleOf(answer) {
  if (!answer) return "away";
  if (HOPELESS.has(answer.status)) return "hopeless";
  return answer.status === 507 ? "full" : "away";
}

/** @param {string} method @param {string} path @param {string} secret @param {BodyInit} [body] @param {Record<string, string>} [more] */
function ask(method, path, secret, body, more = {}) {
  const headers = { Authorization: `Bearer ${secret}`, Accept: "application/json", ...more };
  return fetch(HOME + path, { method, headers, body, cache: "no-store", credentials: "omit" });
}

/** @param {ArrayBuffer} content @returns {Promise<string>} in base64 */
async function sha256(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return btoa(String.fromCharCode(...digest));
}
