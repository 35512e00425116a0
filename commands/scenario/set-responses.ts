import { stageManager } from "../../director/play/scripted-actor.ts";
import type { RoomPort } from "../../shared/room-port.ts";
import { responseId } from "../../shared/rules-of.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import { services } from "../../shared/services/index.ts";

/** Automatic responses as the scenario has them: as the contracts say, or all left to people. Modes outlive a city's run, so they are set before each. */
export async function setResponses(room: RoomPort, how: Scenario["responses"]): Promise<void> {
  for (const { id: response, service } of room.responses()) {
    const own = services.find(({ id }) => id === service)?.responses.find((one) => response === responseId({ id: service }, one))?.mode ?? "manual";
    const done = await room.act({ do: "response-mode", response, mode: how === "manual" ? "manual" : own }, stageManager);
    if (!done.ok) throw new Error(done.reason);
  }
}
