import { type Child, startChild } from "../child.ts";
import type { KeeperProcess } from "../children/keeper.ts";
import { type Figure, figure, median } from "../figures.ts";
import type { Part, Setting } from "./part.ts";

/** Rows into the stores, and panels' questions to five million of them, beside the means that come with the store. */
export const storePart: Part = async (setting) => {
  const keeper = await startChild<KeeperProcess>("keeper");
  const figures = [...(await writers(keeper, setting)), ...(await panels(keeper, setting))];
  await keeper.end();
  return figures;
};

async function writers(keeper: Child<KeeperProcess>, setting: Setting): Promise<Figure[]> {
  const rounds = setting.quick ? 1 : 3;
  const batches = setting.quick ? 8 : 24;
  const embedded: number[] = [];
  const influx: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const { columns, rows } = await keeper.ask("embedded", { folder: await setting.folder(), batches });
    embedded.push(rows / columns);
    const { lines, points } = await keeper.ask("influx", { batches });
    influx.push(points / lines);
    setting.say(`store ${round}/${rounds}: rows over columns ${(rows / columns).toFixed(2)}, points over lines ${(points / lines).toFixed(2)}`);
  }
  return [
    figure("store: CPU of DuckDB's row appender over that of the columnar store", median(embedded), "x", { id: "G10", atLeast: 3 }),
    figure("store: CPU of the InfluxDB client's points over that of the product's lines", median(influx), "x", { id: "G10", atLeast: 4 }),
  ];
}

async function panels(keeper: Child<KeeperProcess>, setting: Setting): Promise<Figure[]> {
  const file = `${await setting.folder()}/week.duckdb`;
  setting.say("store: filling a week of rows");
  const rows = await keeper.ask("fill", { file, devices: setting.quick ? 100 : 500 });
  const times = await keeper.ask("queries", { file, rounds: setting.quick ? 3 : 9 });
  return Object.entries(times).flatMap(([name, { product, typed }]) => [
    figure(`store, ${rows.toLocaleString("en")} rows, ${name}`, median(product), "ms"),
    figure(`store, ${name}: over the same typed into the store itself`, median(product) / median(typed), "x", { id: "G16", atMost: 1.2 }),
  ]);
}
