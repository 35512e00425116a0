import { useMemo } from "preact/hooks";
import type { InjectionGroup } from "../../../../shared/scenario/injection.ts";
import type { InjectionKindRow } from "../../../../shared/scenario/scenario-port.ts";
import { type Text, text } from "../../../../shared/text.ts";
import { useAnswer } from "../../trend/use-answer.ts";

export type Kinds = ReadonlyMap<string, InjectionKindRow>;
const none: Kinds = new Map();

/** What can be injected; the same as long as the server lives. */
export function useKinds(wanted: boolean): { readonly kinds: Kinds; readonly reason: string | undefined; readonly again: () => void } {
  const { value, reason, again } = useAnswer<{ kinds: readonly InjectionKindRow[] }>(wanted ? "/api/v1/injections/kinds" : undefined);
  const kinds = useMemo(() => (value === undefined ? none : new Map(value.kinds.map((kind) => [kind.id, kind]))), [value]);
  return { kinds, reason, again };
}

export const groupText: Readonly<Record<InjectionGroup, Text>> = {
  environment: text("환경", "Environment"),
  incident: text("사건", "Incident"),
  sensor: text("센서 고장", "Sensor fault"),
  transport: text("통신 고장", "Transport fault"),
};
