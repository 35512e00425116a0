import type { RefusalCode } from "../../../../shared/city-port.ts";
import type { Text } from "../../../../shared/service.ts";

/** Why a message can be refused: a word, and what it means. */
export const codes: Readonly<Record<RefusalCode, { readonly word: Text; readonly means: Text }>> = {
  rights: { word: { ko: "권한", en: "rights" }, means: { ko: "남의 토픽에 보냄", en: "not the sender's topic" } },
  size: { word: { ko: "크기", en: "size" }, means: { ko: "너무 큼", en: "too large" } },
  topic: { word: { ko: "토픽", en: "topic" }, means: { ko: "모르는 토픽", en: "unknown topic" } },
  json: { word: { ko: "JSON", en: "JSON" }, means: { ko: "읽을 수 없는 JSON", en: "not readable JSON" } },
  shape: { word: { ko: "모양", en: "shape" }, means: { ko: "규약에 없는 칸", en: "not the agreed shape" } },
  device: { word: { ko: "기기", en: "device" }, means: { ko: "모르는 기기", en: "unknown device" } },
  metric: { word: { ko: "측정값", en: "metric" }, means: { ko: "그 기기에 없는 값", en: "not of this kind" } },
  range: { word: { ko: "범위", en: "range" }, means: { ko: "물리 범위 밖", en: "outside its range" } },
  time: { word: { ko: "시각", en: "time" }, means: { ko: "앞선 시각", en: "ahead of its time" } },
  event: { word: { ko: "사건", en: "event" }, means: { ko: "모르는 사건", en: "unknown event" } },
  meta: { word: { ko: "등록 정보", en: "birth document" }, means: { ko: "틀린 등록 정보", en: "wrong birth document" } },
  reserved: { word: { ko: "예약", en: "reserved" }, means: { ko: "예약된 토픽", en: "reserved topic" } },
};
export const codeNames = Object.keys(codes).filter((name): name is RefusalCode => name in codes);
