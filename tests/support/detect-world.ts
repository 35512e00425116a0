import { createDetector, type DetectorState } from "../../broker/alarms/detect/detector.ts";
import type { Finding } from "../../broker/alarms/detect/evaluator.ts";
import type { Watched } from "../../broker/alarms/observed.ts";
import type { Rule } from "../../shared/alarm-rule.ts";
import type { Meta, Quality, Value } from "../../shared/reading.ts";
import { rulesOf as contractRules } from "../../shared/rules-of.ts";
import type { Service } from "../../shared/service.ts";
import { start } from "./ingest-world.ts";

export { birth, day, hour, minute, start } from "./ingest-world.ts";
export const second = 1000;

interface DetectWorldOptions {
  readonly service: Service;
  readonly devices: readonly Meta[];
  /** Default: those of the contract. */
  readonly rules?: readonly Rule[];
  /** Event time at which the timeline begins; default: midnight in Seoul, Monday 2026-10-12. */
  readonly from?: number;
}
/** What was found, short enough for a table: seconds since the begin. */
type Told = readonly [seconds: number, what: Finding["what"], rule: string, priority: number];

/** The real detector over devices of one contract; a test says readings and events, lets event time pass, and looks at what was found. */
export function detectWorld({ service, devices, rules, from = start }: DetectWorldOptions) {
  const watched = new Map<string, Watched>();
  const put = (meta: Meta): void => {
    const kind = service.kinds[meta.kind];
    if (kind === undefined) throw new Error(`no kind ${meta.kind}`);
    const every = meta.every ?? kind.every;
    const stale = meta.stale ?? kind.stale;
    const { d: id, district } = meta;
    watched.set(id, { id, service: service.id, kind: meta.kind, district, timeline: "city", stale, every, meta, contract: service });
  };
  for (const meta of devices) put(meta);
  const detector = createDetector({
    devices: () => watched.values(),
    device: (id) => watched.get(id),
    rulesOf: rules === undefined ? contractRules : (_service, kind) => rules.filter((rule) => rule.kind === kind),
  });
  detector.forget(from);
  const findings: Finding[] = [];
  return {
    detector,
    findings,
    /** A device says metrics at an instant (epoch ms). */
    say(device: string, t: number, m: Readonly<Record<string, Value>>, q?: Readonly<Record<string, Quality>>): void {
      detector.take({ t, device, m, ...(q === undefined ? {} : { q }) });
    },
    /** Says the same, or what the instant gives, from `begin` up to and including `end`, every so many seconds. */
    keep(
      device: string,
      [begin, end]: readonly [number, number],
      every: number,
      m: Readonly<Record<string, Value>> | ((t: number) => Readonly<Record<string, Value>>),
    ): void {
      for (let t = begin; t <= end; t += every * second) this.say(device, t, typeof m === "function" ? m(t) : m);
    },
    event(device: string, t: number, e: string, x?: Readonly<Record<string, number | string>>): void {
      detector.take({ t, device, e, ...(x === undefined ? {} : { x }) });
    },
    /** Event time comes to here. */
    until(t: number): readonly Finding[] {
      const found = detector.advance(t);
      findings.push(...found);
      return found;
    },
    /** As after a restart: the state goes through the checkpoint's serialisation. */
    restart(): void {
      const state: DetectorState = structuredClone(detector.state());
      detector.restore(state);
    },
    put(meta: Meta): void {
      put(meta);
      detector.changed(meta.d);
    },
    told: (device?: string): Told[] =>
      findings
        .filter((finding) => device === undefined || finding.device === device)
        .map(({ t, what, rule, priority }) => [(t - from) / second, what, rule.id, priority]),
    /** Ids of the rules that have been raised, in order. */
    raised: (): string[] => findings.filter(({ what }) => what === "raised").map(({ rule }) => rule.id),
    /** Ids of the rules that stand now. */
    standing(): string[] {
      const open = new Set<string>();
      for (const { what, rule, device } of findings) {
        if (what === "raised") open.add(`${rule.id} ${device}`);
        if (what === "cleared") open.delete(`${rule.id} ${device}`);
      }
      return [...open].map((key) => key.split(" ")[0] ?? "");
    },
  };
}
export type DetectWorld = ReturnType<typeof detectWorld>;

/** A rule of a test: only what matters is said. */
export const ruleOf = (kind: string, when: Rule["when"], change: Partial<Rule> = {}): Rule => ({
  id: "rule",
  version: 1,
  kind,
  outcome: "alarm",
  class: "operations",
  priority: 3,
  title: { ko: "시험", en: "Trial" },
  cause: { ko: "까닭", en: "cause" },
  consequence: { ko: "결과", en: "consequence" },
  response: [],
  minutes: 0,
  when,
  ...change,
});
