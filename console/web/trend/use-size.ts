import { useLayoutEffect, useState } from "preact/hooks";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The place of a drawing in true pixels, so that lines and words keep their weight at every width. `place` is its ref. */
export function useSize<T extends Element>(): { readonly place: (element: T | null) => void; readonly size: Size } {
  const [element, setElement] = useState<T | null>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    if (element === null) return;
    const look = () => {
      const { width, height } = element.getBoundingClientRect();
      setSize((held) => (held.width === width && held.height === height ? held : { width, height }));
    };
    look();
    const seen = new ResizeObserver(look);
    seen.observe(element);
    return () => seen.disconnect();
  }, [element]);
  return { place: setElement, size };
}
