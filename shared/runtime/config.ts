import { z } from "zod";
import { ok, type Result, refuse } from "../result.ts";
import { isOutside, linkSettings } from "./link-settings.ts";

/** One truth for name, default, type and meaning of every setting; the table in README.md is generated from it (tests/shared/config.test.ts). */
const port = z.coerce.number().int().min(0).max(65_535);

const fields = {
  GWANJE_HOST: z.string().default("127.0.0.1").describe("address that everything listens on"),
  GWANJE_HTTP_PORT: port.default(8080).describe("console and HTTP; 0 = any free one; a busy one is replaced by a free one"),
  GWANJE_MQTT_PORT: port.default(1883).describe("MQTT over TCP; as above"),
  GWANJE_DATA_DIR: z.string().min(1).default("data").describe("credentials, log, store, images"),
  GWANJE_CITY: z.enum(["default", "small"]).default("default").describe("city definition"),
  GWANJE_SEED: z.coerce.number().int().min(0).max(0xffff_ffff).default(1).describe("moves weather and people, not streets"),
  GWANJE_RATE: z.coerce.number().min(0.1).max(3600).default(1).describe("city seconds per second"),
  GWANJE_SCALE: z.coerce.number().positive().max(20).default(1).describe("multiplier of devices"),
  GWANJE_BACKFILL_HOURS: z.coerce
    .number()
    .min(0)
    .max(24 * 28)
    .default(24)
    .describe("history generated before the clock goes live"),
  GWANJE_PROFILE: z.enum(["calm", "field"]).default("calm").describe("`field` = gateways fall silent as in a real city; `calm` = they do not"),
  GWANJE_RESUME: z
    .enum(["catch-up", "gap", "continue", "fresh"])
    .default("catch-up")
    .describe("second start: generate what was missed, leave it as a gap, let city time go on where it was, or begin a new run"),
  GWANJE_RETENTION_DAYS: z.coerce
    .number()
    .positive()
    .max(3650)
    .default(30)
    .describe("readings older than this, by the timeline's own time, are refused and removed"),
  GWANJE_KEEP_LOG_HOURS: z.coerce
    .number()
    .min(0)
    .max(24 * 28)
    .default(0)
    .describe("the log stays so long, by the wall clock, as a recording for `gwanje record --log`; 0: as long as it is needed"),
  GWANJE_STORE: z.enum(["embedded", "influx"]).optional().describe("where readings are kept; default `embedded`, `influx` when INFLUX_URL is set"),
  GWANJE_LINKS: linkSettings
    .optional()
    .describe(
      "where hand-overs go, e.g. `dispatch-119=https://example.org/in disaster=off`; nothing given: all to the built-in receiver (demonstration); links not named are then off",
    ),
  GWANJE_LINK_SECRET: z
    .string()
    .min(24)
    .optional()
    .describe("signs what goes to outside receivers, and checks what they answer; needed with GWANJE_LINKS"),
  GWANJE_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("warn").describe("log on standard error"),
  MQTT_URL: z
    .url({ protocol: /^mqtts?$/ })
    .optional()
    .describe("somebody else's broker instead of our own, e.g. mqtt://127.0.0.1:1883"),
  MQTT_USERNAME: z.string().optional().describe("account there"),
  MQTT_PASSWORD: z.string().optional().describe("its password"),
  INFLUX_URL: z.url().optional().describe("InfluxDB 2, e.g. http://127.0.0.1:8086"),
  INFLUX_TOKEN: z.string().optional().describe("token that may read and write the bucket"),
  INFLUX_ORG: z.string().default("gwanje").describe("organisation"),
  INFLUX_BUCKET: z.string().default("city").describe("bucket"),
};
const schema = z.object(fields);
export type Config = z.infer<typeof schema>;

/** Reads the environment; all problems at once. Empty values count as not given. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Result<Config> {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in fields && value !== ""));
  const parsed = schema.safeParse(given);
  const unknown = Object.keys(env).filter((name) => name.startsWith("GWANJE_") && !(name in fields) && !known.has(name));
  const problems = [
    ...unknown.map(
      (name) =>
        `${name} is not a setting; known: ${Object.keys(fields)
          .filter((known) => known.startsWith("GWANJE_"))
          .join(", ")}`,
    ),
    ...(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}=${given[String(path[0])] ?? ""}: ${message}`)),
    ...(parsed.success && Object.values(parsed.data.GWANJE_LINKS ?? {}).some(isOutside) && given.GWANJE_LINK_SECRET === undefined
      ? ["GWANJE_LINKS names an address, so GWANJE_LINK_SECRET is needed too"]
      : []),
    ...(given.GWANJE_STORE === "influx" && given.INFLUX_URL === undefined ? ["GWANJE_STORE=influx needs INFLUX_URL"] : []),
    ...(given.INFLUX_URL !== undefined && given.INFLUX_TOKEN === undefined ? ["INFLUX_URL is set, so INFLUX_TOKEN is needed too"] : []),
  ];
  return problems.length > 0 || !parsed.success ? refuse(problems.join("\n")) : ok(parsed.data);
}

/** Settings of the tests, not of the program. */
const known = new Set(["GWANJE_REQUIRE_PEERS", "GWANJE_BUILD_INFLUXD", "GWANJE_INFLUXD", "GWANJE_CHROMIUM"]);

/** The table of README.md: name, default, meaning. */
export function configTable(): string {
  const rows = Object.entries(fields).map(([name, field]) => {
    const fallback = field.safeParse(undefined);
    const value = fallback.success && fallback.data !== undefined ? `\`${String(fallback.data)}\`` : "-";
    return `| \`${name}\` | ${value} | ${field.description ?? ""} |`;
  });
  return ["| name | default | |", "|---|---|---|", ...rows].join("\n");
}
