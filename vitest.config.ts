import { defineConfig } from "vitest/config";

const common = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: "pure", pool: "threads", include: ["tests/{shared,simulator,broker,console,director,laws}/**/*.test.ts"] } },
      { test: { ...common, name: "flow", pool: "forks", maxWorkers: 1, include: ["tests/{contract,flow,console-server}/**/*.test.ts"] } },
      { test: { ...common, name: "e2e", pool: "forks", maxWorkers: 1, testTimeout: 120_000, include: ["tests/e2e/**/*.test.ts"] } },
    ],
  },
});
