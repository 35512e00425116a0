import type { Logger } from "pino";
import type { Service } from "../../shared/service.ts";
import type { StoredDevice } from "../store/column-batch.ts";
import type { ReadingStore } from "../store/reading-store.ts";
import { type ColumnBuilder, createColumnBuilder } from "./column-builder.ts";
import { createStoreFeed, type StoreFeed } from "./store-feed.ts";

/** Everything between the pipeline and one store: the run's or the field's. */
export interface StoreLane {
  readonly store: ReadingStore;
  readonly columns: ColumnBuilder;
  readonly feed: StoreFeed;
  /** Rows up to this log position were in the store when it was opened: not to be written again. */
  readonly had: number;
  /** A device that the store does not know yet, or knows otherwise. */
  know(device: StoredDevice): void;
  /** Hands over what has been gathered; `always` also without rows, to move the position on. */
  flush(position: number, always: boolean): void;
  /** Accepted but not confirmed. */
  pending(): number;
  close(): Promise<void>;
}

export async function openLane(
  store: ReadingStore,
  services: readonly Service[],
  devices: Iterable<StoredDevice>,
  { log, confirm }: { log: Logger; confirm: () => void },
): Promise<StoreLane> {
  const columns = createColumnBuilder(services);
  const feed = createStoreFeed(store, log, confirm);
  let news: StoredDevice[] = [...devices].map(plain);
  return {
    store,
    columns,
    feed,
    had: await store.position(),
    know: (device) => void news.push(plain(device)),
    flush(position, always) {
      if (columns.rows() === 0 && !always) return;
      feed.push(columns.take(position, news));
      news = [];
    },
    pending: () => columns.rows() + feed.pendingRows(),
    async close() {
      feed.stop();
      await store.close();
    },
  };
}

/** Entries carry functions, which cannot cross to the store's thread. */
const plain = ({ ix, id, service, kind, district, stale }: StoredDevice): StoredDevice => ({ ix, id, service, kind, district, stale });
