import type { Run } from "../play/run.ts";
import { htmlReport } from "./html.ts";
import { junitReport } from "./junit.ts";

export const reportOf = (run: Run, format: "html" | "junit"): string =>
  format === "html" ? htmlReport([{ run, digest: undefined }]) : junitReport([run]);
