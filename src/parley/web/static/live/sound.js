/** What the others say: one audio element each, apart from the pictures, so that no change of layout interrupts anybody. */

/** Tells `blocked` ({blocked}) when the browser wants a gesture before it plays. */
export class Sound extends EventTarget {
  constructor() {
    super();
    for (const gesture of ["pointerup", "keydown"]) addEventListener(gesture, () => this.#blocked && this.resume());
  }

  /** @type {Map<string, HTMLAudioElement>} */
  #players = new Map();
  #speaker = "";
  #blocked = false;

  /** @param {string} who @param {string} role @param {MediaStreamTrack} track */
  play(who, role, track) {
    const key = `${who} ${role}`;
    const player = this.#players.get(key) ?? new Audio();
    this.#players.set(key, player);
    player.srcObject = new MediaStream([track]);
    this.#route(player);
    this.#start(player);
  }

  /** Be heard from this speaker. @param {string} id */
  use(id) {
    this.#speaker = id;
    for (const player of this.#players.values()) this.#route(player);
  }

  /** After a gesture: play what the browser held back. */
  resume() {
    for (const player of this.#players.values()) this.#start(player);
  }

  /** Hear nobody who is muted, whatever their page goes on sending. @param {(who: string) => boolean} isMuted */
  hush(isMuted) {
    for (const [key, player] of this.#players) {
      const [who, role] = key.split(" ");
      player.muted = role === "face" && isMuted(who);
    }
  }

  /** @param {string} who */
  drop(who) {
    for (const [key, player] of this.#players) if (key.startsWith(`${who} `)) this.#stop(key, player);
  }

  close() {
    for (const [key, player] of this.#players) this.#stop(key, player);
  }

  #stop(key, player) {
    player.srcObject = null;
    this.#players.delete(key);
  }

  #route(player) {
    if ("setSinkId" in player) player.setSinkId(this.#speaker).catch(() => {});
  }

  #start(player) {
    player.play().then(
      () => this.#tell(false),
      (error) => error.name === "NotAllowedError" && this.#tell(true),
    );
  }

  #tell(blocked) {
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    this.dispatchEvent(new CustomEvent("blocked", { detail: { blocked } }));
  }
}
