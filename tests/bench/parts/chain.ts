import { fieldLagMs } from "../../../shared/timeline.ts";
import { type Child, startChild } from "../child.ts";
import type { BrowserProcess } from "../children/browser.ts";
import type { Addresses, ChainProcess, Credentialed } from "../children/chain.ts";
import type { BurstResult, PublisherProcess } from "../children/publisher.ts";
import type { SinkProcess } from "../children/sink.ts";
import { conserved, type Figure, figure, median } from "../figures.ts";
import { megabytes, type Part, type Setting } from "./part.ts";

/** Five consoles watch, as in a control room. */
const browsers = 5;
const loads = [
  { name: "c1000", connections: 1000, pack: 1 },
  { name: "c1000 packs of 10", connections: 1000, pack: 10 },
  { name: "c10", connections: 10, pack: 1 },
  { name: "c10 packs of 10", connections: 10, pack: 10 },
] as const;
interface Load {
  readonly name: string;
  readonly connections: number;
  readonly pack: number;
}
/** At QoS 0 each says one message at a time, as sensors do: the whole chain beside the bare socket. */
const sensors = [
  { id: "G1", name: "c1000 QoS 0", connections: 1000, pack: 1, atLeast: 0.85 },
  { id: "G2", name: "c10 QoS 0", connections: 10, pack: 1, atLeast: 0.35 },
] as const;
type Contender = "chain" | "unjudged" | "sink";
/** What a chain whose alarms are free of charge would do more is at most this share of its rate. */
const alarmShare = 0.15;

interface World {
  readonly chain: Child<ChainProcess>;
  /** The same without alarms. */
  readonly unjudged: Child<ChainProcess>;
  readonly sink: Child<SinkProcess>;
  readonly publisher: Child<PublisherProcess>;
  readonly browser: Child<BrowserProcess>;
  readonly otherBrowser: Child<BrowserProcess>;
}
interface Measured {
  readonly perSecond: number;
  readonly cpuPerMessage: number;
  readonly bytes: number;
  /** All that were sent, warm-up included. */
  readonly readings: number;
}
type Results = Map<string, Measured[]>;

/** Sustained readings per second through the whole chain, beside the same packets into a bare socket, interleaved: at QoS 1, and at QoS 0 with a write a message. */
export const chainPart: Part = async (setting) => {
  const world = await open(setting);
  const rounds = setting.quick ? 1 : 3;
  const results: Results = new Map();
  const total = { chain: 0, unjudged: 0, sink: 0 };
  // not among the figures: who comes first would else be measured while its code is still being compiled
  setting.say("chain: warming up");
  for (const load of loads) for (const contender of inTurn(0)) total[contender] += (await measure(world, contender, load, [0, 1000])).readings;
  for (let round = 1; round <= rounds; round++)
    for (const load of loads)
      for (const contender of inTurn(round)) {
        const measured = await measure(world, contender, load, setting.quick ? [500, 1500] : [1000, 3000]);
        total[contender] += measured.readings;
        const key = `${contender} ${load.name}`;
        results.set(key, [...(results.get(key) ?? []), measured]);
        const { perSecond, cpuPerMessage } = measured;
        setting.say(`chain ${round}/${rounds}: ${key}: ${Math.round(perSecond)} readings/s, ${cpuPerMessage.toFixed(1)} us CPU a message`);
      }
  await flood(world, setting, rounds, { results, total });
  const figures = [...speeds(results), ...(await conservation(world, total)), await memory(world.chain)];
  for (const child of Object.values(world)) await child.end();
  return figures;
};

/** Who is first has the machine as the one before left it: the two chains take turns. */
const inTurn = (round: number): readonly Contender[] => (round % 2 === 1 ? ["sink", "chain", "unjudged"] : ["sink", "unjudged", "chain"]);

/**
 * What a real device says is judged when the mark has passed it, seconds later: a window begins when readings are being judged as fast as they come, and the
 * next contender when this one has judged its last.
 */
const judgedAfterMs = fieldLagMs + 500;
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, judgedAfterMs));

const usageOf = (world: World, contender: Contender) => (contender === "sink" ? world.sink.ask("usage") : world[contender].ask("usage"));

