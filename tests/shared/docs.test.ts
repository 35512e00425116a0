import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDeviceRecords } from "../../broker/ingest/device-records.ts";
import { type AccessRules, mayNotPublish } from "../../broker/mqtt/access.ts";
import { Sieve } from "../../broker/mqtt/sieve.ts";
import { alarmSchema } from "../../shared/alarm-answers.ts";
import { refusalCodes } from "../../shared/city-port.ts";
import { clockAnswerSchema, clockAskSchema, clockSchema } from "../../shared/clock.ts";
import { ackSchema, commandSchema } from "../../shared/command.ts";
import { eventSchema, metaSchema, qualities, readingSchema, stateSchema } from "../../shared/reading.ts";
import { roles } from "../../shared/roles.ts";
import { configTable } from "../../shared/runtime/config.ts";
import type { Service } from "../../shared/service.ts";
import { services } from "../../shared/services/index.ts";
import { checkOrder } from "../../simulator/order-check.ts";
import { resumes } from "../../simulator/simulator-options.ts";
import { blocksOf, documents, generatedPart, read, root, tableUnder, updating, withGeneratedPart, write } from "../support/docs.ts";
import { birth, clockAt, ingestWorld } from "../support/ingest-world.ts";
import { tempLedger } from "../support/temp-ledger.ts";
import { limitsTable, serviceChapter } from "../support/wire-tables.ts";

const wire = read("docs/wire.md");
/** The instant at which the examples were said. */
const now = 1795300500000;
const schemas = {
  reading: readingSchema,
  pack: readingSchema.array().min(1),
  event: eventSchema,
  state: stateSchema,
  birth: metaSchema,
  command: commandSchema,
  ack: ackSchema,
  alarm: alarmSchema.strict(),
  clock: clockSchema,
  clockAsk: clockAskSchema,
  clockAnswer: clockAnswerSchema,
} as const;
type Message = keyof typeof schemas;
const examples = blocksOf(wire).flatMap(({ info: [language, message, service, kind], text }) =>
  language === "json" && message !== undefined ? [{ message: message as Message, service, kind, text }] : [],
);

describe("the tables of docs/wire.md", () => {
  it.each([
    ["limits", limitsTable()],
    ["services", serviceChapter(services)],
  ])("of %s are what the code says (UPDATE_DOCS=1 writes them anew)", (name, made) => {
    if (updating) write("docs/wire.md", withGeneratedPart(read("docs/wire.md"), name, made));
    expect(generatedPart(read("docs/wire.md"), name)).toBe(made);
  });

  it("have every quality word", () => {
    expect(tableUnder(wire, "## Quality").map(([word]) => word)).toEqual(qualities.map((word) => `\`${word}\``));
  });
});

describe("the examples of docs/wire.md", () => {
  it("show every message", () => {
    expect([...new Set(examples.map(({ message }) => message))].sort()).toEqual(Object.keys(schemas).sort());
  });

  it.each(examples)("$message is what the wire's schema says: $text", ({ message, text }) => {
    expect(schemas[message].safeParse(JSON.parse(text)).error?.issues).toBeUndefined();
  });

  it.each(examples.filter(({ message }) => ["reading", "pack", "event"].includes(message)))("$message is taken in: $text", async (example) => {
    const said = [JSON.parse(example.text)].flat() as { d: string }[];
    const { service = "", kind = "" } = example;
    const devices = said.map(({ d }) => ({ service, meta: birth(d, kind, { gateway: "gw" }) }));
    const world = ingestWorld((await tempLedger()).root, { devices });
    world.fold.clock = clockAt(now);
    const channel = example.message === "event" ? `${said[0]?.d}/event` : "gw/obs";
    expect(world.send(`urban/v1/gaon/${service}/${channel}`, example.text)).toBe("accepted");
    expect(world.reasons()).toEqual([]);
  });

  it.each(examples.filter(({ message }) => message === "birth"))("$message makes a device: $text", async ({ service = "", kind, text }) => {
    const world = ingestWorld((await tempLedger()).root);
    expect(world.registry.put(service, "city", JSON.parse(text))).toMatchObject({ ok: true, value: { kind } });
  });

  it.each(examples.filter(({ message }) => message === "command"))(
    "$message is one that the device's contract has: $text",
    ({ service = "", kind = "", text }) => {
      const contract = services.find(({ id }) => id === service) as Service | undefined;
      const { op, args = {} } = commandSchema.parse(JSON.parse(text));
      expect(contract && checkOrder(contract, kind, op, args)).toEqual({ ok: true, value: { op, args } });
    },
  );
});

