import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface Drawing {
  readonly pen: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly font: string;
  /** A token of the theme. */
  readonly ink: (name: string) => string;
}

function drawOn(canvas: HTMLCanvasElement, paint: (drawing: Drawing) => void): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const pen = canvas.getContext("2d");
  if (!pen || width === 0 || height === 0) return;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  pen.scale(devicePixelRatio, devicePixelRatio);
  const style = getComputedStyle(canvas);
  paint({ pen, width, height, font: style.fontFamily, ink: (name) => style.getPropertyValue(name) });
}

/** A canvas that is as sharp as the screen, drawn anew when `causes` or its size change. */
export function useCanvas(paint: (drawing: Drawing) => void, causes: readonly unknown[]): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const newest = useRef(paint);
  newest.current = paint;
  useEffect(() => {
    if (canvas.current) drawOn(canvas.current, newest.current);
  }, causes);
  useEffect(() => {
    const at = canvas.current;
    if (!at) return;
    let first = true;
    const seen = new ResizeObserver(() => {
      // An observer reports once when it begins; that size is drawn already.
      if (!first) drawOn(at, newest.current);
      first = false;
    });
    seen.observe(at);
    return () => seen.disconnect();
  }, []);
  return canvas;
}
