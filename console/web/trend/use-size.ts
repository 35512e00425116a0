import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The place of a drawing in true pixels, so that lines and words keep their weight at every width. */
export function useSize<T extends Element>(): { readonly place: RefObject<T | null>; readonly size: Size } {
  const place = useRef<T>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const at = place.current;
    if (at === null) return;
    const look = () => {
      const { width, height } = at.getBoundingClientRect();
      setSize((held) => (held.width === width && held.height === height ? held : { width, height }));
    };
    look();
    const seen = new ResizeObserver(look);
    seen.observe(at);
    return () => seen.disconnect();
  }, []);
  return { place, size };
}
