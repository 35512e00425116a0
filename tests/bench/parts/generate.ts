import { startChild } from "../child.ts";
import type { GeneratedRun, Generation, GeneratorProcess } from "../children/generator.ts";
import { type Figure, figure, median } from "../figures.ts";
import type { Part, Setting } from "./part.ts";

const service = "traffic";
/** The wider city for so many fewer hours: as many readings. */
const wide = 10;

/** Tables of a city that nobody watches: how fast, and what a reading costs in a city ten times as large. */
export const generatePart: Part = async (setting) => {
  const hours = setting.quick ? 24 : 168;
  const week = await generated(setting, { hours, scale: 1, service });
  const growth: number[] = [];
  for (let round = 0; round < (setting.quick ? 1 : 3); round++) {
    const narrow = await generated(setting, { hours: 24, scale: 1, service });
    const broad = await generated(setting, { hours: 24 / wide, scale: wide, service });
    growth.push(broad.cpuMs / broad.readings / (narrow.cpuMs / narrow.readings));
  }
  const figures: Figure[] = [
    figure(`generate: ${hours} h of the default city's ${service}, over real time`, (hours * 3_600_000) / week.runMs, "x", {
      id: "G14",
      atLeast: 20_000,
    }),
    figure(`generate: CPU of a reading at --scale ${wide} over --scale 1`, median(growth), "x", { id: "G14", atMost: 1.1 }),
    figure("generate: CPU of a reading", (week.cpuMs * 1000) / week.readings, "us"),
  ];
  return figures;
};

async function generated({ say }: Setting, what: Generation): Promise<GeneratedRun> {
  const child = await startChild<GeneratorProcess>("generator");
  const made = await child.ask("run", what);
  await child.end();
  say(`generate: ${what.hours} h at --scale ${what.scale}: ${made.readings} readings in ${(made.runMs / 1000).toFixed(1)} s`);
  return made;
}
