const fractionsOf = (precision: number): readonly string[] =>
  Array.from({ length: Number(`1e${precision}`) }, (_, n) => (n === 0 ? "" : `.${String(n).padStart(precision, "0").replace(/0+$/, "")}`));
const tables = [0, 1, 2, 3].map(fractionsOf);
const scales = Array.from({ length: 10 }, (_, precision) => Number(`1e${precision}`));

/** `n` units of 10^-precision as JSON writes the number, e.g. 183 with 3 is `0.183`: no floating point on the way, hence the same bytes everywhere. */
export function decimal(n: number, precision: number): string {
  if (precision === 0) return String(n);
  const size = n < 0 ? -n : n;
  const scale = scales[precision] ?? 1;
  const whole = Math.floor(size / scale);
  const rest = size - whole * scale;
  const fraction = tables[precision]?.[rest] ?? (rest === 0 ? "" : `.${String(rest).padStart(precision, "0").replace(/0+$/, "")}`);
  return n < 0 ? `-${whole}${fraction}` : `${whole}${fraction}`;
}
