/** Sharing one's own screen, a window or a tab. */

const WISH = {
  video: { frameRate: { ideal: 15, max: 30 } },
  audio: true,
  selfBrowserSurface: "exclude",
  surfaceSwitching: "include",
};

/** Tells `change` when sharing starts or stops, wherever it was stopped. */
export class Screen extends EventTarget {
  /** @type {{screen: MediaStreamTrack | null, sound: MediaStreamTrack | null}} */
  tracks = { screen: null, sound: null };

  /** Whether this browser can share anything. */
  static get possible() {
    return Boolean(navigator.mediaDevices?.getDisplayMedia);
  }

  get on() {
    return this.tracks.screen !== null;
  }

  /** Ask what to share. Thinking better of it is no error. @returns {Promise<"shared" | "declined" | "failed">} */
  async start() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getDisplayMedia(WISH);
    } catch (error) {
      return error.name === "NotAllowedError" || error.name === "AbortError" ? "declined" : "failed";
    }
    const [screen] = stream.getVideoTracks();
    screen.contentHint = "detail";
    screen.addEventListener("ended", () => this.stop());
    this.tracks = { screen, sound: stream.getAudioTracks()[0] ?? null };
    this.#tell();
    return "shared";
  }

  stop() {
    if (!this.on) return;
    const { screen, sound } = this.tracks;
    this.tracks = { screen: null, sound: null };
    screen.stop();
    sound?.stop();
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
