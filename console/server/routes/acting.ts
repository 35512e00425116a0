import type { Acted, RoomAction } from "../../../shared/room-action.ts";
import { actInRoom, type Done } from "../act-in-room.ts";
import { type Answer, json, problem, wrongParameters } from "../problem.ts";
import type { Ask, Surface } from "../route.ts";

/** What every action in the room may answer beside the usual. */
export const actingProblems = [404, 409] as const;

type Who = Pick<Ask<unknown, unknown, unknown>, "actor" | "see">;

/** Does it, and hears what came of it. */
export const doneIn = (action: RoomAction, { actor, see }: Who, { port, catalogue }: Surface): Promise<Done> =>
  actInRoom(action, { actor, see, port, catalogue });

export function refusalOf(done: Exclude<Done, { ok: true }>): Answer {
  return done.status === 400 ? wrongParameters(done.errors) : problem(done.status, done.reason);
}

/** Does it, and answers what was touched and what was left. */
export async function act(action: RoomAction, who: Who, surface: Surface): Promise<Answer> {
  const done = await doneIn(action, who, surface);
  return done.ok ? json(done.value satisfies Acted) : refusalOf(done);
}

/** An optional field that is absent stays absent: `undefined` is not a value of an action. */
export const given = <K extends string, V>(name: K, value: V | undefined): { [_ in K]?: V } =>
  (value === undefined ? {} : { [name]: value }) as { [_ in K]?: V };
