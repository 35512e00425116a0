import { text } from "../text.ts";
import { count, metric, word } from "./fields.ts";
import type { InjectionKind } from "./injection.ts";

/** A real recording in the place of what the model says: ordinary life as far as anybody knows, so that it is neither event nor fault. Sensor faults act on top of it. */
export const recordingKinds = {
  recording: {
    truth: "quiet",
    title: text("실측 기록", "Real recording"),
    effect: text(
      "{where}: {metric}의 참값이 기록 {file}을(를) 따릅니다 (처음에서 {offset}초, 끝나면: {end}).",
      "{where}: {metric} follows the recording {file} (from its second {offset} on; at its end: {end}).",
    ),
    fields: {
      metric,
      file: { kind: "file", label: text("기록 파일 (CSV)", "Recording (CSV)") },
      offset: count("시작 위치", "Begins at", "s", [0, 366 * 86_400], 0),
      end: word(
        "끝나면",
        "At its end",
        {
          hold: text("마지막 값 유지", "the last value stays"),
          repeat: text("처음부터 반복", "it begins anew"),
          stop: text("모의값으로 복귀", "the model goes on"),
        },
        "hold",
      ),
    },
    on: "device",
    lasts: null,
  },
} as const satisfies Readonly<Record<string, InjectionKind>>;

/** Name of a kept recording: what a file was called, and what is in it. It fits an argument. */
export const recordingFilePattern = /^[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?\.csv$/;