/** Once it has judged its last. */
async function measuredOf(
  world: World,
  contender: Contender,
  { made, pack, cpuBefore }: { readonly made: BurstResult; readonly pack: number; readonly cpuBefore: number },
): Promise<Measured> {
  if (contender !== "sink") await rest();
  const { cpu } = await usageOf(world, contender);
  return {
    perSecond: made.perSecond * pack,
    cpuPerMessage: ((cpu - cpuBefore) * 1000) / made.sent,
    bytes: made.payloadBytes,
    readings: made.readings,
  };
}

async function measure(
  world: World,
  contender: Contender,
  { connections, pack }: Load,
  [warmUpMs, windowMs]: readonly [number, number],
): Promise<Measured> {
  const judges = contender !== "sink";
  const before = await usageOf(world, contender);
  const made = await world.publisher.ask("burst", {
    ...{ name: `${contender} ${connections}`, pack, windowMs },
    warmUpMs: warmUpMs + (judges ? judgedAfterMs : 0),
  });
  return await measuredOf(world, contender, { made, pack, cpuBefore: before.cpu });
}

interface Tally {
  readonly results: Results;
  readonly total: Record<Contender, number>;
}
async function flood(world: World, setting: Setting, rounds: number, { results, total }: Tally): Promise<void> {
  for (let round = 1; round <= rounds; round++)
    for (const load of sensors)
      for (const contender of round % 2 === 1 ? (["sink", "chain"] as const) : (["chain", "sink"] as const)) {
        const measured = await measureUnanswered(world, contender, load, setting.quick ? [500, 1500] : [1000, 3000]);
        total[contender] += measured.readings;
        const key = `${contender} ${load.name}`;
        results.set(key, [...(results.get(key) ?? []), measured]);
        const { perSecond, cpuPerMessage } = measured;
        setting.say(`chain ${round}/${rounds}: ${key}: ${Math.round(perSecond)} readings/s, ${cpuPerMessage.toFixed(1)} us CPU a message`);
      }
}

/** Nothing is acknowledged: what the receiver has taken in is told to the sender, so that it runs ahead by no more than at QoS 1. */
async function measureUnanswered(
  world: World,
  contender: "chain" | "sink",
  { connections, pack }: Load,
  [warmUpMs, windowMs]: readonly [number, number],
): Promise<Measured> {
  const taken = async (): Promise<number> => (contender === "sink" ? (await world.sink.ask("counts")).readings : await world.chain.ask("accepted"));
  const judges = contender === "chain";
  const from = await taken();
  const before = await usageOf(world, contender);
  let going = true;
  const flooding = world.publisher
    .ask("flood", { name: `${contender} ${connections}`, pack, windowMs, warmUpMs: warmUpMs + (judges ? judgedAfterMs : 0), from })
    .finally(() => {
      going = false;
    });
  // heard below; a run that is ended meanwhile shall end in order
  flooding.catch(() => undefined);
  for (; going; await new Promise((resolve) => setTimeout(resolve, tellMs))) await world.publisher.ask("taken", await taken());
  const made = await flooding;
  return await measuredOf(world, contender, { made, pack, cpuBefore: before.cpu });
}
const tellMs = 5;

async function open(setting: Setting): Promise<World> {
  setting.say(
    "chain: starting broker, store, console (twice: with alarms and without), sink, publisher and five Socket.IO clients; registering 1,010 field devices through the port",
  );
  const chain = await startChild<ChainProcess>("chain");
  const sink = await startChild<SinkProcess>("sink");
  const publisher = await startChild<PublisherProcess>("publisher");
  const browser = await startChild<BrowserProcess>("browser");
  const unjudged = await startChild<ChainProcess>("chain");
  const otherBrowser = await startChild<BrowserProcess>("browser");
  const addresses: Addresses = await chain.ask("field", { dataDir: await setting.folder() });
  const others: Addresses = await unjudged.ask("field", { dataDir: await setting.folder(), judge: false });
  const sinkPort = await sink.ask("port");
  for (const connections of [10, 1000]) {
    const devices: Credentialed[] = await chain.ask("register", { prefix: `bench-c${connections}`, count: connections });
    // ten that say as much as a thousand are ten that empty their memory
    const tense = connections === 10 ? "memory" : "live";
    await publisher.ask("open", { name: `chain ${connections}`, port: addresses.mqtt, devices, tense });
    await publisher.ask("open", { name: `sink ${connections}`, port: sinkPort, devices, tense });
    const same: Credentialed[] = await unjudged.ask("register", { prefix: `bench-c${connections}`, count: connections });
    await publisher.ask("open", { name: `unjudged ${connections}`, port: others.mqtt, devices: same, tense });
  }
  await browser.ask("connect", { ...addresses, count: browsers });
  await otherBrowser.ask("connect", { ...others, count: browsers });
  return { chain, unjudged, sink, publisher, browser, otherBrowser };
}

