import type { Response, Rule } from "./alarm-rule.ts";
import { sensorRulesOf } from "./sensor-rules.ts";
import type { Service } from "./service.ts";

/** All rules that judge a kind of device: those of its sensors first, then its service's own. */
export const rulesOf = (service: Service, kind: string): readonly Rule[] => [
  ...sensorRulesOf(service, kind),
  ...service.rules.filter((rule) => rule.kind === kind),
];

/** The rule named `service/rule` as it judges a device of this kind; undefined when the contract no longer has it. */
export const ruleNamed = (service: Service, kind: string, name: string): Rule | undefined =>
  rulesOf(service, kind).find(({ id }) => name === `${service.id}/${id}`);

/** How the room names a response: unique over all services. */
export const responseId = ({ id }: Pick<Service, "id">, response: Pick<Response, "id">): string => `${id}-${response.id}`;
