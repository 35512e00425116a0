import type { CityClock } from "../../../../shared/clock.ts";
import type { Text } from "../../../../shared/service.ts";
import type { Link } from "../../live/state.ts";

/** A city whose time is this far from the wall clock, or that runs faster or slower, is not live. */
const awayMs = 120_000;

/** What the time on the screen means, in one word. */
export function modeOf(link: Link, clock: CityClock | undefined, seeks = false, wall = Date.now()): { readonly id: string; readonly text: Text } {
  if (link.state === "down") return { id: "down", text: { ko: "연결 끊김", en: "Disconnected" } };
  if (link.state === "opening") return { id: "opening", text: { ko: "잇는 중", en: "Connecting" } };
  if (clock === undefined) return { id: "field", text: { ko: "현장 기기만", en: "Field only" } };
  if (clock.phase === "gone") return { id: "gone", text: { ko: "도시 멈춤", en: "City stopped" } };
  if (clock.phase === "backfill") return { id: "backfill", text: { ko: "되채우는 중", en: "Filling" } };
  if (clock.phase === "jump") return { id: "jump", text: { ko: "앞당기는 중", en: "Jumping" } };
  if (seeks) return { id: "jump", text: { ko: "큐로 이동", en: "To cue" } };
  if (clock.paused) return { id: "paused", text: { ko: "멈춤", en: "Paused" } };
  if (clock.asked !== 1 || Math.abs(clock.head - wall) > awayMs) return { id: "running", text: { ko: "모의 시각", en: "CITY TIME" } };
  return { id: "live", text: { ko: "실시간", en: "LIVE" } };
}

export const rateFigure = (rate: number): string => (rate >= 10 ? Math.round(rate).toLocaleString("en-US") : String(Math.round(rate * 10) / 10));
/** A measured rate swings; within this share it is the asked one. */
const sameShare = 0.08;
export const keepsUp = ({ rate, asked, paused }: CityClock): boolean => paused || asked === null || rate >= asked * (1 - sameShare);

/** Effective rate, and the asked one where the chain does not keep up. */
export function rateText(clock: CityClock): Text {
  const { rate, asked } = clock;
  const wanted: Text = asked === null ? { ko: "", en: "" } : { ko: ` (요청 ${rateFigure(asked)})`, en: ` (asked ${rateFigure(asked)})` };
  if (clock.paused) return { ko: `×0${wanted.ko}`, en: `×0${wanted.en}` };
  if (asked === null) return { ko: `×${rateFigure(rate)} (가장 빠르게)`, en: `×${rateFigure(rate)} (fastest)` };
  if (Math.abs(rate - asked) <= asked * sameShare) return { ko: `×${rateFigure(asked)}`, en: `×${rateFigure(asked)}` };
  return { ko: `×${rateFigure(rate)}${wanted.ko}`, en: `×${rateFigure(rate)}${wanted.en}` };
}
