/**
 * Services whose an alarm can be, by its id: the id begins with the service's own, which may hold hyphens itself. Whoever decides by it who may hear of
 * the alarm asks for each of them, so that none gets through under a shorter name. Ids of rules and responses (`service/rule`) are read as well.
 */
export function ownersOf(id: string): readonly string[] {
  const [named = ""] = id.split("/");
  const words = named.split("-");
  return words.map((_, last) => words.slice(0, last + 1).join("-"));
}
