import { type Figure, figure, median } from "../figures.ts";
import { falseAlarms, foundIn } from "../sharpness/judged.ts";
import { anomalies, type Character, held, known } from "../sharpness/series.ts";
import type { Part } from "./part.ts";

const minute = 60_000;

/** How sharp the rule without parameters is on series of our own: those that it was made with, and those that were written when it was done. */
export const detectPart: Part = async (setting) => {
  const each = setting.quick ? 2 : 10;
  const seed = Math.floor(Math.random() * 1e6);
  setting.say(`detect: seed ${seed}, ${each} series of each kind`);
  return [...ofSet("series it was made with", known), ...ofSet("series it had never seen", held)];

  function ofSet(name: string, characters: readonly Character[]): Figure[] {
    const tallies = characters.flatMap((character) => {
      setting.say(`detect: ${character.id}`);
      return foundIn(character, each, seed);
    });
    const quiet = characters.map((character) => falseAlarms(character, each, seed + 500_000));
    const mean = quiet.reduce((sum, one) => sum + one, 0) / quiet.length;
    return [
      ...anomalies.flatMap((anomaly) => {
        const own = tallies.filter((tally) => tally.anomaly === anomaly);
        const made = own.reduce((sum, tally) => sum + tally.made, 0);
        const delays = own.flatMap((tally) => tally.delays);
        return [
          figure(`detect, ${name}: ${anomaly}, found of ${made}`, delays.length / made, "", { atLeast: 0.9 }),
          figure(`detect, ${name}: ${anomaly}, middle delay of what was found`, median(delays) / minute, "min", { atMost: 60 }),
          figure(`detect, ${name}: ${anomaly}, found within an hour`, delays.filter((delay) => delay <= 60 * minute).length / made, ""),
        ];
      }),
      figure(`detect, ${name}: false alarms a week`, mean, "", { atMost: 1 }),
      figure(`detect, ${name}: false alarms a week, the worst kind of series`, Math.max(...quiet), "", { atMost: 1 }),
    ];
  }
};
