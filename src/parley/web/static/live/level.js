/** How loud a microphone is: 0 to 1, read as often as one likes. */

/** @type {AudioContext | undefined} */
let context;

/** A browser lets a page listen in only after somebody touched it; until then it would complain. */
const touched = () => navigator.userActivation?.hasBeenActive ?? true;

export class Level {
  /** @type {MediaStreamAudioSourceNode | null} */
  #source = null;
  /** @type {AnalyserNode | null} */
  #analyser = null;
  #samples = new Float32Array(512);
  /** @type {MediaStreamTrack | null} */
  #track = null;

  /** Listen to this track instead. @param {MediaStreamTrack | null} track */
  attach(track) {
    if (track === this.#track) return;
    this.#source?.disconnect();
    this.#source = null;
    this.#track = track;
  }

  /** The loudness now, on a scale on which ordinary speech is a little above the middle. */
  get value() {
    if (!this.#track?.enabled || !touched()) return 0;
    if (!this.#source) this.#connect();
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    return Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-10) + 60) / 50));
  }

  #connect() {
    context ??= new AudioContext();
    this.#analyser ??= new AnalyserNode(context, { fftSize: 512 });
    this.#source = context.createMediaStreamSource(new MediaStream([this.#track]));
    this.#source.connect(this.#analyser);
  }
}
