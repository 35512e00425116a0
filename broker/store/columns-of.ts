import type { Service } from "../../shared/service.ts";

export interface Column {
  readonly name: string;
  readonly metric: string;
  readonly kind: "number" | "flag" | "state" | "latitude" | "longitude";
}

/** The store's columns of a service, from its contract: one per metric, two per position. */
export function columnsOf(service: Service): readonly Column[] {
  return Object.entries(service.metrics).flatMap(([metric, { kind }]): Column[] =>
    kind === "position"
      ? [
          { name: `${metric}_lat`, metric, kind: "latitude" },
          { name: `${metric}_lon`, metric, kind: "longitude" },
        ]
      : [{ name: metric, metric, kind }],
  );
}
