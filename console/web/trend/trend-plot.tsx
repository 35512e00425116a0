import { Chart, LinearScale, LineController, LineElement, type Plugin, PointElement } from "chart.js";
import { useEffect, useRef, useState } from "preact/hooks";
import { crossed } from "./limits.ts";
import { drawAhead } from "./plot-ahead.ts";
import { inkOf, type PlotInk } from "./plot-ink.ts";
import { drawLimits } from "./plot-limits.ts";
import { drawFoot, drawOver, drawUnder, footOf, type Paper } from "./plot-paper.ts";
import { axisOf, linePoints, nearest, type PlotPicture, type PlotWords } from "./plot-picture.ts";

Chart.register(LinearScale, LineController, LineElement, PointElement);

/** What is drawn now; the chart's plugin and its options read it, so that one chart lives as long as its place on the page. */
interface Drawing {
  picture: PlotPicture;
  words: PlotWords;
  ink: PlotInk;
}

const gutterFrom = 700;

function paperOf(chart: Chart, drawing: Drawing): Paper {
  const { left, right, top, bottom } = chart.chartArea;
  const { x, y } = chart.scales;
  return {
    context: chart.ctx,
    left,
    right,
    top,
    bottom,
    end: chart.width,
    x: (t) => x?.getPixelForValue(t) ?? 0,
    y: (value) => y?.getPixelForValue(value) ?? 0,
    ink: drawing.ink,
  };
}

const drawn = (drawing: Drawing): Plugin<"line"> => ({
  id: "paper",
  beforeDatasetsDraw(chart) {
    const paper = paperOf(chart, drawing);
    drawFoot(paper, drawing.picture, drawing.words);
    drawUnder(paper, drawing.picture, drawing.words);
    drawLimits(paper, drawing.picture, drawing.words);
  },
  afterDatasetsDraw(chart) {
    const paper = paperOf(chart, drawing);
    drawOver(paper, drawing.picture, drawing.words);
    drawAhead(paper, drawing.picture);
  },
});

function createPlot(canvas: HTMLCanvasElement, drawing: Drawing): Chart<"line"> {
  return new Chart(canvas, {
    type: "line",
    data: { datasets: [{ data: [] }] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      datasets: {
        line: {
          borderWidth: 1.6,
          pointRadius: 0,
          borderJoinStyle: "round",
          borderColor: () => drawing.ink.ink,
          segment: {
            borderColor: (segment) => {
              const over = crossed(drawing.picture.limits, Math.max(segment.p0.parsed.y ?? 0, segment.p1.parsed.y ?? 0));
              return over === undefined ? undefined : drawing.ink.tone[over.rank];
            },
            borderWidth: (segment) => (crossed(drawing.picture.limits, segment.p1.parsed.y ?? undefined) === undefined ? undefined : 2.4),
          },
        },
      },
      scales: {
        x: { type: "linear", display: false },
        y: {
          type: "linear",
          border: { display: false },
          grid: { color: () => drawing.ink.line, tickLength: 0 },
          afterFit: (axis) => {
            axis.width = 48;
          },
          ticks: {
            color: () => drawing.ink.ink3,
            font: { size: 11 },
            padding: 8,
            callback: (value) => Number(value).toFixed(axisOf(drawing.picture).decimals).replace("-", "−"),
          },
        },
      },
    },
    plugins: [drawn(drawing)],
  });
}

function redraw(chart: Chart<"line">, drawing: Drawing): void {
  const { picture } = drawing;
  const axis = axisOf(picture);
  const dataset = chart.data.datasets[0];
  // The chart may replace the array it was given; ours is made anew for every drawing.
  if (dataset !== undefined) dataset.data = linePoints(picture);
  const { x, y } = chart.options.scales ?? {};
  if (x) Object.assign(x, { min: picture.from, max: picture.to });
  if (y) Object.assign(y, { min: axis.min, max: axis.max, ticks: { ...y.ticks, stepSize: axis.step } });
  Object.assign(chart.options, {
    layout: { padding: { top: 16, bottom: footOf(picture.lanes), right: chart.width >= gutterFrom && picture.gutter ? 118 : 14 } },
  });
  chart.data.datasets.splice(1);
  chart.update("none");
}

export interface TrendPlotProps {
  readonly picture: PlotPicture;
  readonly words: PlotWords;
  /** The plot in a sentence, for those who do not see it. */
  readonly label: string;
  /** Time, value and quality of one point in words. */
  readonly tell: (t: number, value: number, q: string | undefined) => string;
}

/** One plot on one canvas; redrawn at most once per animation frame. Arrow keys walk along the points. */
export function TrendPlot({ picture, words, label, tell }: TrendPlotProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const live = useRef<{ chart: Chart<"line">; drawing: Drawing; frame: number } | undefined>(undefined);
  const [at, setAt] = useState<number | undefined>(undefined);

  const ask = () => {
    const now = live.current;
    if (now === undefined || now.frame !== 0) return;
    now.frame = requestAnimationFrame(() => {
      now.frame = 0;
      redraw(now.chart, now.drawing);
    });
  };
  useEffect(() => {
    const place = canvas.current;
    if (place === null) return;
    const drawing: Drawing = { picture, words, ink: inkOf(place) };
    live.current = { chart: createPlot(place, drawing), drawing, frame: 0 };
    const theme = new MutationObserver(() => {
      drawing.ink = inkOf(place);
      ask();
    });
    theme.observe(document.documentElement, { attributes: true });
    const own = live.current;
    return () => {
      theme.disconnect();
      cancelAnimationFrame(own.frame);
      own.chart.destroy();
      live.current = undefined;
    };
  }, []);
  useEffect(() => {
    if (live.current === undefined) return;
    Object.assign(live.current.drawing, { picture, words });
    ask();
  }, [picture, words]);

  const { t, mean, q } = picture.columns;
  const walk = (event: KeyboardEvent) => {
    const step = event.code === "ArrowLeft" ? -1 : event.code === "ArrowRight" ? 1 : 0;
    if (step === 0 || t.length === 0) return;
    event.preventDefault();
    const here = at === undefined ? t.length - 1 : nearest(t, at) + step;
    setAt(t[Math.max(0, Math.min(t.length - 1, here))]);
  };
  const point = (event: PointerEvent) => {
    const chart = live.current?.chart;
    const time = chart?.scales.x?.getValueForPixel(event.offsetX);
    setAt(time === undefined || time < picture.from ? undefined : time);
  };
  const found = at === undefined ? -1 : nearest(t, at);
  const chart = live.current?.chart;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read the points out
    <div class="trend-plot" role="img" aria-label={label} tabIndex={0} onKeyDown={walk} onBlur={() => setAt(undefined)}>
      <canvas ref={canvas} onPointerMove={point} onPointerLeave={() => setAt(undefined)} />
      {found >= 0 && chart !== undefined && (
        <>
          <i
            class="trend-cursor"
            style={{
              left: `${chart.scales.x?.getPixelForValue(t[found] ?? 0) ?? 0}px`,
              top: `${chart.chartArea.top}px`,
              bottom: `${chart.height - chart.chartArea.bottom}px`,
            }}
          />
          <output class="trend-tell">{tell(t[found] ?? 0, mean[found] ?? 0, q[found])}</output>
        </>
      )}
    </div>
  );
}
