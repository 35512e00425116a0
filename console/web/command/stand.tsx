import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Service } from "../../../shared/service.ts";
import { say, t } from "../language.ts";
import { eachSecond, freshness } from "../views/device/readings.ts";
import type { Order } from "./arming.ts";
import { familyName } from "./fields.ts";
import { Actual, Commanded } from "./marks.tsx";
import { newestOf, standing, standingWord } from "./of-device.ts";
import { ofItself } from "./of-itself.ts";
import { actualText, commandedText } from "./words.ts";

/** Equal texts together, with how many say so where they differ. */
function tally(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const one of texts) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].map(([one, count]) => (counts.size > 1 ? `${one} ${count}` : one)).join(" · ") || "—";
}

interface StandProps {
  readonly service: Service;
  readonly rows: readonly DeviceRow[];
  /** A command of the family that is meant. */
  readonly op: string;
  /** What is about to be asked; absent = what was asked last. */
  readonly order?: Order;
}
/** What was asked, and what the devices say: both, always. */
export function Stand({ service, rows, op, order }: StandProps) {
  void eachSecond.value;
  const type = service.commands[op];
  const family = type === undefined ? "" : familyName(type);
  const newest = rows.map((row) => newestOf(service, row.id, family));
  const said = rows.map((row, index) => {
    const command = newest[index];
    const now = standing(service, row, op) ?? (command === undefined ? null : actualText(service, command));
    if (now === null) return t("말한 적 없음", "nothing yet");
    const by = ofItself(service, op, standingWord(service, row, op), command);
    return by === undefined ? say(now) : `${say(now)} (${say(by)})`;
  });
  const isWaited = newest.some((command) => command?.state === "pending");
  const isStale = rows.some((row) => freshness(row) !== "fresh");
  const asked = order === undefined ? newest.map((command) => (command === undefined ? "—" : say(commandedText(service, command)))) : undefined;
  return (
    <span class="k-stand">
      <Commanded>{asked === undefined && order !== undefined ? `${say(commandedText(service, order))}?` : tally(asked ?? [])}</Commanded>
      <Actual look={isWaited ? "waited" : isStale ? "stale" : "known"}>{tally(said)}</Actual>
    </span>
  );
}
