import { describe, expect, it } from "vitest";
import { checkCommand } from "../../../broker/commands/check-command.ts";
import { services } from "../../../shared/services/index.ts";

const responses = services.flatMap((contract) =>
  contract.responses.map((response) => ({ contract, response, name: `${contract.id}/${response.id}` })),
);
const commands = services.flatMap((contract) =>
  Object.entries(contract.commands).map(([op, type]) => ({ contract, op, type, name: `${contract.id}/${op}` })),
);

describe("responses of the catalogue", () => {
  it("are there", () => expect(responses.length).toBeGreaterThan(5));
  it.each(responses)("$name is bound to a rule, and sends what the contract lets it send to devices that there are", ({ contract, response }) => {
    const rule = contract.rules.find(({ id }) => id === response.rule);
    expect(rule).toBeDefined();
    const kind = response.on === "self" ? rule!.kind : response.on.kind;
    expect(checkCommand({ id: "any", kind, contract }, response.op, response.args)).toMatchObject({ ok: true });
    for (const { metric, is } of response.guards) {
      expect(contract.kinds[kind]?.metrics).toContain(metric);
      const of = contract.metrics[metric];
      expect(
        of?.kind === "flag" ? typeof is === "boolean" : of?.kind === "state" && Array.isArray(is) && is.every((word) => of.words.includes(word)),
      ).toBe(true);
    }
  });
  it.each(responses.filter(({ response }) => response.when === "cleared"))(
    "$name takes back what another one of its rule has done",
    ({ contract, response }) => {
      expect(contract.responses.some(({ rule, when }) => rule === response.rule && when !== "cleared")).toBe(true);
    },
  );
});

describe("commands of the catalogue", () => {
  it.each(commands)("$name is read back by what its kind says, and its usual arguments are taken", ({ contract, op, type }) => {
    const kind = contract.kinds[type.kind];
    expect(kind).toBeDefined();
    if ("event" in type.readBack) expect(Object.keys(contract.events)).toContain(type.readBack.event);
    else expect(kind?.metrics).toContain(type.readBack.metric);
    const usual = Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, field.usual]));
    expect(checkCommand({ id: "any", kind: type.kind, contract }, op, usual)).toMatchObject({ ok: true });
  });
});
