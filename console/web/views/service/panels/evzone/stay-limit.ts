import type { StayLaw } from "../../../../../../shared/alarm-rule.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { lawAt, limitFor, limitReached } from "../../../../../../shared/stay-law.ts";
import { zoneOffset } from "../../../../trend/axis.ts";

/** How long a stay may last by the law that held when it began. */
export interface LegalStay {
  /** Instant at which the law is broken, epoch ms. */
  readonly ends: number;
  readonly seconds: number;
  readonly notCounted: readonly [number, number] | undefined;
  readonly law: StayLaw;
}
export interface Stay {
  readonly vehicle: string;
  /** Epoch ms. */
  readonly begin: number;
  readonly constants: Readonly<Record<string, number>>;
  readonly zone: string;
}

/** The earliest limit that any rule of the contract sets to this stay; undefined = the law limits nothing. */
export function legalStay({ rules }: Pick<Service, "rules">, { vehicle, begin, constants, zone }: Stay): LegalStay | undefined {
  const offset = zoneOffset(begin, zone);
  const stays = rules.flatMap(({ when }): LegalStay[] => {
    if (when.kind !== "overstay") return [];
    const law = lawAt(when.law, begin, offset);
    const limit = law && limitFor(law, vehicle, constants);
    return law === undefined || limit === undefined
      ? []
      : [{ ends: limitReached(begin, limit, offset), seconds: limit.seconds, notCounted: limit.notCounted, law }];
  });
  return stays.sort((a, b) => a.ends - b.ends)[0];
}
