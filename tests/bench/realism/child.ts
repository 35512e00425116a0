import { measure, type Run } from "./runs.ts";

/** What a process tells its parent: how far it is, and at last what it measured. Ends with its parent. */
process.on("disconnect", () => process.exit(1));
process.on("message", (run: Run) => {
  const measured = measure(run, (days) => void process.send?.({ days }));
  process.send?.({ measured }, () => process.exit(0));
});
