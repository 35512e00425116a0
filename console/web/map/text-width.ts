const pen = document.createElement("canvas").getContext("2d");
const known = new Map<string, number>();

/** Width in px, as the browser would draw it. */
export function textWidth(text: string, font: string): number {
  const key = `${font}|${text}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (pen) pen.font = font;
  const width = pen?.measureText(text).width ?? text.length * 8;
  known.set(key, width);
  return width;
}

/** Calls when widths have changed, because letters came that were not there before; returns the way to stop. */
export function onNewLetters(listener: () => void): () => void {
  const came = () => {
    known.clear();
    listener();
  };
  document.fonts.addEventListener("loadingdone", came);
  return () => document.fonts.removeEventListener("loadingdone", came);
}
