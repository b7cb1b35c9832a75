/** The connection test: one thing after the other, each with words on what to do about it. */

import { Devices } from "../live/devices.js";
import { Level } from "../live/level.js";
import { part, setText } from "../live/markup.js";
import { offerDevices } from "../live/picker.js";
import { troubleWords } from "../live/trouble.js";
import { say } from "../live/words.js";
import { media, paths, relay, server, speed } from "./network.js";

const BARS = 5;
const BLINK = 70;
const SPOKEN = 0.25;
const LISTENS = 4_000;

const root = document.querySelector("main");
const given = JSON.parse(document.getElementById("check").textContent);
const devices = new Devices();
const level = new Level();
const bars = [...root.querySelectorAll(".meter i")];
let loudest = 0;

/** @typedef {{state: "good" | "warn" | "bad" | "skipped", words: string}} Result */

/** Show how one thing stands. @param {string} name @param {string} state @param {string} [words] */
function show(name, state, words = "") {
  const step = root.querySelector(`[data-check=${name}]`);
  step.dataset.state = state;
  setText(part(step, "state"), say(`check-${state}`));
  setText(part(step, "words"), words);
}

/** @param {string} name @param {() => Promise<Result> | Result} test @returns {Promise<Result>} */
async function run(name, test) {
  show(name, "running");
  const result = await Promise.resolve(test()).catch((trouble) => ({ state: "bad", words: String(trouble.message) }));
  show(name, result.state, result.words);
  return result;
}

function browser() {
  if (!window.isSecureContext) return { state: "bad", words: say("browser-insecure") };
  if (!navigator.mediaDevices?.getUserMedia || !window.RTCPeerConnection) return { state: "bad", words: say("browser-bad") };
  const shares = Boolean(navigator.mediaDevices.getDisplayMedia);
  return { state: "good", words: say(shares ? "browser-good" : "browser-no-screen") };
}

/** What is the matter with a device, if anything. @param {"microphone" | "camera"} kind @returns {Result | null} */
function trouble(kind) {
  const why = devices.troubles[kind];
  if (!why) return null;
  const { title, mend } = troubleWords(why, kind);
  return { state: "bad", words: `${title} ${mend}` };
}

async function microphone() {
  const wrong = trouble("microphone");
  if (wrong) return wrong;
  const name = devices.tracks.microphone.label;
  for (const end = performance.now() + LISTENS; performance.now() < end && loudest < SPOKEN; ) await pause(BLINK);
  const heard = loudest >= SPOKEN;
  return { state: heard ? "good" : "warn", words: say(heard ? "microphone-good" : "microphone-silent", { name }) };
}

function camera() {
  const track = devices.tracks.camera;
  if (!track) return trouble("camera") ?? { state: "skipped", words: say("preview-camera-off") };
  const { width = 0, height = 0 } = track.getSettings();
  return { state: "good", words: say("camera-good", { name: track.label, width, height }) };
}

/** A tone over the chosen speaker; whether it was heard, only its listener knows. */
async function playSound() {
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 523 });
  const volume = new GainNode(audio, { gain: 0.2 });
  const out = audio.createMediaStreamDestination();
  tone.connect(volume).connect(out);
  const player = Object.assign(new Audio(), { srcObject: out.stream });
  try {
    if (devices.choices.speaker.id && "setSinkId" in player) await player.setSinkId(devices.choices.speaker.id);
    tone.start();
    await player.play();
    show("speaker", "good", say("speaker-played"));
    await pause(700);
  } catch {
    show("speaker", "bad", say("speaker-bad"));
  } finally {
    player.pause();
    await audio.close();
  }
}

async function test() {
  loudest = 0;
  part(root, "sum").hidden = true;
  const results = [await run("browser", browser)];
  devices.choices.microphone.on = devices.choices.camera.on = true;
  await devices.open();
  part(root, "own").hidden = false;
  show("speaker", "skipped", say("speaker-ask"));
  const own = [run("microphone", microphone), run("camera", camera), run("server", server)];
  results.push(...(await Promise.all(own)), await run("media", media));
  results.push(await run("paths", () => paths(given)), await run("relay", () => relay(given)));
  results.push(await run("speed", () => speed(given)));
  sum(results.map(({ state }) => state));
}

/** @param {string[]} states */
function sum(states) {
  const worst = states.includes("bad") ? "bad" : states.includes("warn") ? "warn" : "good";
  const box = part(root, "sum");
  box.className = `notice check-sum ${{ good: "ok", warn: "warn", bad: "bad" }[worst]}`;
  box.textContent = say({ good: "check-all-good", warn: "check-some-warn", bad: "check-some-bad" }[worst]);
  box.hidden = false;
}

function drawOwn() {
  const { camera: track } = devices.tracks;
  const picture = part(root, "picture");
  if ((picture.srcObject?.getVideoTracks()[0] ?? null) !== track) picture.srcObject = track ? new MediaStream([track]) : null;
  level.attach(devices.tracks.microphone);
}

function drawLevel() {
  const { value } = level;
  loudest = Math.max(loudest, value);
  bars.forEach((bar, at) => bar.classList.toggle("on", at < Math.round(value * BARS - 0.1)));
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const start = root.querySelector("[data-act=start]");
start.disabled = false;
start.addEventListener("click", async () => {
  if (start.getAttribute("aria-disabled") === "true") return;
  start.setAttribute("aria-disabled", "true");
  await test();
  start.setAttribute("aria-disabled", "false");
  setText(part(start, "start-words"), say("check-again"));
});
root.querySelector("[data-act=sound]").addEventListener("click", playSound);
offerDevices(part(root, "own"), devices);
devices.addEventListener("change", drawOwn);
setInterval(drawLevel, BLINK);
