/** Marks that would lie over each other, as one: its place is that of the first of them. */
export interface Heap<T> {
  readonly x: number;
  readonly y: number;
  readonly of: readonly T[];
}
export function heapsOf<T>(marks: readonly { readonly x: number; readonly y: number; readonly of: T }[], reach: number): readonly Heap<T>[] {
  const heaps: { x: number; y: number; of: T[] }[] = [];
  for (const { x, y, of } of marks) {
    const near = heaps.find((heap) => Math.hypot(heap.x - x, heap.y - y) < reach);
    if (near === undefined) heaps.push({ x, y, of: [of] });
    else near.of.push(of);
  }
  return heaps;
}
