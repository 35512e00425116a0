import type { Response } from "../../shared/alarm-rule.ts";
import { responseId } from "../../shared/rules-of.ts";
import type { Service } from "../../shared/service.ts";
import type { Watched } from "../alarms/observed.ts";

/** A response with the contract that binds it. */
export interface Binding {
  /** Unique in the room, and fit for an address: the service stands before the contract's own id. */
  readonly id: string;
  readonly contract: Service;
  readonly response: Response;
}

/** Responses of a contract, in its order. */
export const bindingsIn = (contract: Service): readonly Binding[] =>
  contract.responses.map((response) => ({ id: responseId(contract, response), contract, response }));

/** Devices that get the command when the rule finds something at `source`: ids in order. */
export function targetsOf({ on }: Response, source: Watched, devices: Iterable<Watched>): readonly string[] {
  if (on === "self") return [source.id];
  const beside = [...devices].filter(
    ({ kind, service, timeline, meta }) =>
      kind === on.kind && service === source.service && timeline === source.timeline && meta.gateway === source.meta.gateway,
  );
  return beside.map(({ id }) => id).sort();
}
