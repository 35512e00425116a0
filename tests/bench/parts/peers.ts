import { fieldLagMs } from "../../../shared/timeline.ts";
import { type Child, startChild } from "../child.ts";
import type { ChainProcess } from "../children/chain.ts";
import type { PublisherProcess } from "../children/publisher.ts";
import { type Figure, figure, median } from "../figures.ts";
import { type Peers, startPeers } from "../peers/node-red.ts";
import type { Part, Setting } from "./part.ts";

const loads = [
  { connections: 1000, atLeast: 5 },
  { connections: 10, atLeast: 8 },
] as const;
type Contender = "chain" | "peers";
/** Of the chain as many as elsewhere; a queue of Node-RED has no bound of its own, and a longer one makes it no faster. */
const inFlight = { chain: 20_000, peers: 2000 } as const;
const tellMs = 5;

interface World {
  readonly peers: Peers;
  readonly chain: Child<ChainProcess>;
  readonly publisher: Child<PublisherProcess>;
}
/** Readings per second; what the contender has taken in is told to the sender. */
async function measure(
  { peers, chain, publisher }: World,
  contender: Contender,
  { connections, windowMs }: { connections: number; windowMs: number },
): Promise<number> {
  const taken = async (): Promise<number> => (contender === "peers" ? peers.taken() : await chain.ask("accepted"));
  const from = await taken();
  let going = true;
  const flooding = publisher
    .ask("flood", { name: `${contender} ${connections}`, pack: 1, windowMs, warmUpMs: fieldLagMs + 500, from, inFlight: inFlight[contender] })
    .finally(() => {
      going = false;
    });
  // heard below; a run that is ended meanwhile shall end in order
  flooding.catch(() => undefined);
  for (; going; await new Promise((resolve) => setTimeout(resolve, tellMs))) await publisher.ask("taken", await taken());
  return (await flooding).perSecond;
}

/** Both in turn, at one load. */
async function round(world: World, number: number, windowMs: number): Promise<[string, number][]> {
  const rates: [string, number][] = [];
  const inTurn: readonly Contender[] = number % 2 === 1 ? ["peers", "chain"] : ["chain", "peers"];
  for (const { connections } of loads)
    for (const contender of inTurn) rates.push([`${contender} ${connections}`, await measure(world, contender, { connections, windowMs })]);
  return rates;
}

/** mosquitto with Node-RED beside the chain, interleaved: QoS 0, a write a message, closed loop. */
export const peersPart: Part = async (setting) => {
  const world = await open(setting);
  setting.say("peers: warming up");
  await round(world, 0, 1500);
  const rates = new Map<string, number[]>();
  const rounds = setting.quick ? 1 : 3;
  for (let number = 1; number <= rounds; number++)
    for (const [key, rate] of await round(world, number, setting.quick ? 1500 : 4000)) {
      setting.say(`peers ${number}/${rounds}: ${key}: ${Math.round(rate)} readings/s`);
      rates.set(key, [...(rates.get(key) ?? []), rate]);
    }
  for (const one of Object.values(world)) await one.end();
  return figuresOf(rates);
};

async function open(setting: Setting): Promise<World> {
  setting.say("peers: starting mosquitto and Node-RED (npx may fetch it), and the chain");
  const peers = await startPeers(await setting.folder());
  const chain = await startChild<ChainProcess>("chain");
  const publisher = await startChild<PublisherProcess>("publisher");
  const { mqtt } = await chain.ask("field", { dataDir: await setting.folder() });
  for (const { connections } of loads) {
    const devices = await chain.ask("register", { prefix: `bench-c${connections}`, count: connections });
    const tense = connections === 10 ? "memory" : "live";
    await publisher.ask("open", { name: `chain ${connections}`, port: mqtt, devices, tense });
    await publisher.ask("open", { name: `peers ${connections}`, port: peers.mqtt, devices, tense });
  }
  return { publisher, chain, peers };
}

const figuresOf = (rates: ReadonlyMap<string, readonly number[]>): Figure[] =>
  loads.flatMap(({ connections, atLeast }): Figure[] => {
    const [ours, theirs] = [rates.get(`chain ${connections}`) ?? [], rates.get(`peers ${connections}`) ?? []];
    const ratio = median(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN)));
    return [
      figure(`peers c${connections} QoS 0, ${inFlight.chain} in flight: chain`, median(ours), "readings/s"),
      figure(`peers c${connections} QoS 0, ${inFlight.peers} in flight: mosquitto with Node-RED`, median(theirs), "readings/s"),
      figure(`peers c${connections}: chain over mosquitto with Node-RED`, ratio, "x", { id: "G3", atLeast }),
    ];
  });
