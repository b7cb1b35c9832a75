/**
 * What was recorded and is not yet safe on the server: kept in this browser (IndexedDB), so that it outlives a reload, a
 * lost network and a crash. Where the browser keeps nothing, it is held in memory, as long as the page is there.
 *
 * @typedef {{id: string, secret: string, count: number, milliseconds: number, over: boolean}} Take a recording of this browser
 * @typedef {{number: number, milliseconds: number, kind: string, who: string}} Mark
 * @typedef {{take: string, number: number, content: Blob, marks: Mark[]}} Chunk
 */

const NAME = "parley.recordings";

export class Shelf {
  /** @type {Promise<IDBDatabase | null>} */
  #opened;
  /** @type {Map<string, Take>} */
  #takes = new Map();
  /** @type {Map<string, Chunk>} */
  #chunks = new Map();

  constructor() {
    this.#opened = open().catch(() => null);
  }

  /** Keep what is known of a recording. @param {Take} take */
  async keepTake(take) {
    if (!(await this.#put("takes", take))) this.#takes.set(take.id, take);
  }

  /** Keep a chunk, and how many there are by now. @param {Take} take @param {Chunk} chunk */
  async keepChunk(take, chunk) {
    if (!(await this.#put("chunks", chunk))) this.#chunks.set(`${chunk.take} ${chunk.number}`, chunk);
    await this.keepTake(take);
  }

  /** @returns {Promise<Take[]>} */
  async takes() {
    const kept = await this.#ask((db) => db.transaction("takes").objectStore("takes").getAll());
    return [...new Map([...(kept ?? []), ...this.#takes.values()].map((take) => [take.id, take])).values()];
  }

  /** The first chunk of a recording that is still here. @param {string} take @returns {Promise<Chunk | null>} */
  async first(take) {
    const range = () => IDBKeyRange.bound([take, 0], [take, Infinity]);
    const kept = await this.#ask((db) => db.transaction("chunks").objectStore("chunks").getAll(range(), 1));
    const held = [...this.#chunks.values()].filter((chunk) => chunk.take === take);
    return [...(kept ?? []), ...held].sort((a, b) => a.number - b.number)[0] ?? null;
  }

  /** How many chunks of a recording are still here. @param {string} take */
  async count(take) {
    const range = () => IDBKeyRange.bound([take, 0], [take, Infinity]);
    const kept = await this.#ask((db) => db.transaction("chunks").objectStore("chunks").count(range()));
    return (kept ?? 0) + [...this.#chunks.values()].filter((chunk) => chunk.take === take).length;
  }

  /** The server has it, durably. @param {Chunk} chunk */
  async dropChunk({ take, number }) {
    this.#chunks.delete(`${take} ${number}`);
    await this.#delete("chunks", [take, number]);
  }

  /** @param {string} id */
  async dropTake(id) {
    this.#takes.delete(id);
    for (const [key, { take }] of this.#chunks) if (take === id) this.#chunks.delete(key);
    await this.#delete("chunks", IDBKeyRange.bound([id, 0], [id, Infinity]));
    await this.#delete("takes", id);
  }

  async #put(store, value) {
    return (await this.#change(store, (objects) => objects.put(value))) === true;
  }

  async #delete(store, key) {
    await this.#change(store, (objects) => objects.delete(key));
  }

  /** @returns {Promise<boolean>} whether it is kept */
  async #change(store, act) {
    const db = await this.#opened;
    if (!db) return false;
    return new Promise((tell) => {
      try {
        const work = db.transaction(store, "readwrite", { durability: "strict" });
        work.oncomplete = () => tell(true);
        work.onabort = work.onerror = () => tell(false);
        act(work.objectStore(store));
      } catch {
        tell(false);
      }
    });
  }

  async #ask(question) {
    const db = await this.#opened;
    if (!db) return null;
    return new Promise((tell) => {
      try {
        const asked = question(db);
        asked.onsuccess = () => tell(asked.result);
        asked.onerror = () => tell(null);
      } catch {
        tell(null);
      }
    });
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((tell, refuse) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("takes", { keyPath: "id" });
      asked.result.createObjectStore("chunks", { keyPath: ["take", "number"] });
    };
    asked.onsuccess = () => tell(asked.result);
    asked.onerror = () => refuse(asked.error);
  });
}
