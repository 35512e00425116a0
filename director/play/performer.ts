import { z } from "zod";
import type { CityPort } from "../../shared/city-port.ts";
import { ok, type Result } from "../../shared/result.ts";
import { type InjectionState, injectionSchema } from "../../shared/scenario/injection.ts";
import type { Planned } from "../plan/plan.ts";
import { stepId } from "../plan/unfold.ts";
import type { SimLine } from "../sim-line.ts";
import type { Stage } from "../stage.ts";
import { createDeeds } from "./deeds.ts";
import { askInParts } from "./in-parts.ts";
import { createStepBook, type StepBook } from "./step-book.ts";

export interface PerformerParts {
  readonly planned: readonly Planned[];
  readonly stage: Stage;
  readonly port: CityPort;
  readonly sim: Pick<SimLine, "ask">;
}
/** Does the steps of a plan when they are due. */
export interface Performer {
  readonly book: StepBook;
  /** Everything whose time is known goes to the simulator now: it comes at its very second. @param from the scenario's first instant, which the city has come to. */
  sendAhead(from: number): Promise<Result<true>>;
  /** Whatever is due at this mark. */
  perform(mark: number): Promise<void>;
  /** Ends every injection of the plan that may still go on. */
  clearAll(): Promise<void>;
}

const states = ["waits", "active", "over", "refused"] as const;
const stateSchema = z.object({ ...injectionSchema.shape, t: z.number(), state: z.enum(states), reason: z.string().nullable() });
/** What the simulator answers to inject, clear and list. */
export function statesIn(data: unknown): readonly InjectionState[] {
  const read = z.array(stateSchema).safeParse(data);
  return read.success ? read.data : [];
}

/** When those end that it was asked to clear, by their ids; what had ended before is not among them. */
export function endsIn(data: unknown): ReadonlyMap<string, number> {
  const read = z.array(z.object({ id: z.string(), ends: z.number().optional() })).safeParse(data);
  return new Map(read.success ? read.data.flatMap(({ id, ends }) => (ends === undefined ? [] : [[id, ends]])) : []);
}

export function createPerformer({ planned, stage, port, sim }: PerformerParts): Performer {
  const book = createStepBook(planned);
  const deeds = createDeeds(port, stage);
  const sent = new Set<Planned>();

  async function inject(some: readonly Planned[], mark: number): Promise<Result<true>> {
    const injections = some.flatMap((one) => {
      const t = book.due(one);
      // what is due already comes at the first second that nobody has been promised
      return one.injection === null ? [] : [{ ...one.injection, targets: [...one.injection.targets], t: t === null || t <= mark ? null : t }];
    });
    if (injections.length === 0) return ok(true);
    for (const one of some) sent.add(one);
    const answer = await askInParts(sim, injections, (part) => ({ inject: part }));
    if (!answer.ok) return answer;
    settle(statesIn(answer.value));
    return ok(true);
  }
  function settle(states: readonly InjectionState[]): void {
    const byId = new Map(states.map((one) => [one.id, one]));
    for (const one of planned) {
      const now = one.injection === null ? undefined : byId.get(one.injection.id);
      if (now === undefined || now.state === "waits" || !book.isOpen(one)) continue;
      if (now.state === "refused") book.set(one, "failed", now.t, now.reason ?? "the simulator refused it");
      else book.set(one, "done", now.t);
    }
  }
  async function clear(one: Planned, mark: number): Promise<void> {
    const theirs = ({ coming }: Planned): boolean => stepId(coming.step, coming.index) === one.coming.step.clear;
    const ids = planned.filter(theirs).flatMap(({ injection }) => injection?.id ?? []);
    const done = await askInParts(sim, ids, (part) => ({ clear: part }));
    book.set(one, done.ok ? "done" : "failed", mark, done.ok ? null : done.reason);
  }
  async function doOne(one: Planned, mark: number): Promise<void> {
    const { what } = one.coming;
    if (what === "inject") return;
    if (what === "cue") return book.set(one, "done", book.due(one) ?? mark);
    if (what === "clear") return clear(one, mark);
    const came = await (what === "command" ? deeds.command(one) : deeds.act(one, mark));
    if (came !== undefined) book.set(one, came.state, mark, came.reason);
  }
  const injects = (one: Planned): boolean => one.injection !== null;

  return {
    book,
    sendAhead: (from) =>
      inject(
        planned.filter((one) => injects(one) && one.t !== null),
        from,
      ),
    async perform(mark) {
      for (const one of book.ready(mark)) await doOne(one, mark);
      const late = planned.filter((one) => injects(one) && !sent.has(one) && book.due(one) !== null);
      const told = await inject(late, mark);
      if (!told.ok) for (const one of late) book.set(one, "failed", mark, told.reason);
      if (!book.ready(mark).some((one) => injects(one) && sent.has(one))) return;
      const answer = await sim.ask({ list: "injections" });
      if (answer.ok) settle(statesIn(answer.value));
    },
    async clearAll() {
      const ids = [...sent].flatMap(({ injection }) => injection?.id ?? []);
      await askInParts(sim, ids, (part) => ({ clear: part }));
    },
  };
}
