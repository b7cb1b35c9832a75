// Notes on a page when somebody last clicked, whether the server has said a first word over a socket, and when the
// first frame of somebody else's camera was decoded.
// Put into every page before its own scripts, Parley's and the peer's alike. Times are milliseconds since 1970.
{
  const now = () => performance.timeOrigin + performance.now();
  const noted = { clicked: null, greeted: false, decoded: null };
  window.benchNoted = noted;

  const note = async (track) => {
    if (track.kind !== "video") return;
    const frames = new MediaStreamTrackProcessor({ track }).readable.getReader();
    const { value: frame } = await frames.read();
    noted.decoded ??= now();
    frame?.close();
    await frames.cancel();
  };

  window.WebSocket = class extends WebSocket {
    constructor(...settings) {
      super(...settings);
      this.addEventListener("message", () => (noted.greeted = true), { once: true });
    }
  };
  window.addEventListener("click", () => (noted.clicked = now()), { capture: true });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...settings) {
      super(...settings);
      this.addEventListener("track", ({ track }) => note(track));
    }
  };
}
