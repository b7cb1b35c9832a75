/** How loud a microphone is: 0 to 1, read as often as one likes. */

/** @type {AudioContext | undefined} */
let context;

/** A browser starts audio only after a gesture; the first one anywhere on the page will do. */
function ready() {
  context ??= new AudioContext();
  if (context.state === "suspended") {
    for (const gesture of ["pointerdown", "keydown"]) {
      addEventListener(gesture, () => context.resume(), { once: true, capture: true });
    }
  }
  return context;
}

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
    this.#track = track;
    this.#source = null;
    if (!track) return;
    const audio = ready();
    this.#analyser ??= new AnalyserNode(audio, { fftSize: 512 });
    this.#source = audio.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }

  /** The loudness now, on a scale on which ordinary speech is about the middle. */
  get value() {
    if (!this.#source || !this.#track?.enabled) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    return Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-10) + 60) / 50));
  }
}
