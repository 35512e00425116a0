import { StringDecoder } from "node:string_decoder";
import type { Database, RootDatabase } from "lmdb";
import type { QuarantineItem, QuarantinePage, RefusalCode } from "../../shared/city-port.ts";
import { writeBeside } from "../log/write-beside.ts";

/** Refused messages with the reason that a person understands; bounded, durable, counted for ever. */
export interface Quarantine {
  add(item: Omit<QuarantineItem, "n" | "payload"> & { readonly payload: Buffer }): void;
  page(query: { limit: number; device?: string }): QuarantinePage;
  state(): { total: number; byCode: Partial<Record<RefusalCode, number>> };
  restore(state: { total: number; byCode: Partial<Record<RefusalCode, number>> }): void;
}

const kept = 2000;
const shownBytes = 2000;

export function openQuarantine(root: RootDatabase): Quarantine {
  const db: Database<QuarantineItem, number> = root.openDB("quarantine", { encoding: "msgpack" });
  let items: QuarantineItem[] = [...db.getRange().map(({ value }) => value)];
  let total = items.at(-1)?.n ?? 0;
  let byCode: Partial<Record<RefusalCode, number>> = {};

  return {
    add({ payload, ...item }) {
      total += 1;
      byCode[item.code] = (byCode[item.code] ?? 0) + 1;
      const whole: QuarantineItem = { ...item, reason: item.reason.slice(0, 1000), n: total, payload: shown(payload) };
      items.push(whole);
      writeBeside(db.put(total, whole));
      if (items.length > kept) for (const old of items.splice(0, items.length - kept)) writeBeside(db.remove(old.n));
    },
    page({ limit, device }) {
      if (device === undefined) return { items: items.slice(-limit).reverse(), total, byCode };
      const wanted = items.filter((item) => item.device === device);
      const codes: Partial<Record<RefusalCode, number>> = {};
      for (const { code } of wanted) codes[code] = (codes[code] ?? 0) + 1;
      return { items: wanted.slice(-limit).reverse(), total: wanted.length, byCode: codes };
    },
    state: () => ({ total, byCode }),
    restore(state) {
      total = state.total;
      byCode = { ...state.byCode };
      for (const item of items) if (item.n > total) writeBeside(db.remove(item.n));
      items = items.filter((item) => item.n <= total);
    },
  };
}

/** Text as it is; other bytes as \xNN. */
export function shown(payload: Buffer): string {
  const head = payload.subarray(0, shownBytes);
  // a stream's decoder keeps back the letter that the cut has hit
  const text = head.length < payload.length ? new StringDecoder("utf8").write(head) : head.toString("utf8");
  const readable = text.includes("\uFFFD")
    ? [...head].map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`)).join("")
    : text;
  return payload.length > shownBytes || readable.length > shownBytes ? `${readable.slice(0, shownBytes)} … (${payload.length} bytes)` : readable;
}
