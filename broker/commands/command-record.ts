import type { Command, CommandType } from "../../shared/command.ts";
import type { Timeline } from "../../shared/timeline.ts";

/** What the room keeps of one command. Plain data. */
export interface CommandRecord extends Command {
  readonly timeline: Timeline;
  /** Of a device's commands of one family only the newest can come true. */
  readonly family: string;
  /** The device was as commanded before it was told: only its answer shows that it has heard. */
  readonly already: boolean;
  /** Since when the device shows what was commanded without having answered; null = it does not. */
  readonly shownAt: number | null;
}

export const commandOf = ({ timeline, family, already, shownAt, ...command }: CommandRecord): Command => command;

/** Commands whose outcome shows at the same place undo each other; the contract may say so of others, too. */
export const familyOf = ({ family, readBack }: CommandType): string => family ?? ("event" in readBack ? `event ${readBack.event}` : readBack.metric);
