import { describe, expect, it } from "vitest";
import { may, type Right, type Role, rights, rightsOf, roles } from "../../shared/roles.ts";

/** Who may do what, once more and by hand: a change of rights must be meant. */
const table: Readonly<Record<Role, string>> = {
  viewer: "read",
  operator: "read act",
  care: "read act care",
  supervisor: "read act supervise",
  demonstrator: "read clock",
  tester: "read clock inject",
  admin: "read act supervise care clock inject manage",
};

describe("roles", () => {
  it.each(roles.flatMap((role) => rights.map((right): [Role, Right] => [role, right])))("%s and the right to %s stand as written", (role, right) => {
    expect(may(role, right)).toBe(table[role].split(" ").includes(right));
  });

  it("all may read, and each right has somebody", () => {
    for (const role of roles) expect(may(role, "read")).toBe(true);
    for (const right of rights) expect(roles.filter((role) => may(role, right))).toContain("admin");
  });

  it("have no right twice and none that nobody knows", () => {
    for (const given of Object.values(rightsOf)) {
      expect(given).toEqual([...new Set(given)]);
      for (const right of given) expect(rights).toContain(right);
    }
  });
});
