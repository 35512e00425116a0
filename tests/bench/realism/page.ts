import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Topic } from "./bands.ts";
import type { Finding, Verdict } from "./judge.ts";
import { homeOccupied, homeStarts, trafficShares, waste } from "./reference.ts";
import type { RunReport } from "./run-all.ts";
import type { RunTopic } from "./runs.ts";
import { median } from "./statistics.ts";
import { type Curve, type Picture, svgOf } from "./svg.ts";
import { judgement, realOf, written } from "./table.ts";

const docs = (path: string): string => fileURLToPath(new URL(`../../../docs/${path}`, import.meta.url));

/** Point by point the median of the seeds. */
function curveOf(reports: readonly RunReport[], topic: RunTopic, name: string): readonly number[] {
  const all = reports.filter(({ run }) => run.topic === topic).map(({ measured }) => measured.curves[name] ?? []);
  return (all[0] ?? []).map((_, k) => median(all.map((curve) => curve[k] ?? Number.NaN)));
}

function picturesOf(reports: readonly RunReport[]): Readonly<Record<string, Picture>> {
  const ours = (topic: RunTopic, name: string, label = "generated", style: Curve["style"] = "ours"): Curve => {
    return { label, values: curveOf(reports, topic, name), style };
  };
  const real = (values: readonly number[]): Curve => ({ label: "real", values, style: "real" });
  const hour = { x: "hour of the day", y: "%" };
  const around = [ours("traffic", "low", "p10 of approaches", "thin"), ours("traffic", "high", "p90 of approaches", "thin")];
  return {
    "traffic-weekday": { title: "Vehicles by hour, weekdays", ...hour, curves: [real(trafficShares.weekday), ours("traffic", "weekday"), ...around] },
    "traffic-weekend": { title: "Vehicles by hour, weekends", ...hour, curves: [real(trafficShares.weekend), ours("traffic", "weekend")] },
    "water-recession": {
      title: "Height that is left after the highest peak of a year",
      ...{ x: "hours after the peak", y: "share" },
      curves: [ours("water", "recession")],
    },
    "charging-starts": { title: "Starts at apartment bays", ...hour, curves: [real(homeStarts), ours("charging", "starts")] },
    "charging-occupied": { title: "Apartment bays occupied, weekdays", ...hour, curves: [real(homeOccupied), ours("charging", "occupied")] },
    "charging-stays": { title: "Length of stays at apartment bays", x: "hours", y: "%", curves: [ours("charging", "stays")] },
    "homes-activity": { title: "Movements in a home", x: "hour of the day", y: "per hour", curves: [ours("homes", "activity")] },
    "waste-months": { title: "Weight of a deposit", x: "month, January = 0", y: "kg", curves: [real(waste.kgByMonth), ours("waste", "months")] },
    "waste-weekdays": {
      title: "Deposits by weekday",
      x: "Monday = 0",
      y: "of the mean",
      curves: [real(waste.countByWeekday), ours("waste", "weekdays")],
    },
  };
}

export interface Judged {
  readonly topic: Topic;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}
const tableOf = ({ topic, findings, verdict }: Judged): string =>
  [
    `### ${topic}: ${verdict.passes ? "passes" : "does not pass"}`,
    "",
    "| statistic | generated | real | |",
    "|---|---|---|---|",
    ...findings.map((one) => `| ${one.text} | ${written(one.value)} | ${realOf(one)} | ${judgement(one)} |`),
    "",
  ].join("\n");

/** Draws the pictures and writes the figures between the marks of docs/realism.md. */
export async function writePage(judged: readonly Judged[], reports: readonly RunReport[], how: string): Promise<void> {
  await mkdir(docs("pictures/realism"), { recursive: true });
  const pictures = Object.entries(picturesOf(reports)).filter(([, { curves }]) => curves.every(({ values }) => values.length > 0));
  for (const [name, picture] of pictures) await writeFile(docs(`pictures/realism/${name}.svg`), svgOf(picture));
  const shown = pictures.map(([name, { title }]) => `![${title}](pictures/realism/${name}.svg)`).join("\n");
  const page = await readFile(docs("realism.md"), "utf8");
  const [before] = page.split("<!-- figures -->");
  await writeFile(docs("realism.md"), `${before}<!-- figures -->\n${how}\n\n${judged.map(tableOf).join("\n")}\n${shown}\n`);
}
