import { measure, type Run } from "./runs.ts";

/** Tells its parent how far it is, and at last what it measured; ends with it, also in the middle of its work, when it hears nothing. */
const tell = (what: object, told: () => void = () => undefined): void =>
  void process.send?.(what, undefined, undefined, (error: Error | null) => (error === null ? told() : process.exit(1)));
process.on("disconnect", () => process.exit(1));
process.on("message", (run: Run) => {
  const measured = measure(run, (days) => tell({ days }));
  tell({ measured }, () => process.exit(0));
});
