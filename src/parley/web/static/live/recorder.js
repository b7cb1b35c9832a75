/** Records: what the composer shows becomes numbered chunks on the shelf, with marks where something happened. */

import { startTake } from "./uploader.js";

const EVERY = 2_000;
const LARGEST = 4 * 1024 * 1024;
const RATES = { videoBitsPerSecond: 1_500_000, audioBitsPerSecond: 96_000 };
const FORMATS = ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];

const format = () => FORMATS.find((one) => MediaRecorder.isTypeSupported(one));

export class Recorder {
  /** @type {import("./shelf.js").Take | null} */
  take = null;
  /** @type {import("./shelf.js").Mark[]} */
  #marks = [];
  #marked = 0;
  #number = 0;
  #began = 0;
  #ended = 0;
  /** Chunks are kept one after another. */
  #work = Promise.resolve();

  /** Whether this browser can record, and take care of what it recorded. */
  static get possible() {
    const able = "MediaRecorder" in window && "captureStream" in HTMLCanvasElement.prototype && "Worker" in window;
    return able && Boolean(crypto.subtle) && Boolean(format());
  }

  /** @param {import("./shelf.js").Shelf} shelf @param {import("./uploader.js").Uploader} uploader */
  constructor(shelf, uploader) {
    Object.assign(this, { shelf, uploader });
  }

  get milliseconds() {
    return this.#began ? (this.#ended || performance.now()) - this.#began : 0;
  }

  /** Begin. Throws what the server says when it may not be. @param {string} seat @param {MediaStream} stream */
  async start(seat, stream) {
    const { id, secret } = await startTake(seat, format());
    this.take = { id, secret, count: 0, milliseconds: 0, over: false };
    await this.shelf.keepTake(this.take);
    this.media = new MediaRecorder(stream, { mimeType: format(), ...RATES });
    this.media.ondataavailable = ({ data }) => this.#keep(data);
    this.media.start(EVERY);
    this.#began = performance.now();
    this.uploader.send(id, { live: true });
  }

  /** Remember that something happened now. @param {"joined" | "left" | "sharing" | "speaking"} kind @param {string} who */
  mark(kind, who) {
    this.#marked += 1;
    this.#marks.push({ number: this.#marked, milliseconds: Math.round(this.milliseconds), kind, who });
  }

  /** End; what is left is sent by and by. */
  async stop() {
    if (this.media.state !== "inactive") {
      const last = new Promise((over) => (this.media.onstop = over));
      this.media.stop();
      await last;
    }
    this.#ended = performance.now();
    await this.#work;
    this.take = { ...this.take, milliseconds: this.milliseconds, over: true };
    await this.shelf.keepTake(this.take);
    this.uploader.send(this.take.id, { live: true });
  }

  #keep(data) {
    const marks = this.#marks.splice(0);
    for (let at = 0; at < data.size; at += LARGEST) {
      this.#number += 1;
      const chunk = { take: this.take.id, number: this.#number, content: data.slice(at, at + LARGEST), marks: at ? [] : marks };
      this.take = { ...this.take, count: this.#number, milliseconds: this.milliseconds };
      const { take } = this;
      this.#work = this.#work.then(() => this.shelf.keepChunk(take, chunk));
    }
    if (!data.size) this.#marks.unshift(...marks);
    this.#work.then(() => this.uploader.send(this.take.id, { live: true }));
  }
}
