import { type CommandMessage, commandSchema } from "../shared/command.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import { parseDeviceTopic } from "../shared/topics.ts";

/** Reads what came on a device's `cmd` topic. A device cannot answer what it cannot read: the reason is for the log. */
export function readCommand(topic: string, payload: Buffer): Result<CommandMessage> {
  const at = parseDeviceTopic(topic);
  if (!at.ok) return at;
  const { device, channel } = at.value;
  if (channel !== "cmd") return refuse(`${topic} is no command`);
  const parsed = commandSchema.safeParse(json(payload));
  if (!parsed.success) return refuse(`not understood on ${topic}: ${payload.toString("utf8", 0, 200)}`);
  return parsed.data.d === device ? ok(parsed.data) : refuse(`a command to ${parsed.data.d} came on ${topic}`);
}

function json(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}
