import type { Response } from "../../shared/alarm-rule.ts";
import { type Service, type Text, text } from "../../shared/service.ts";
import type { Said } from "./said.ts";
import type { Standing } from "./standing.ts";

const estimate = text("경보의 근거가 된 값이 추정치입니다", "The value that it rests on is an estimate");
const doubtful = text("경보의 근거가 된 값을 믿을 수 없습니다", "The value that it rests on cannot be trusted");

/** Why the response must not act now; undefined = nothing speaks against it. A guard of which the device has said nothing does not hold. */
export function guardOf({ rules }: Service, response: Response, { source, device }: Standing, said: Said): Text | undefined {
  for (const { metric, is, says } of response.guards) {
    const value = said.value(device, metric)?.value;
    if (value !== undefined && (typeof is === "boolean" ? value === is : is.includes(String(value)))) return says;
  }
  const when = rules.find(({ id }) => id === response.rule)?.when;
  const quality = when !== undefined && "metric" in when ? said.value(source, when.metric)?.q : undefined;
  if (quality === "est") return estimate;
  return quality === "bad" || quality === "stale" ? doubtful : undefined;
}
