import { type Child, startChild } from "../child.ts";
import type { BrowserProcess } from "../children/browser.ts";
import type { Addresses, ChainProcess } from "../children/chain.ts";
import type { FramesProcess } from "../children/frames.ts";
import type { PublisherProcess } from "../children/publisher.ts";
import { type Figure, figure, median } from "../figures.ts";
import type { Part, Setting } from "./part.ts";

const connections = 1000;
/** A thousand cells a tick: four of a reading. */
const perSecond = 5000;
const many = 100;
const frozen = 20;
const tickMs = 50;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface World {
  readonly chain: Child<ChainProcess>;
  readonly publisher: Child<PublisherProcess>;
  readonly frames: Child<FramesProcess>;
  readonly addresses: Addresses;
}

/** What a hundred browsers cost, beside a plain ws server that writes one frame made before; and what a frozen one costs the others. */
export const fanoutPart: Part = async (setting) => {
  const chain = await startChild<ChainProcess>("chain");
  const publisher = await startChild<PublisherProcess>("publisher");
  const frames = await startChild<FramesProcess>("frames");
  const addresses = await chain.ask("field", { dataDir: await setting.folder() });
  const devices = await chain.ask("register", { prefix: "bench-fan", count: connections });
  await publisher.ask("open", { name: "chain", port: addresses.mqtt, devices, tense: "live" });
  const world = { chain, publisher, frames, addresses };
  const figures = [...(await cost(world, setting)), ...(await beside(world, setting))];
  for (const child of [chain, publisher, frames]) await child.end();
  return figures;
};

/** CPU ms a second of the chain's process while readings come, whoever listens. */
async function working({ chain, publisher }: World, seconds: number): Promise<number> {
  const going = publisher.ask("pace", { name: "chain", perSecond, seconds: seconds + 1, qos: 0 });
  await pause(500);
  const before = await chain.ask("usage");
  await pause(seconds * 1000);
  const { cpu } = await chain.ask("usage");
  await going;
  return (cpu - before.cpu) / seconds;
}

async function cost(world: World, setting: Setting): Promise<Figure[]> {
  const seconds = setting.quick ? 3 : 8;
  const shares: number[] = [];
  const ratios: number[] = [];
  await working(world, 2);
  for (let round = 1; round <= (setting.quick ? 1 : 3); round++) {
    const nobody = await working(world, seconds);
    const browser = await startChild<BrowserProcess>("browser");
    await browser.ask("connect", { ...world.addresses, count: many });
    await browser.ask("heard");
    const watched = await working(world, seconds);
    const { ticks, bytes } = await browser.ask("heard");
    await browser.ask("plain", { port: await world.frames.ask("port"), count: many });
    await browser.ask("close");
    const limit = (await world.frames.ask("tell", { bytes: Math.round(bytes / ticks), everyMs: tickMs, seconds })) / seconds;
    await browser.end();
    shares.push((watched - nobody) / 1000);
    ratios.push((watched - nobody) / limit);
    setting.say(
      `fanout ${round}: ${Math.round(bytes / ticks)} bytes a tick; CPU ms a second: ${nobody.toFixed(0)} for nobody, ${watched.toFixed(0)} for ${many}, frames alone ${limit.toFixed(0)}`,
    );
  }
  // a difference of two measurements: one that is not above nothing says that the rest of the chain moves more than what is looked for
  const isSeen = median(shares) > 0;
  const name = `fanout: to ${many} browsers${isSeen ? "" : " (lost in the noise: not measured)"}`;
  return [
    figure(`${name}, over a plain ws with a frame made before`, median(ratios), "x", isSeen ? { id: "G9", atMost: 1.4 } : {}),
    figure(`${name}, share of a core`, median(shares), "", isSeen ? { id: "G9", atMost: 0.05 } : {}),
  ];
}

/** How old changes are that a browser sees, alone and beside others whose process stands still. */
async function beside(world: World, setting: Setting): Promise<Figure[]> {
  const seconds = setting.quick ? 3 : 8;
  const watcher = await startChild<BrowserProcess>("browser");
  await watcher.ask("connect", { ...world.addresses, count: 1 });
  const seen = async (): Promise<number> => {
    await watcher.ask("ages");
    await working(world, seconds);
    return (await watcher.ask("ages")).p99;
  };
  const differences: number[] = [];
  for (let round = 0; round < (setting.quick ? 1 : 3); round++) {
    const alone = await seen();
    const others = await startChild<BrowserProcess>("browser");
    await others.ask("connect", { ...world.addresses, count: frozen });
    if (others.pid !== undefined) process.kill(others.pid, "SIGSTOP");
    const together = await seen();
    if (others.pid !== undefined) process.kill(others.pid, "SIGCONT");
    await others.end();
    setting.say(`fanout: a browser sees changes of ${alone.toFixed(0)} ms at p99, beside ${frozen} frozen ones of ${together.toFixed(0)} ms`);
    differences.push(together - alone);
  }
  await watcher.end();
  return [figure(`fanout: what ${frozen} frozen browsers cost another, p99 of a change's age`, median(differences), "ms", { id: "G9", atMost: 5 })];
}
