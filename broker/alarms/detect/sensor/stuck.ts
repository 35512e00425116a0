import type { Value } from "../../../../shared/reading.ts";
import type { Service } from "../../../../shared/service.ts";
import { type Text, text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { asEvidence, heardNeighbours } from "../known/neighbours.ts";
import { durationWords, labelOf, valueWords } from "../known/words.ts";
import { doubt, doubtedOf, type Sensed, sensedOf } from "./sensed.ts";
import { placeNumber } from "./whereabouts.ts";

interface StuckState {
  /** Three a sensed metric: value, since when and for how many readings it has not changed. Side by side: touched at every reading of a device. */
  readonly stands: number[];
  readonly stuck: boolean[];
}
const [width, since, count] = [3, 1, 2];

/** Where neighbours have moved by this many last digits, standing still is strange after a third of the time already. */
const movedDigits = 50;

/** Two equal values with a night of silence between them prove nothing. */
const leastReadings = 8;

type Values = Readonly<Record<string, Value>>;
/** A place counts as a number, too. */
function numberIn(m: Values, { metric, position }: Sensed): number | undefined {
  const value = m[metric];
  if (position !== undefined) return placeNumber(value);
  return typeof value === "number" ? value : undefined;
}
/** A place may be the same as long as nothing says that the device moves. */
function mustMove(m: Values, { position }: Sensed): boolean {
  const pace = position && m[position.moving.metric];
  return position === undefined || (typeof pace === "number" && pace >= position.moving.atLeast);
}
/** Why standing still is no truth. */
const becauseOf = ({ position }: Sensed, moved: number): Text =>
  moved > 0
    ? text("이웃은 움직이는데 이 값만 서 있습니다", "neighbours move and only this value stands")
    : position !== undefined
      ? text("스스로 달린다고 하면서 위치는 그대로입니다", "it says itself that it moves, and its position does not")
      : text("이 센서의 잡음만으로도 끝자리는 움직여야 합니다", "noise alone would move the last digit of this sensor");

/** A number that does not change to its last digit, on a sensor whose noise alone would move it; or a place that does not, while the device moves. */
export function stuckEvaluator(service: Service, kind: string): Evaluator<StuckState> {
  const sensed = sensedOf(service, kind, ["stuck"]);
  const digits = sensed.map(({ metric }) => {
    const known = service.metrics[metric];
    return known?.kind === "number" ? Number(`1e-${known.precision}`) : 1;
  });
  const limits = sensed.map((one) => (one.limits.stuck ?? 0) * 1000);

  function standing(state: StuckState, ask: Ask, k: number): void {
    const limit = limits[k] ?? 0;
    const { stands } = state;
    const at = width * k;
    const stood = ask.t - (stands[at + since] ?? 0);
    const one = sensed[k];
    const readings = (stands[at + count] ?? 0) + 1;
    stands[at + count] = readings;
    if (one === undefined || stood < limit / 3 || readings < leastReadings) return;
    const neighbours = heardNeighbours(ask, one.metric);
    const moved = neighbours.filter((other) => Math.abs(other.moved ?? 0) >= movedDigits * (digits[k] ?? 1));
    if (stood < limit && moved.length < 2) return;
    state.stuck[k] = true;
    doubt(ask, one, true);
    const value = ask.world.value(ask.device.id, one.metric)?.value ?? 0;
    const [label, shown, long] = [labelOf(service, one.metric), valueWords(service, one.metric, value), durationWords(stood / 1000)];
    ask.raise({
      metric: one.metric,
      value,
      evidence: () => ({
        condition: text(
          `${label.ko} ${shown.ko}: ${long.ko} 동안 끝자리까지 그대로`,
          `${label.en} ${shown.en}: the same to its last digit for ${long.en}`,
        ),
        inputs: [{ device: ask.device.id, metric: one.metric, t: ask.t, value }],
        baseline: null,
        neighbours: asEvidence(one.metric, neighbours, ({ moved: by }) => by === 0),
        verdict: {
          what: "sensor",
          because: becauseOf(one, moved.length),
        },
      }),
    });
  }
  function moves(state: StuckState, ask: Ask, k: number, one: Sensed, value: number): void {
    const { stands, stuck } = state;
    const at = width * k;
    while (stands.length < at) stands.push(Number.NaN);
    stands[at] = value;
    stands[at + since] = ask.t;
    stands[at + count] = 1;
    if (stuck.length === 0 || stuck[k] !== true) return;
    state.stuck[k] = false;
    doubt(ask, one, false);
    if (!state.stuck.includes(true)) ask.clear(ask.world.value(ask.device.id, one.metric)?.value);
  }
  return {
    begin: () => ({ stands: [], stuck: [] }),
    doubts: ({ stuck }) => doubtedOf(sensed, (k) => stuck[k] === true),
    reading(state, ask, m) {
      for (let k = 0; k < sensed.length; k++) {
        const one = sensed[k];
        const value = one && numberIn(m, one);
        if (one === undefined || value === undefined) continue;
        // at or below this a value may stand: an empty road has the same volume for hours
        if (value !== state.stands[width * k] || value <= (one.limits.stuckAbove ?? Number.NEGATIVE_INFINITY)) moves(state, ask, k, one, value);
        else if (state.stuck[k] !== true && mustMove(m, one)) standing(state, ask, k);
      }
    },
  };
}
