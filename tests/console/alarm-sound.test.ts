import { describe, expect, it } from "vitest";
import { betweenMs, dueTone, quiet, repeatMs, type SoundState, silenced, silenceMs } from "../../console/web/app/sound/due.ts";
import { tones } from "../../console/web/app/sound/tones.ts";
import { createVoice } from "../../console/web/app/top/voice.ts";
import type { Alarm } from "../../shared/alarm.ts";
import { listedAlarm } from "../support/listed-alarm.ts";

const asking = (id: string, priority: Alarm["priority"], part: Partial<Alarm> = {}) => listedAlarm({ id, priority, acked: false, ...part });
const now = { inFlood: false } as const;

/** Hears the room once a second from..to and says when which tone came. */
function listen(
  alarms: readonly Alarm[],
  from: number,
  to: number,
  start: SoundState = quiet,
  inFlood = false,
): { heard: [number, number][]; state: SoundState } {
  let state = start;
  const heard: [number, number][] = [];
  for (let wall = from; wall <= to; wall += 1000) {
    const due = dueTone(state, alarms, { wall, inFlood });
    state = due.state;
    if (due.tone !== undefined) heard.push([wall, due.tone]);
  }
  return { heard, state };
}

describe("alarm tones", () => {
  it("sound once for a new alarm, and every minute while a P1 or P2 is unacknowledged", () => {
    expect(listen([asking("a", 1)], 0, 150_000).heard).toEqual([
      [0, 1],
      [repeatMs, 1],
      [2 * repeatMs, 1],
    ]);
    expect(listen([asking("a", 3)], 0, 150_000).heard).toEqual([[0, 3]]);
  });
  it("stop with the acknowledgement, and do not sound for what is shelved, cleared or of a sensor", () => {
    const first = listen([asking("a", 1)], 0, 1000);
    expect(listen([listedAlarm({ id: "a", priority: 1 })], 2000, 200_000, first.state).heard).toEqual([]);
    const others = [
      asking("shelved", 1, { shelved: { until: 9, by: "a", reason: "b", once: false } }),
      asking("cleared", 1, { active: false }),
      asking("sensor", 1, { class: "maintenance" }),
    ];
    expect(listen(others, 0, 100_000).heard).toEqual([]);
  });
  it("never come twice within ten seconds; the gravest speaks for all that came", () => {
    const first = dueTone(quiet, [asking("a", 4)], { wall: 0, ...now });
    const more = [asking("a", 4), asking("b", 2), asking("c", 1)];
    expect(dueTone(first.state, more, { wall: betweenMs - 1, ...now }).tone).toBeUndefined();
    const second = dueTone(first.state, more, { wall: betweenMs, ...now });
    expect(second.tone).toBe(1);
    expect(dueTone(second.state, more, { wall: 2 * betweenMs, ...now }).tone).toBeUndefined();
  });
  it("are silent for two minutes when silenced, and tell afterwards what came meanwhile", () => {
    const state = silenced(quiet, 0);
    const { heard } = listen([asking("a", 3)], 0, 200_000, state);
    expect(heard).toEqual([[silenceMs, 3]]);
  });
  it("are those of P1 and P2 alone in a flood", () => {
    expect(listen([asking("a", 3)], 0, 100_000, quiet, true).heard).toEqual([]);
    expect(listen([asking("a", 3), asking("b", 2)], 0, 1000, quiet, true).heard).toEqual([[0, 2]]);
  });
  it("sound again when it occurs again, or becomes graver", () => {
    const first = listen([asking("a", 4)], 0, 1000);
    expect(listen([asking("a", 4, { occurrence: 2 })], 20_000, 21_000, first.state).heard).toEqual([[20_000, 4]]);
    expect(listen([asking("a", 3)], 20_000, 21_000, first.state).heard).toEqual([[20_000, 3]]);
  });
  it("are told apart by rhythm and pitch: the graver, the more beats and the higher", () => {
    const shape = ([1, 2, 3, 4] as const).map((priority) => [tones[priority].length, tones[priority][0]?.hertz ?? 0] as const);
    for (const [at, [beats, hertz]] of shape.entries()) {
      const next = shape[at + 1];
      if (next) expect([beats > next[0], hertz > next[1]]).toEqual([true, true]);
    }
  });
});

describe("what a screen reader hears", () => {
  it("is a P1 by name, and of the others how many; what stood there before is not told", () => {
    const voice = createVoice();
    expect(voice.hear([asking("old", 1)])).toEqual({ urgent: [], others: 0 });
    const heard = voice.hear([asking("old", 1), asking("a", 1), asking("b", 2), asking("c", 4), listedAlarm({ id: "d" })]);
    expect(heard.urgent.map(({ id }) => id)).toEqual(["a"]);
    expect(heard.others).toBe(2);
    expect(voice.hear([asking("old", 1), asking("a", 1)])).toEqual({ urgent: [], others: 0 });
    expect(voice.hear([asking("a", 1, { occurrence: 2 })]).urgent).toHaveLength(1);
  });
  it("is also what has become a P1, and nothing of what has become milder", () => {
    const voice = createVoice();
    voice.hear([asking("a", 3), asking("b", 1)]);
    const heard = voice.hear([asking("a", 1), asking("b", 2)]);
    expect(heard.urgent.map(({ id }) => id)).toEqual(["a"]);
    expect(heard.others).toBe(0);
  });
});
