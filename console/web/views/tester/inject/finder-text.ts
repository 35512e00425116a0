import { rulesOf } from "../../../../../shared/rules-of.ts";
import type { Service } from "../../../../../shared/service.ts";
import { type Text, text } from "../../../../../shared/text.ts";

/** Who should find an injection, by the name that a preview has for it: a rule's title, or whose rules they are. What the catalogue does not know keeps its name. */
export function finderText(name: string, services: readonly Service[]): Text {
  const [owner = "", rule] = name.split("/");
  const own = services.filter(({ id }) => owner === "*" || id === owner);
  const title = own[0]?.title;
  if (rule === undefined) return title === undefined ? text(name, name) : text(`${title.ko}의 규칙`, `rules of ${title.en}`);
  const found = own.flatMap((service) => Object.keys(service.kinds).flatMap((kind) => rulesOf(service, kind))).find(({ id }) => id === rule);
  return found?.title ?? text(name, name);
}
