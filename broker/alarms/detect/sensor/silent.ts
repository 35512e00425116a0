import type { Service } from "../../../../shared/service.ts";
import { text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { durationWords, instantWords, labelOf } from "../known/words.ts";
import { allSilent, lineOf, slackMs } from "./lines.ts";

interface SilentState {
  silent: boolean;
}

/** The metric that must be there, because its sensor is judged; a device may speak and yet not measure. */
function vitalOf({ panel, metrics }: Service, kind: string): string {
  const main = panel.main[kind] ?? "";
  const metric = metrics[main];
  return metric?.kind === "number" && metric.sensing?.stuck !== undefined ? main : "";
}

/** A level that ends at the sensor is water that has come up to it, not a sensor that has failed. */
function reached({ device, world }: Ask, metric: string): boolean {
  const { bankfull } = device.meta.constants ?? {};
  const last = world.value(device.id, metric)?.value;
  return bankfull !== undefined && typeof last === "number" && last >= bankfull - 0.5;
}

/** Silent by event time: newest reading and limit. */
export function silentEvaluator(service: Service, kind: string): Evaluator<SilentState> {
  const vital = vitalOf(service, kind);

  /** Told when it is this device's own silence; otherwise looked at again after as long a time. */
  function judge(state: SilentState, ask: Ask): void {
    const limit = ask.device.stale * 1000;
    const newest = ask.world.newest(ask.device.id);
    if (state.silent || ask.t <= newest + limit) return;
    const line = lineOf(ask, ask.device.meta.gateway);
    if (line.lost || allSilent(ask, limit)) {
      ask.wake(ask.t + limit);
      return;
    }
    // others fell silent with it, and nobody has had a turn since: the gateway may be lost, which shows soon
    if (line.missing.length > 1 && line.due > ask.t && line.heard <= newest + ask.device.every * 1000 + slackMs) {
      ask.wake(line.due + 1);
      return;
    }
    state.silent = true;
    tell(ask, newest, "");
  }
  /** It speaks: is what matters in it? */
  function hear(state: SilentState, ask: Ask, measures: boolean): void {
    const measured = measures ? undefined : ask.world.value(ask.device.id, vital)?.t;
    if (measured === undefined || ask.t <= measured + ask.device.stale * 1000 || reached(ask, vital)) {
      if (state.silent) ask.clear();
      state.silent = false;
    } else if (!state.silent) {
      state.silent = true;
      tell(ask, measured, vital);
    }
  }
  function tell(ask: Ask, last: number, metric: string): void {
    const { device } = ask;
    const line = lineOf(ask, device.meta.gateway);
    const others = line.heard > last;
    const limit = durationWords(device.stale);
    const what = metric === "" ? text("보고", "reading") : labelOf(device.contract, metric);
    ask.raise({
      ...(metric === "" ? {} : { metric }),
      evidence: () => ({
        condition: text(
          `${limit.ko} 동안 ${what.ko} 없음 (마지막 ${instantWords(last)})`,
          `no ${what.en} for ${limit.en} (last one ${instantWords(last)})`,
        ),
        inputs: [{ device: device.id, metric: metric === "" ? "t" : metric, t: last, value: ask.world.value(device.id, metric)?.value ?? last }],
        baseline: null,
        neighbours: [],
        verdict: {
          what: "sensor",
          because: others
            ? text("같은 게이트웨이의 다른 장치는 보고하고 있습니다", "other devices of the same gateway speak")
            : text("이 장치만으로는 통신과 장치를 가릴 수 없습니다", "one device alone does not tell line from device"),
        },
      }),
    });
  }
  return {
    begin: () => ({ silent: false }),
    reading(state, ask, m) {
      const measures = vital === "" || m[vital] !== undefined;
      if (state.silent || !measures) hear(state, ask, measures);
    },
    calm: ({ silent }) => (silent ? undefined : vital === "" ? [] : [{ metric: vital, isNeeded: true }]),
    overdue: judge,
    wake: judge,
  };
}
