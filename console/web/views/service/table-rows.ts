import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Freshness } from "../device/readings.ts";

export interface TableRow {
  readonly row: DeviceRow;
  readonly fresh: Freshness;
  /** Main value of the device; NaN = never seen. */
  readonly value: number;
  readonly seen: number;
  readonly name: string;
  readonly district: string;
}
export type SortKey = "name" | "id" | "district" | "value" | "age" | "state";
export interface TableAsk {
  readonly text: string;
  readonly district: string;
  readonly kind: string;
  readonly state: "" | Freshness;
  readonly sort: SortKey;
  readonly down: boolean;
}

const rank: Readonly<Record<Freshness, number>> = { lost: 0, stale: 1, never: 2, fresh: 3 };

function order(a: TableRow, b: TableRow, key: SortKey): number {
  if (key === "value")
    return (Number.isNaN(a.value) ? Number.NEGATIVE_INFINITY : a.value) - (Number.isNaN(b.value) ? Number.NEGATIVE_INFINITY : b.value);
  // The oldest reading has the greatest age.
  if (key === "age") return b.seen - a.seen;
  if (key === "state") return rank[a.fresh] - rank[b.fresh];
  if (key === "id") return a.row.id < b.row.id ? -1 : 1;
  return a[key].localeCompare(b[key]);
}

/** What the filter leaves, in the order asked for; equal rows stay in the order of their ids, so that nothing jumps. */
export function arrange(rows: readonly TableRow[], ask: TableAsk): readonly TableRow[] {
  const text = ask.text.trim().toLowerCase();
  const kept = rows.filter(
    ({ row, fresh, name, district }) =>
      (ask.district === "" || row.district === ask.district) &&
      (ask.kind === "" || row.kind === ask.kind) &&
      (ask.state === "" || fresh === ask.state) &&
      (text === "" ||
        row.id.includes(text) ||
        name.toLowerCase().includes(text) ||
        district.toLowerCase().includes(text) ||
        row.gateway.includes(text)),
  );
  const sign = ask.down ? -1 : 1;
  return kept.sort((a, b) => {
    const first = sign * order(a, b, ask.sort);
    return Number.isNaN(first) || first === 0 ? (a.row.id < b.row.id ? -1 : 1) : first;
  });
}

/** Rows of the window that must be drawn, with a few beyond its edges. */
export function slice(count: number, top: number, height: number, rowHeight: number): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.floor(top / rowHeight) - 6);
  return { from, to: Math.min(count, Math.ceil((top + height) / rowHeight) + 6) };
}