describe("the refusals of docs/wire.md", () => {
  const rows = tableUnder(wire, "## Refusals").map(([code = "", where = "", payload = "", reason = ""]) => {
    const [sender = "", topic = ""] = [...where.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
    return { code: code.replaceAll("`", ""), sender, topic, payload: payload.replaceAll("`", ""), reason };
  });
  const devices = new Set(["tx-0137-n"]);
  const rules: AccessRules = {
    city: "gaon",
    control: "",
    director: "",
    reader: { username: "reader", password: "" },
    gatewayPassword: () => "",
    devicesOf: () => devices,
    version: () => 0,
    serviceOf: () => "traffic",
    sensitive: () => false,
    sensitiveGateway: () => false,
  };

  it("name every code once", () => {
    expect(rows.map(({ code }) => code).sort()).toEqual([...refusalCodes].sort());
  });

  it.each(rows.filter(({ code }) => code !== "size"))("$code: $topic $payload", async ({ code, sender, topic, payload, reason }) => {
    const door = mayNotPublish(rules, { kind: "gateway", id: sender }, topic);
    if (door !== undefined) {
      expect(door.code).toBe(code);
      expect(door.reason).toContain(reason);
      return;
    }
    const world = ingestWorld((await tempLedger()).root, {
      devices: [...devices].map((id) => ({ service: "traffic", meta: birth(id, "approach", { gateway: sender }) })),
    });
    world.fold.clock = clockAt(now);
    if (topic.endsWith("/meta")) {
      const listeners = { reading: none, chronicle: none, clock: none, device: none, answer: none, acted: none, raw: none };
      const own = createDeviceRecords({ fold: world.fold, registry: world.registry, listeners });
      own.device({ at: now, user: sender, topic, payload: Buffer.from(payload) });
    } else world.send(topic, payload, now, sender);
    const [told] = world.reasons();
    expect(told?.code).toBe(code);
    expect(told?.reason.startsWith(reason), told?.reason).toBe(true);
  });

  it("size: a packet that is too large ends the connection", () => {
    const row = rows.find(({ code }) => code === "size");
    const bytes = Number(/[\d,]+/.exec(row?.payload ?? "")?.[0].replaceAll(",", ""));
    const told = new Sieve().sift(Buffer.from([0x32, (bytes & 0x7f) | 0x80, ((bytes >> 7) & 0x7f) | 0x80, bytes >> 14]));
    expect(told).toBe(bytes);
  });
});
const none = (): void => undefined;

describe("the documents", () => {
  it.each(documents)("%s: what it refers to is there", (document) => {
    const text = read(document).replaceAll(/^```[\s\S]*?^```$/gm, "");
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) => target).filter((target) => !/^[a-z]+:/.test(target));
    expect(links.filter((target) => !existsSync(join(root, normalize(join(dirname(document), target)))))).toEqual([]);
    const paths = [...text.matchAll(/`((?:broker|commands|console|docs|shared|simulator|tests)\/[\w./-]+)`/g)].map(([, path = ""]) => path);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("number their decisions without a hole", () => {
    const numbers = documents.flatMap((path) => /decisions\/(\d{4})-/.exec(path)?.[1] ?? []);
    expect(numbers).toEqual(numbers.map((_, at) => String(at + 1).padStart(4, "0")));
    expect(numbers.length).toBeGreaterThan(5);
  });

  it("say what an operator can choose", () => {
    const operations = read("docs/operations.md");
    for (const word of [...resumes, ...roles]) expect(operations, word).toContain(`\`${word}\``);
  });

  it.each(["Dockerfile", "docker-compose.yml"])("%s names only settings that exist", (file) => {
    const known = new Set(configTable().match(/\b(?:GWANJE|INFLUX)_[A-Z_]+/g));
    const named = [...new Set(read(file).match(/\b(?:GWANJE|INFLUX)_[A-Z_]+\b/g))].filter((name) => !known.has(name));
    expect(named).toEqual([]);
  });
});

describe("the service of docs/add-a-service.md", () => {
  const page = read("docs/add-a-service.md");
  const files = new Map(
    blocksOf(page).flatMap(({ info: [language, is, path = ""], text }) => (language === "ts" && is === "file" ? [[path, text]] : [])),
  );
  const diffs = blocksOf(page).flatMap(({ info: [language, path = ""], text }) => (language === "diff" ? [{ path, text }] : []));
  const tree = mkdtempSync(join(tmpdir(), "gwanje-sixth-"));
  afterAll(() => rmSync(tree, { recursive: true, force: true }));
  const put = (path: string, text: string): void => writeFileSync(join(tree, path), text);
  const source = (path: string): string => readFileSync(join(tree, path), "utf8");

  beforeAll(() => {
    for (const path of ["shared", "simulator", "broker", "tests/laws", "tests/support", "tsconfig.json", "package.json", "vitest.config.ts"])
      cpSync(join(root, path), join(tree, path), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
    put("tsconfig.sixth.json", JSON.stringify({ extends: "./tsconfig.json", include: ["shared/**/*.ts", "simulator/**/*.ts"] }));
    for (const [path, text] of files) put(path, text);
    for (const { path, text } of diffs) put(path, patched(source(path), text));
  });

  /** Files with errors, each with what the compiler says first. */
  function errors(): Map<string, string> {
    const { stdout } = spawnSync(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.sixth.json", "--pretty", "false"],
      {
        cwd: tree,
        encoding: "utf8",
      },
    );
    const found = [...stdout.matchAll(/^([^\s(]+)\(\d+,\d+\): (error .*)$/gm)];
    return new Map(found.reverse().map(([, file = "", said = ""]) => [file, said]));
  }

  it("is two files and two lines, and compiles", () => {
    expect([...files.keys()]).toEqual(["shared/services/light.ts", "simulator/services/light.ts"]);
    expect(Object.fromEntries(errors())).toEqual({});
  });

  it("does not compile with any of the mistakes that the page names", () => {
    const rows = tableUnder(page, "## What the compiler catches").map((cells) => cells.map((cell) => cell.replace(/^`|`$/g, "")));
    expect(rows.length).toBeGreaterThan(5);
    const mistakes = rows.map(([what = "", where, right = "", wrong = ""], at) => {
      const folder = where === "contract" ? "shared/services" : "simulator/services";
      const text = source(`${folder}/light.ts`);
      expect(text, what).toContain(right);
      const path = `${folder}/mistake-${at}.ts`;
      put(path, text.replaceAll(right, wrong));
      return path;
    });
    expect([...errors().keys()].sort()).toEqual(mistakes.sort());
    for (const path of mistakes) rmSync(join(tree, path));
  });

  it("does not compile without its model", () => {
    const path = "simulator/services/index.ts";
    const whole = source(path);
    put(path, read(path));
    const found = errors();
    put(path, whole);
    expect([...found.values()].join("\n")).toMatch(/'light' is missing/);
  });

  it("keeps the laws", () => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")));
    // Days of the city, lived several times over, are left to CI.
    const laws = ["every-service", ...(process.env.CI ? ["every-service-lives", "every-incident"] : [])].map((law) => `tests/laws/${law}.test.ts`);
    const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "pure", "--no-color", ...laws];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: "utf8", env });
    expect(stdout, `${stdout}\n${stderr}`).toContain(`Test Files  ${laws.length} passed`);
    expect(status).toBe(0);
  }, 180_000);
});

/** Added lines go after the last import, or in the place of the removed line that they follow. */
function patched(text: string, diff: string): string {
  const lines = diff.trimEnd().split("\n");
  let made = text;
  for (const [at, line] of lines.entries()) {
    const [sign, body] = [line[0], line.slice(1)];
    if (sign === "-") {
      expect(made).toContain(`${body}\n`);
      made = made.replace(body, () => (lines[at + 1] ?? "").slice(1));
    } else if (lines[at - 1]?.[0] !== "-") made = made.replace(/^import /m, () => `${body}\nimport `);
  }
  return made;
}