function speeds(results: Results): Figure[] {
  const of = (contender: Contender, name: string): readonly Measured[] => results.get(`${contender} ${name}`) ?? [];
  const speed = (contender: Contender, name: string): number => median(of(contender, name).map(({ perSecond }) => perSecond));
  /** The same, to be compared by what they cost: other work on the machine moves that less than it moves the rate. */
  const costs = (contender: Contender, name: string) => of(contender, name).map((one) => ({ ...one, perSecond: one.cpuPerMessage }));
  /** Of pairs that ran one after the other. */
  const ratio = (over: readonly Measured[], under: readonly Measured[]): number =>
    median(over.map(({ perSecond }, round) => perSecond / (under[round]?.perSecond ?? Number.NaN)));
  const figures = loads.flatMap(({ name }) => [
    figure(`chain ${name}, QoS 1, payload of ${Math.round(of("chain", name)[0]?.bytes ?? 0)} bytes`, speed("chain", name), "readings/s"),
    figure(`raw socket ${name}, QoS 1: frames and JSON`, speed("sink", name), "readings/s"),
    figure(`chain ${name} over raw socket`, ratio(of("chain", name), of("sink", name)), "x"),
    figure(`chain ${name} without alarms`, speed("unjudged", name), "readings/s"),
    figure(
      `chain ${name}: alarms, share of the rate without them`,
      1 - ratio(of("chain", name), of("unjudged", name)),
      "",
      name === "c1000" || name === "c10" ? { atMost: alarmShare } : {},
    ),
    figure(`chain ${name}: alarms, share of the process's CPU`, 1 - 1 / ratio(costs("chain", name), costs("unjudged", name)), ""),
    figure(`chain ${name}, CPU of its process`, median(of("chain", name).map(({ cpuPerMessage }) => cpuPerMessage)), "us/message"),
  ]);
  for (const { id, name, atLeast } of sensors)
    figures.push(
      figure(`chain ${name}`, speed("chain", name), "readings/s"),
      figure(`raw socket ${name}: frames and JSON`, speed("sink", name), "readings/s"),
      figure(`chain ${name} over raw socket`, ratio(of("chain", name), of("sink", name)), "x", { id, atLeast }),
      figure(`chain ${name}, CPU of its process`, median(costs("chain", name).map(({ perSecond }) => perSecond)), "us/message"),
    );
  for (const connections of ["c1000", "c10"])
    figures.push(
      figure(`chain ${connections}: packs of 10 over singles`, ratio(of("chain", `${connections} packs of 10`), of("chain", connections)), "x", {
        id: "G5",
        atLeast: 3.5,
      }),
    );
  return figures;
}

async function conservation({ chain, unjudged, sink, browser }: World, sent: Readonly<Record<Contender, number>>): Promise<Figure[]> {
  const ledger = await chain.ask("settled");
  const { ticks } = await browser.ask("heard");
  return [
    conserved(`chain: of ${sent.chain} readings sent, not received`, sent.chain - ledger.received, "readings"),
    conserved("chain: received, not accepted", ledger.received - ledger.accepted, "readings"),
    conserved("chain: accepted, not stored (the ledger)", ledger.accepted - ledger.stored, "readings"),
    conserved("chain: accepted, not among the store's rows", ledger.accepted - (await chain.ask("rows")), "readings"),
    conserved("chain without alarms: sent, not accepted", sent.unjudged - (await unjudged.ask("settled")).accepted, "readings"),
    conserved("raw socket: sent, not received", sent.sink - (await sink.ask("counts")).readings, "readings"),
    figure(`chain: ticks heard by ${browsers} Socket.IO clients`, ticks, "ticks"),
  ];
}

const memory = async (chain: Child<ChainProcess>): Promise<Figure> =>
  figure("memory of the chain's process after part chain", megabytes((await chain.ask("usage")).rss), "MB");
