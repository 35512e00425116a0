import { text } from "../../text.ts";

/** What the desk does first, whatever it was. */
export const callFirst = text("댁내장비로 전화해 상태를 확인합니다", "Call the home and ask how the resident is");
export const sendVisit = text("응답이 없으면 응급관리요원 방문을 요청합니다", "No answer: send a care worker");
export const then119 = text("응답이 없거나 도움이 필요하면 119에 출동을 요청합니다", "No answer, or help is needed: ask 119 to go");
