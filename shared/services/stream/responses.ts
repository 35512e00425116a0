import type { Response } from "../../alarm-rule.ts";
import { text } from "../../text.ts";

/**
 * The path is warned at once and closed half a minute later: with 20 to 40 s of travel a gate is shut before anybody asks why it stays open
 * (`gate-stays`, 120 s). Whoever walks towards it reads the display first. Afterwards a gate belongs to its float switch again, which opens it when
 * the path has been dry for long enough.
 */
export const responses = [
  {
    id: "warn-path",
    title: text("산책로 대피 안내", "Tell people to leave the path"),
    rule: "path-floods",
    op: "show",
    args: { text: "evacuate" },
    on: "self",
    countdown: 0,
    guards: [],
    mode: "auto",
  },
  {
    id: "close-gate",
    title: text("차단문 자동 닫기", "Close the gate"),
    rule: "path-floods",
    op: "close",
    args: {},
    on: "self",
    countdown: 30,
    otherwise: text(
      "물이 산책로에 닿으면 차단문은 제 부력 스위치로 스스로 닫힙니다",
      "When the water is at the path the gate still closes by its own float switch",
    ),
    guards: [{ metric: "gate", is: ["fault"], says: text("차단문이 고장입니다", "The gate is out of order") }],
    mode: "auto",
  },
  {
    id: "release-gate",
    title: text("차단문 현장 자동으로 되돌리기", "Give the gate back to its float switch"),
    rule: "path-floods",
    when: "cleared",
    op: "auto",
    args: {},
    on: "self",
    countdown: 600,
    guards: [],
    mode: "auto",
  },
  {
    id: "clear-display",
    title: text("대피 안내 끄기", "Switch the warning off"),
    rule: "path-floods",
    when: "cleared",
    op: "show",
    args: { text: "off" },
    on: "self",
    countdown: 600,
    guards: [],
    mode: "auto",
  },
] as const satisfies readonly Response<"gauge" | "gate">[];
