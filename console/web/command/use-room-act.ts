import { useState } from "preact/hooks";
import type { RoomAction } from "../../../shared/room-action.ts";
import { say } from "../language.ts";
import { act } from "../live/connect.ts";
import { refusalText } from "../views/alarms/refusals.ts";
import { reasonText } from "./reasons.ts";

export interface RoomAct {
  /** True when it was done; the news of it come by themselves. */
  run(action: RoomAction): Promise<boolean>;
  /** Why the newest one was refused. */
  readonly refusal: string | undefined;
  readonly busy: boolean;
}

/** An action of the room and its refusal, told in the place where it was asked. */
export function useRoomAct(): RoomAct {
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  return {
    refusal,
    busy,
    async run(action) {
      setBusy(true);
      setRefusal(undefined);
      const result = await act(action);
      setBusy(false);
      if (!result.ok) setRefusal(refusalText(say(reasonText(result.reason))));
      return result.ok;
    },
  };
}
