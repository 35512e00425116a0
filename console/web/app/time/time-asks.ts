import { computed, signal } from "@preact/signals";
import type { ClockAction } from "../../../../shared/clock.ts";
import type { Text } from "../../../../shared/service.ts";
import { askClock } from "../../live/connect.ts";
import { clock, link, now, rights } from "../../live/state.ts";
import { type Key, offerKeys } from "../keys/keyboard.ts";

export const rates = [1, 10, 60, 600, 3600] as const;
export const stepSeconds = 60;
const hourMs = 3_600_000;

/** Why the city's time cannot be run now; undefined = it can. */
export const locked = computed<Text | undefined>(() => {
  if (link.value.state !== "live") return { ko: "연결되면 쓸 수 있습니다.", en: "Once the connection is back." };
  if (!rights.value.includes("clock"))
    return { ko: "시간은 시연자·시험자·관리자가 움직입니다.", en: "Demonstrators, testers and admins run the time." };
  if (clock.value === undefined) return { ko: "모의 도시가 없습니다.", en: "There is no simulated city." };
  if (clock.value.phase === "gone") return { ko: "모의 도시가 멈춰 있습니다.", en: "The simulated city has stopped." };
  if (clock.value.phase === "jump") return { ko: "앞당기기가 끝나면 쓸 수 있습니다.", en: "Once the jump has arrived." };
  if (clock.value.phase !== "live") return { ko: "되채우기가 끝나면 쓸 수 있습니다.", en: "Once the history is full." };
  return undefined;
});

/** What is asked and not answered yet, and why the last ask was refused. */
export const asked = signal<string | undefined>(undefined);
export const refusal = signal<string | undefined>(undefined);
/** A reset is armed by one gesture and confirmed by another. */
export const armedReset = signal<{ readonly seed: number; readonly until: number } | undefined>(undefined);
const armedMs = 30_000;
/** A refusal has been read by then. */
const refusalMs = 8000;

/** What was asked while another ask was on its way: the newest goes next, no key is lost. */
let waiting: ClockAction | undefined;

export async function ask(action: ClockAction): Promise<void> {
  if (locked.peek() !== undefined) return;
  if (asked.peek() !== undefined) {
    waiting = action;
    return;
  }
  asked.value = Object.keys(action)[0] ?? "";
  refusal.value = undefined;
  const answer = await askClock(action);
  asked.value = undefined;
  const next = waiting;
  waiting = undefined;
  if (answer.ok) return next === undefined ? undefined : ask(next);
  refusal.value = answer.reason;
  setTimeout(() => {
    if (refusal.peek() === answer.reason) refusal.value = undefined;
  }, refusalMs);
}

/** A jump may be ended on the way, while its own ask still waits for its arrival. */
export const canStopJump = computed(() => clock.value?.phase === "jump" && link.value.state === "live" && rights.value.includes("clock"));
export async function stopJump(): Promise<void> {
  if (canStopJump.peek()) await askClock({ paused: true });
}

export const togglePause = (): Promise<void> => (canStopJump.peek() ? stopJump() : ask({ paused: !(clock.peek()?.paused ?? false) }));
export const step = async (): Promise<void> => {
  if (clock.peek()?.paused) await ask({ step: stepSeconds });
};
const jump = (to: number): Promise<void> => ask({ jumpTo: Math.round(to) });
export const jumpAhead = (hours: number): Promise<void> => jump(now.peek() + hours * hourMs);

function otherRate(by: 1 | -1): void {
  const at = clock.peek()?.asked ?? 1;
  const next = by > 0 ? rates.find((rate) => rate > at) : rates.findLast((rate) => rate < at);
  if (next !== undefined) void ask({ rate: next });
}

export function armReset(seed: number): void {
  if (locked.peek() === undefined) armedReset.value = { seed, until: Date.now() + armedMs };
}
export function confirmReset(): void {
  const armed = armedReset.peek();
  armedReset.value = undefined;
  if (armed && Date.now() < armed.until) void ask({ reset: { seed: armed.seed } });
}

const timeKeys: readonly Key[] = [
  { code: "Space", sign: "Space", does: { ko: "멈춤 / 계속", en: "Pause / go on" }, act: () => void togglePause() },
  { code: "Period", sign: ".", does: { ko: "멈춘 동안 1분 앞으로", en: "One minute on, while paused" }, act: () => void step() },
  { code: "Equal", sign: "=", does: { ko: "더 빠르게", en: "Faster" }, act: () => otherRate(1) },
  { code: "Minus", sign: "−", does: { ko: "더 느리게", en: "Slower" }, act: () => otherRate(-1) },
  { code: "KeyL", sign: "L", does: { ko: "실시간 ×1", en: "Live, ×1" }, act: () => void (clock.peek()?.paused ? togglePause() : ask({ rate: 1 })) },
  { code: "KeyJ", sign: "J", does: { ko: "한 시간 뒤로 건너뛰기", en: "Jump one hour ahead" }, act: () => void jumpAhead(1) },
  {
    code: "KeyR",
    sign: "R",
    does: { ko: "초기화 준비 (Enter로 확인)", en: "Arm a reset (Enter confirms)" },
    act: () => armReset(clock.peek()?.seed ?? 1),
  },
];
const armedKeys: readonly Key[] = [
  { code: "Enter", sign: "Enter", does: { ko: "처음부터 다시 시작", en: "Confirm the reset" }, act: confirmReset },
  { code: "Escape", sign: "Esc", does: { ko: "준비 풀기", en: "Disarm" }, act: () => (armedReset.value = undefined) },
];
/** Confirming keys exist only while something is armed, and then before all others. */
export function offerTimeKeys(armed: boolean): () => void {
  return offerKeys(armed ? armedKeys : timeKeys);
}
