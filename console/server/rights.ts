import { may, type Right, type Role, roles } from "../../shared/roles.ts";

/** Names the right that is missing, and who has it. */
export function lacking(role: Role, right: Right): string {
  const holders = roles.filter((one) => may(one, right));
  return `the role ${role} lacks the right "${right}"; ${holders.join(", ")} ${holders.length === 1 ? "has" : "have"} it`;
}
