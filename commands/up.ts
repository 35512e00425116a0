import { pino } from "pino";
import type { CityPort } from "../shared/city-port.ts";
import type { CityClock } from "../shared/clock.ts";
import type { Config } from "../shared/runtime/config.ts";
import { loadCredentials } from "../shared/runtime/credentials.ts";
import { createLifecycle } from "../shared/runtime/lifecycle.ts";
import { runDirector, startChain, startRoom } from "./chain.ts";
import { holdFolder, mqttUrlOf } from "./running-city.ts";

const hourMs = 3_600_000;

/** All roles in one process. Resolves with the exit code when it is asked to end. */
export async function up(config: Config, say: (line: string) => void): Promise<number> {
  const log = pino({ level: config.GWANJE_LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
  const lifecycle = createLifecycle((part, cause) => log.error({ part, err: cause }, "did not close"));
  const ending = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  const held = await holdFolder(config.GWANJE_DATA_DIR);
  if (!held.ok) {
    process.stderr.write(`${held.reason}\n`);
    return 1;
  }
  lifecycle.add("folder", held.value.release);
  try {
    const until = Math.floor(Date.now() / 1000) * 1000;
    const start = until - config.GWANJE_BACKFILL_HOURS * hourMs;
    const options = {
      config,
      dataDir: config.GWANJE_DATA_DIR,
      credentials: await loadCredentials(config.GWANJE_DATA_DIR),
      lifecycle,
      log,
      start,
      until,
      rate: config.GWANJE_RATE,
    };
    const chain = await startChain(options);
    const room = await startRoom(options, chain, await runDirector(options, chain));
    const { mqtt } = chain;
    await held.value.announce({ http: room.url(), mqtt: { host: mqtt.host, port: mqtt.port } });
    if (room.port !== config.GWANJE_HTTP_PORT && config.GWANJE_HTTP_PORT !== 0)
      say(`port ${config.GWANJE_HTTP_PORT} is busy: the console listens on ${room.port}`);
    if (mqtt.port !== config.GWANJE_MQTT_PORT && config.GWANJE_MQTT_PORT !== 0)
      say(`port ${config.GWANJE_MQTT_PORT} is busy: MQTT listens on ${mqtt.port}`);
    say(`the room is open, its history is filling; sign in once with ${room.signInLink("admin")}`);
    const filled = chain.simulator.begin(mqtt).then(() => historyFull(chain.broker.port, say));
    const live = await Promise.race([filled.then(() => true), ending.then(() => false)]);
    if (live) {
      say(`ready ${room.url()} ${mqttUrlOf(mqtt)}`);
      say("the link above is used up? npx gwanje access screen admin      more screens: npx gwanje access screen viewer      end: Ctrl-C");
      await ending;
    }
    say("ending …");
    return 0;
  } finally {
    await lifecycle.close();
  }
}

/** Resolves when the clock is live; tells how far the history is meanwhile, or what is made up of the time in which nobody ran the city. */
function historyFull(port: CityPort, say: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let told = 0;
    let from: number | undefined;
    const look = (clock: CityClock | undefined): void => {
      if (clock?.phase === "live") {
        stop();
        resolve();
      } else if (clock?.until !== undefined && Date.now() - told > 2000) {
        told = Date.now();
        const isMissed = clock.phase === "jump";
        if (isMissed && from === undefined)
          say(
            "nobody ran the city for a while: its time is made up; it could go on where it was (--resume continue), or begin anew (--resume fresh)",
          );
        from ??= isMissed ? clock.mark : clock.start;
        const hours = (t: number): string => ((t - (from ?? t)) / hourMs).toFixed(1);
        say(
          `${isMissed ? "made up" : "history"}: ${hours(clock.mark)} of ${hours(clock.until)} h, ${Math.round(clock.rate)} city seconds per second`,
        );
      }
    };
    const stop = port.feed.onClock(look);
    look(port.clock());
  });
}
