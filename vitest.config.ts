import { defineConfig } from "vitest/config";

const common = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      // Pure code has no globals: its files share what they import. What opens sockets and browsers comes after, for it waits by the clock.
      {
        test: {
          ...common,
          name: "pure",
          pool: "forks",
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 0 },
          include: ["tests/{shared,simulator,broker,console,director,laws,bench}/**/*.test.ts"],
        },
      },
      // Sockets, programs and browsers wait more than they work: two at a time fill two cores. The files of one name share what they import.
      {
        test: {
          ...common,
          name: "flow",
          pool: "forks",
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 1 },
          include: ["tests/{contract,flow,console-server}/**/*.test.ts"],
        },
      },
      {
        test: {
          ...common,
          name: "e2e",
          pool: "forks",
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          include: ["tests/e2e/**/*.test.ts"],
        },
      },
    ],
  },
});
