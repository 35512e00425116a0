import type { OverstayCondition, StayLaw } from "../../../../shared/alarm-rule.ts";
import { lawAt, limitFor, limitReached, type StayLimit } from "../../../../shared/stay-law.ts";
import { text } from "../../../../shared/text.ts";
import { zoneOffsetMs } from "../../../../shared/zone.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { type Evidenced, evidence } from "../known/evidence.ts";
import { isOverdue, justAfter } from "../known/proof.ts";
import { isUsable } from "../known/usable.ts";
import { durationWords, instantWords, joined, valueWords } from "../known/words.ts";

/** One stay as the sensor has seen it; epoch ms, 0 = none. */
interface StayState {
  begin: number;
  /** Class, once it is known, and when it was read. */
  vehicle: string;
  read: number;
  /** Newest sign of the car. */
  seen: number;
  /** What the bay has said of it: one sign alone is no proof. */
  signs: number;
  /** When the law's limit is reached; 0 = none. */
  due: number;
  on: boolean;
}
interface Judged {
  readonly version: StayLaw;
  readonly limit: StayLimit;
}
/** Words of a plate that has not been read (yet); any other says which car it is. */
const unread: ReadonlySet<string> = new Set(["unknown", "none"]);

/**
 * Parked for longer than the law allows. In doubt for the driver: after a silence of the sensor, and when the class changes, another stay begins; and a
 * limit that runs out while nothing is heard is not told before the car has been seen again.
 */
export function overstayEvaluator(condition: OverstayCondition<string, string>): Evaluator<StayState> {
  const { occupied, vehicle, law } = condition;
  const isSilent = ({ seen }: StayState, { t, device }: Ask): boolean => t - seen > device.stale * 1000;

  function end(state: StayState, ask: Ask): void {
    if (state.on) ask.clear(state.vehicle);
    Object.assign(state, free());
  }
  function start(state: StayState, ask: Ask): void {
    end(state, ask);
    state.begin = ask.t;
  }
  function limitOf({ begin, vehicle: word }: StayState, { device }: Ask): Judged | undefined {
    const version = lawAt(law, begin, zoneOffsetMs);
    const limit = version && limitFor(version, word, device.meta.constants);
    return version === undefined || limit === undefined ? undefined : { version, limit };
  }
  function learn(state: StayState, ask: Ask, word: string): void {
    state.vehicle = word;
    state.read = ask.t;
    const found = limitOf(state, ask);
    state.due = found === undefined ? 0 : limitReached(state.begin, found.limit, zoneOffsetMs);
    if (state.due > 0 && state.due >= ask.t) ask.wake(justAfter(state.due));
  }
  function judge(state: StayState, ask: Ask): void {
    if (state.on || state.due === 0 || ask.t <= state.due || state.signs < 2 || isOverdue(ask.t, state.seen, ask.device)) return;
    const found = limitOf(state, ask);
    if (found === undefined) return;
    state.on = true;
    ask.raise({ metric: vehicle, value: state.vehicle, limit: found.limit.seconds, evidence: () => evidenceOf(state, ask, found) });
  }
  function evidenceOf({ begin, vehicle: word, read, seen }: StayState, ask: Ask, { version, limit }: Judged): Evidenced {
    const { contract, id } = ask.device;
    const words = valueWords(contract, vehicle, word);
    const [stayed, allowed] = [durationWords((ask.t - begin) / 1000), durationWords(limit.seconds)];
    const { clause, from } = version;
    const amount = version.amount.toLocaleString("en-US");
    const hours = limit.notCounted;
    return evidence(
      joined(
        text(
          `${words.ko} 차량 ${instantWords(begin)}부터 ${stayed.ko} 주차`,
          `vehicle “${words.en}” parked since ${instantWords(begin)}, ${stayed.en}`,
        ),
        text(`기준 ${allowed.ko} 초과`, `limit ${allowed.en}`),
        hours && text(`${hours[0]}~${hours[1]}시 제외`, `${hours[0]}-${hours[1]} h not counted`),
        text(`${clause.ko} (${from} 시행)`, `${clause.en} (in force ${from})`),
        text(`과태료 ${amount}원`, `KRW ${amount}`),
      ),
      { device: id, metric: occupied, t: begin, value: true },
      { device: id, metric: vehicle, t: read, value: word },
      { device: id, metric: occupied, t: seen, value: true },
    );
  }

  return {
    begin: free,
    calm: ({ begin }) => (begin === 0 ? [{ metric: occupied, low: 0, high: 0 }] : undefined),
    reading(state, ask, m, q) {
      const there = m[occupied];
      // a free bay that stays free, first: that is what bays are most of the time
      if (typeof there !== "boolean" || (!there && state.begin === 0) || !isUsable(ask, occupied, q)) return;
      if (!there) {
        end(state, ask);
        return;
      }
      const word = m[vehicle];
      const known = typeof word === "string" && !unread.has(word) && isUsable(ask, vehicle, q) ? word : "";
      const other = known !== "" && state.vehicle !== "" && known !== state.vehicle;
      if (state.begin === 0 || other || isSilent(state, ask)) start(state, ask);
      state.seen = ask.t;
      state.signs += 1;
      if (known !== "" && state.vehicle === "") learn(state, ask, known);
      judge(state, ask);
    },
    /** Whatever else the bay says during a stay, its own warnings first of all, is a sign that the car is still there. */
    event(state, ask) {
      if (state.begin === 0 || ask.t <= state.seen || isSilent(state, ask)) return;
      state.seen = ask.t;
      state.signs += 1;
    },
    wake: judge,
  };
}

function free(): StayState {
  return { begin: 0, vehicle: "", read: 0, seen: 0, signs: 0, due: 0, on: false };
}
