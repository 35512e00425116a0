import { signal } from "@preact/signals";
import { responseId } from "../../../shared/rules-of.ts";
import type { Service } from "../../../shared/service.ts";
import { type Text, text } from "../../../shared/text.ts";
import type { Counting } from "./counting.ts";

/** Long enough to be read. */
const toldMs = 12_000;
/** What has been stopped from here a moment ago, in words. */
export const aborted = signal<Aborted | undefined>(undefined);
export interface Aborted {
  readonly whole: Text;
  /** Where something else counts down in its place already. */
  readonly brief: Text;
}

/** That nothing is sent now, and what happens all the same. */
export function abortedText({ response, title, row }: Pick<Counting, "response" | "title" | "row">, service: Service): Aborted {
  const otherwise = service.responses.find((one) => responseId(service, one) === response)?.otherwise;
  const also = (words: string | undefined): string => (words === undefined ? "" : ` ${words}.`);
  const [ko, en] = [`중단함: ${title.ko} · ${row.name.ko}`, `Aborted: ${title.en} · ${row.name.en}`];
  return {
    whole: text(`${ko}. 명령을 보내지 않습니다.${also(otherwise?.ko)}`, `${en}. No command is sent.${also(otherwise?.en)}`),
    brief: text(ko, en),
  };
}

export function tellAborted(words: Aborted): void {
  aborted.value = words;
  setTimeout(() => {
    if (aborted.peek() === words) aborted.value = undefined;
  }, toldMs);
}
