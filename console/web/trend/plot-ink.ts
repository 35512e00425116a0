/** Colours of the drawing, taken from the page's tokens, so that a plot follows the theme. */
export interface PlotInk {
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line: string;
  readonly line2: string;
  readonly band: string;
  readonly nb: string;
  readonly bg1: string;
  readonly bg2: string;
  readonly cy: string;
  /** Line tones by rank. Interest (4) is a reason to look, no alarm: it keeps the ink. */
  readonly tone: Readonly<Record<1 | 2 | 3 | 4, string>>;
  readonly font: string;
}

export function inkOf(element: Element): PlotInk {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: of("--ink"),
    ink2: of("--ink2"),
    ink3: of("--ink3"),
    line: of("--line"),
    line2: of("--line2"),
    band: of("--band"),
    nb: of("--nb"),
    bg1: of("--bg1"),
    bg2: of("--bg2"),
    cy: of("--cy"),
    tone: { 1: of("--p1-line"), 2: of("--p2-line"), 3: of("--p3-line"), 4: of("--ink") },
    font: style.fontFamily,
  };
}

/** 45° hatch over a rectangle. */
export function hatch(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, color: string, every = 7): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.beginPath();
  context.strokeStyle = color;
  context.lineWidth = 1;
  for (let at = x - height; at < x + width; at += every) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}
