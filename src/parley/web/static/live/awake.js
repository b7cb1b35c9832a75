/** Keeping the screen of a phone on while its person is in a meeting and perhaps only listens. */

/** @param {AbortSignal} signal ends it */
export function stayAwake(signal) {
  /** @type {WakeLockSentinel | null | undefined} */
  let lock;
  const ask = async () => {
    if (document.hidden || signal.aborted) return;
    lock = await navigator.wakeLock?.request("screen").catch(() => null);
    if (signal.aborted) lock?.release();
  };
  document.addEventListener("visibilitychange", ask, { signal });
  signal.addEventListener("abort", () => lock?.release());
  ask();
}
