import type { ListLine } from "./clusters.ts";

/** What a key does in the list. */
export type Walk =
  | { readonly do: "go"; readonly to: number; readonly marks: boolean }
  | { readonly do: "mark"; readonly id: string }
  | { readonly do: "mark-all" }
  | { readonly do: "fold"; readonly id: string; readonly open: boolean }
  | { readonly do: "open"; readonly id: string };
export type Press = Pick<KeyboardEvent, "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** `at`: the chosen line, -1 = none; `page`: lines that fit. undefined = the key is not the list's. */
export function walkOf(press: Press, lines: readonly ListLine[], at: number, page: number): Walk | undefined {
  if (lines.length === 0 || press.altKey) return undefined;
  if (press.ctrlKey || press.metaKey) return press.code === "KeyA" ? { do: "mark-all" } : undefined;
  const line = lines[at];
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: Math.max(1, page - 1),
    PageUp: -Math.max(1, page - 1),
    Home: -lines.length,
    End: lines.length,
  };
  const step = steps[press.code];
  if (step !== undefined) {
    const to = at < 0 ? 0 : Math.max(0, Math.min(lines.length - 1, at + step));
    return { do: "go", to, marks: press.shiftKey };
  }
  if (line === undefined || press.shiftKey) return undefined;
  if (press.code === "Space" && line.kind === "alarm") return { do: "mark", id: line.id };
  if (press.code === "Enter" || press.code === "NumpadEnter")
    return line.kind === "fold" ? { do: "fold", id: line.id, open: !line.open } : { do: "open", id: line.id };
  return sideways(press.code, lines, at, line);
}

/** Where a person goes on whose own act took the chosen line out of the list: the one that has come to its place, else the last. */
export function successorOf(
  lines: readonly ListLine[],
  was: { readonly id: string; readonly at: number },
  acted: readonly string[],
): string | undefined {
  if (!acted.includes(was.id) || lines.some(({ id }) => id === was.id)) return undefined;
  return lines[Math.min(was.at, lines.length - 1)]?.id;
}

function sideways(code: string, lines: readonly ListLine[], at: number, line: ListLine): Walk | undefined {
  const bundle = line.kind === "fold" || line.under > 0;
  if (code === "ArrowRight" && bundle) return line.open ? undefined : { do: "fold", id: line.id, open: true };
  if (code !== "ArrowLeft") return undefined;
  if (bundle && line.open) return { do: "fold", id: line.id, open: false };
  // From a consequence to its cause.
  if (line.kind === "alarm" && line.depth === 1) {
    const to = lines.findLastIndex((other, index) => index < at && !(other.kind === "alarm" && other.depth === 1));
    return to < 0 ? undefined : { do: "go", to, marks: false };
  }
  return undefined;
}
