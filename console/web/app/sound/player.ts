import { effect, signal } from "@preact/signals";
import type { Priority } from "../../../../shared/alarm-rule.ts";
import { flood } from "../../live/desk.ts";
import { link, second } from "../../live/state.ts";
import { keep, kept } from "../kept.ts";
import { shownAlarms } from "../kiosk.ts";
import { dueTone, quiet, type SoundState, silenced } from "./due.ts";
import { tones } from "./tones.ts";

const loudness = [0.06, 0.15, 0.35] as const;
type Volume = 0 | 1 | 2;
const keptVolume = Number(kept("volume") ?? 1);

/** Settings of this browser. */
export const soundOn = signal(kept("sound") !== "off");
export const volume = signal<Volume>(keptVolume === 0 || keptVolume === 2 ? keptVolume : 1);
/** A browser plays nothing before somebody has touched the page. */
export const blocked = signal(false);
/** Wall clock until which it is silenced. */
export const silentUntil = signal(0);

export function switchSound(on: boolean): void {
  soundOn.value = on;
  keep("sound", on ? "on" : "off");
}
export function chooseVolume(next: Volume): void {
  volume.value = next;
  keep("volume", String(next));
}

let context: AudioContext | undefined;
function look(): void {
  blocked.value = context !== undefined && context.state !== "running";
}
function opened(): AudioContext {
  if (context === undefined) {
    context = new AudioContext();
    context.addEventListener("statechange", look);
  }
  return context;
}

/** From a press of a person: what the browser blocked may sound from now on. */
export async function unblock(): Promise<void> {
  await opened().resume();
  look();
}

function play(priority: Priority): void {
  const audio = opened();
  look();
  if (audio.state !== "running") {
    // Some browsers allow it as soon as the page was touched, without telling.
    void audio.resume().then(look, look);
    if (blocked.peek()) return;
  }
  for (const { hertz, at, long } of tones[priority]) {
    const wave = audio.createOscillator();
    const level = audio.createGain();
    const from = audio.currentTime + 0.02 + at;
    wave.type = "triangle";
    wave.frequency.value = hertz;
    // Without a rise and a fall a tone clicks.
    level.gain.setValueAtTime(0, from);
    level.gain.linearRampToValueAtTime(loudness[volume.peek()], from + 0.015);
    level.gain.setValueAtTime(loudness[volume.peek()], from + long - 0.03);
    level.gain.linearRampToValueAtTime(0, from + long);
    wave.connect(level).connect(audio.destination);
    wave.start(from);
    wave.stop(from + long + 0.02);
  }
}

export async function testTone(priority: Priority): Promise<void> {
  await unblock();
  play(priority);
}

let state: SoundState = quiet;
export function silence(): void {
  state = silenced(state, Date.now());
  silentUntil.value = state.silentUntil;
}

/** Listens to the desk for as long as the page stands. Whether a sound would be blocked is known before one is due. */
export function runSound(): void {
  const touched = () => {
    if (context !== undefined && context.state !== "running") void unblock();
  };
  addEventListener("pointerdown", touched);
  addEventListener("keydown", touched);
  effect(() => {
    void second.value;
    const alarms = shownAlarms.value;
    if (!soundOn.value || link.value.state !== "live") return;
    if (context === undefined) {
      opened();
      look();
    }
    const due = dueTone(state, alarms, { wall: Date.now(), inFlood: flood.value.since !== null });
    state = due.state;
    if (due.tone !== undefined) play(due.tone);
  });
}
