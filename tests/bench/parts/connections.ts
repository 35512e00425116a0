import { startChild } from "../child.ts";
import type { ChainProcess } from "../children/chain.ts";
import type { CrowdProcess } from "../children/crowd.ts";
import { type Figure, figure } from "../figures.ts";
import type { Part } from "./part.ts";

/** Whoever comes first brings code and buffers that all share. */
const first = 200;

/** What a connection that says nothing costs the process that has them all. */
export const connectionsPart: Part = async (setting) => {
  const count = setting.quick ? 2000 : 9000;
  const chain = await startChild<ChainProcess>("chain");
  const crowd = await startChild<CrowdProcess>("crowd");
  const { mqtt } = await chain.ask("field", { dataDir: await setting.folder() });
  const reader = await chain.ask("reader");
  await crowd.ask("open", { port: mqtt, count: first, ...reader });
  const before = await chain.ask("settledMemory");
  const began = performance.now();
  await crowd.ask("open", { port: mqtt, count, ...reader });
  const seconds = (performance.now() - began) / 1000;
  const after = await chain.ask("settledMemory");
  setting.say(`connections: ${count} in ${seconds.toFixed(1)} s`);
  const open = (await crowd.ask("still")) - first;
  const figures: Figure[] = [
    figure(`connections: memory of one of ${count} in one process`, (after.rss - before.rss) / count / 1024, "KB", { id: "G12", atMost: 10 }),
    figure(`connections: of ${count}, still open`, open, "", { id: "G12", atLeast: count }),
    figure("connections: heap of one", (after.heap - before.heap) / count / 1024, "KB"),
    figure("connections: made in a second", count / seconds, "1/s"),
  ];
  for (const child of [crowd, chain]) await child.end();
  return figures;
};
