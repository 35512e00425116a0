import type { ChronicleLine } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { say } from "../../live/room.ts";

/** An event of the contract or of a rule in words, or silence and return. */
export function eventWords(line: ChronicleLine, service: Service): string {
  if (line.what === "silent") return say({ ko: "수신 지연", en: "silent" });
  if (line.what === "back") return say({ ko: "다시 받음", en: "back" });
  const name = service.events[line.what]?.label ?? service.rules.find(({ id }) => id === line.what)?.title;
  return name === undefined ? line.what : say(name);
}
