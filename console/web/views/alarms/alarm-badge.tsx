import type { Alarm } from "../../../../shared/alarm.ts";
import { say } from "../../language.ts";
import { Badge, type BadgeLook, MaintenanceMark } from "../../widgets/badge.tsx";
import { badgeText } from "./words.ts";

const looks: Readonly<Record<Alarm["state"], BadgeLook>> = {
  A: "kept",
  B: "unacknowledged",
  C: "filled",
  D: "cleared",
  E: "kept",
  F: "kept",
  G: "kept",
};

interface AlarmBadgeProps {
  readonly alarm: Pick<Alarm, "priority" | "class" | "state" | "active" | "latched">;
  readonly size?: number;
  /** The words beside it say the same. */
  readonly silent?: boolean;
}

/** The mark of one alarm: priority by shape and number, state by outline and fill. */
export function AlarmBadge({ alarm, size = 20, silent = false }: AlarmBadgeProps) {
  const look = looks[alarm.state];
  const label = silent ? undefined : say(badgeText(alarm));
  if (alarm.class === "maintenance") return <MaintenanceMark look={look} size={size} label={label} />;
  return <Badge rank={alarm.priority} look={look} size={size} label={label} flashes={alarm.state === "B"} />;
}
