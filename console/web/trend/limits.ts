import type { Text } from "../../../shared/service.ts";

/** Limits a device itself may carry, lowest first. `rank` is the alarm priority whose tick and dash it takes. */
const limitNames = [
  { name: "interest", rank: 4, label: { ko: "관심", en: "interest" } },
  { name: "caution", rank: 3, label: { ko: "주의", en: "caution" } },
  { name: "alert", rank: 2, label: { ko: "경계", en: "alert" } },
  { name: "serious", rank: 1, label: { ko: "심각", en: "serious" } },
] as const;

export interface Limit {
  readonly name: string;
  readonly rank: 1 | 2 | 3 | 4;
  readonly label: Text;
  readonly value: number;
}

/** Limits of the device's main metric, lowest first; a device without such constants has none. */
export function limitsOf(constants: Readonly<Record<string, number>>): readonly Limit[] {
  return limitNames.flatMap(({ name, rank, label }) => {
    const value = constants[name];
    return value === undefined || !Number.isFinite(value) ? [] : [{ name, rank, label, value }];
  });
}

/** The highest limit that the value has reached. */
export const crossed = (limits: readonly Limit[], value: number | undefined): Limit | undefined =>
  value === undefined ? undefined : limits.findLast((limit) => value >= limit.value);
