import { useMemo } from "preact/hooks";
import type { FigureSeries } from "../../../../../shared/city-port.ts";
import { lang, say, t } from "../../../language.ts";
import { timeTicks } from "../../../trend/axis.ts";
import { clockText } from "../../../trend/words.ts";
import type { LaneBox, LaneContent } from "./lane-boxes.ts";
import type { LaneAct, LaneFind } from "./lane-found.ts";
import { Act, Block, type BlockKind, blockExtent, CueFlag, cueExtent, Find, findExtent } from "./lane-marks.tsx";
import { axisHeight, type LanePlace, lanePlaces, rowTop, type TimeScale, timeScale } from "./lane-places.ts";
import { actWords, fitted, widthOf } from "./lane-words.ts";
import { pack } from "./pack.ts";
import { noRain, pathOf, rainCurve } from "./rain-curve.ts";

export interface LanesDrawingProps {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** The run is over: now is its end, and nothing is ahead. */
  readonly isOver: boolean;
  readonly zone: string;
  readonly content: LaneContent;
  readonly finds: readonly LaneFind[];
  readonly acts: readonly LaneAct[];
  /** undefined: it is not known any more. */
  readonly rain: Pick<FigureSeries, "t" | "v"> | undefined;
  /** What is true is nobody's to see now. */
  readonly isHidden: boolean;
  readonly picked: { readonly from: number; readonly to: number } | undefined;
  readonly width: number;
  readonly height: number;
}

const leftOf = (width: number): number => (width < 900 ? 112 : 150);
const edge = 16;
export const scaleFor = ({ from, to, width }: Pick<LanesDrawingProps, "from" | "to" | "width">): TimeScale =>
  timeScale({ from, to }, leftOf(width), width - edge);

interface RowsProps {
  readonly place: LanePlace;
  readonly boxes: readonly LaneBox[];
  readonly kind: BlockKind;
  readonly scale: TimeScale;
  readonly now: number;
}
function Rows({ place, boxes, kind, scale, now }: RowsProps) {
  const { placed, left } = pack(boxes, { rows: place.rows, extent: (box) => blockExtent(box, scale, now) });
  return (
    <>
      {placed.map(({ one, row }) => (
        <Block key={one.id} box={one} y={rowTop(place, row) + 1} height={place.row - 4} scale={scale} now={now} kind={kind} />
      ))}
      <More count={left.length} place={place} />
    </>
  );
}
const More = ({ count, place }: { readonly count: number; readonly place: LanePlace }) =>
  count === 0 ? null : (
    <text x="176" y={place.y + place.height - 8} class="t-hint is-end">
      {t(`외 ${count}건`, `${count} more`)}
    </text>
  );

function Cues({ place, content, scale }: { readonly place: LanePlace; readonly content: LaneContent; readonly scale: TimeScale }) {
  const most = 170;
  const wordsOf = (n: number) =>
    fitted(say(content.cues[n]?.words ?? { ko: "", en: "" }), Math.min(most, scale.x(scale.to) - scale.x(content.cues[n]?.t ?? 0) - 10), 550);
  const indexed = content.cues.map((cue, n) => ({ cue, words: wordsOf(n) }));
  const { placed, left } = pack(indexed, { rows: place.rows, extent: ({ cue, words }) => cueExtent(cue, words, scale) });
  return (
    <>
      {placed.map(({ one, row }) => (
        <CueFlag key={one.cue.id} cue={one.cue} words={one.words} y={rowTop(place, row)} bottom={place.y + place.height} scale={scale} />
      ))}
      <More count={left.length} place={place} />
    </>
  );
}

function Environment({ place, props, scale }: { readonly place: LanePlace; readonly props: LanesDrawingProps; readonly scale: TimeScale }) {
  const bottom = place.y + place.height - 6;
  const { lines, highest } = rainCurve(props.rain ?? { t: [], v: [] }, scale, place.y + 22, bottom);
  const { placed } = pack(props.content.environment, { rows: 2, extent: (box) => blockExtent(box, scale, props.now) });
  return (
    <g class="t-rain">
      {lines.map((points) => (
        <g key={points[0]?.[0]}>
          <path d={`${pathOf(points)}L${points.at(-1)?.[0]} ${bottom}L${points[0]?.[0]} ${bottom}Z`} class="t-rain-fill" />
          <path d={pathOf(points)} class="t-rain-line" />
        </g>
      ))}
      {lines.length === 0 ? null : (
        <text x={leftOf(props.width) - 6} y={place.y + 26} class="t-axis" text-anchor="end">
          {Math.round(highest)}
        </text>
      )}
      {props.rain === undefined ? (
        <text x={scale.x(scale.from) + 6} y={bottom - 4} class="t-axis">
          {say(noRain)}
        </text>
      ) : null}
      {props.isHidden
        ? null
        : placed.map(({ one, row }) => (
            <Block key={one.id} box={one} y={place.y + 4 + row * 19} height={16} scale={scale} now={props.now} kind="environment" />
          ))}
    </g>
  );
}

function Detected({ place, finds, scale }: { readonly place: LanePlace; readonly finds: readonly LaneFind[]; readonly scale: TimeScale }) {
  const { placed } = pack(finds, {
    rows: place.rows,
    extent: (find) => findExtent(find, scale),
    short: (find) => ({ x0: scale.x(find.t) - 8, x1: scale.x(find.t) + 8 }),
    gap: 2,
  });
  return (
    <>
      {placed.map(({ one, row, isShort }) => (
        <Find key={one.id} find={one} y={rowTop(place, row)} scale={scale} withWords={!isShort} />
      ))}
    </>
  );
}

/** Words stand beside an act where the next one leaves room. */
function Acts({ place, acts, scale }: { readonly place: LanePlace; readonly acts: readonly LaneAct[]; readonly scale: TimeScale }) {
  return (
    <>
      {acts.map((act, n) => {
        const next = acts[n + 1];
        const room = (next === undefined ? scale.x(scale.to) : scale.x(next.t)) - scale.x(act.t) - 18;
        const words = act.look === "acknowledged" ? "" : actWords(act);
        return <Act key={act.n} act={act} y={rowTop(place, 0)} scale={scale} words={widthOf(words) <= room ? words : ""} />;
      })}
    </>
  );
}

/** Lanes on one axis. What it draws stands in words beside it. */
export function LanesDrawing(props: LanesDrawingProps) {
  const { width, content, now, zone, isOver, isHidden } = props;
  const scale = scaleFor(props);
  const empty = (["events", "faults", "quiet"] as const).filter((id) => isHidden || content[id].length === 0).join();
  const { places, height } = useMemo(() => lanePlaces(props.height, (id) => empty.includes(id)), [props.height, empty]);
  const ticks = timeTicks(scale.from, scale.to, width - leftOf(width), zone, 70);
  const bottom = height - axisHeight;
  const x = scale.x(now);
  const place = (id: LanePlace["id"]): LanePlace => places.find((one) => one.id === id) ?? { ...(places[0] as LanePlace) };
  void lang.value;
  const { picked } = props;
  const shared = { scale, now } as const;
  return (
    <svg class="t-lanes" width={width} height={height} aria-hidden="true">
      <defs>
        <pattern id="t-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0.5 0V6" class="t-hatch" />
        </pattern>
      </defs>
      {picked === undefined ? null : (
        <rect x={scale.x(picked.from)} width={scale.x(picked.to) - scale.x(picked.from)} y="0" height={bottom} class="t-picked" />
      )}
      {ticks.map((tick) => (
        <path key={tick.t} d={`M${Math.round(scale.x(tick.t)) + 0.5} 0V${bottom}`} class="t-grid" />
      ))}
      {places.map((one) => (
        <g key={one.id}>
          {one.y === 0 ? null : <path d={`M0 ${one.y + 0.5}H${width}`} class="t-rule" />}
          <text x="12" y={one.y + 22} class="t-name">
            {say(one.title)}
          </text>
          {width < 900 ? null : (
            <text x="12" y={one.y + 37} class="t-hint">
              {say(one.hint)}
            </text>
          )}
        </g>
      ))}
      <Cues place={place("cues")} content={content} scale={scale} />
      <Environment place={place("environment")} props={props} scale={scale} />
      {isHidden ? (
        <Curtain from={place("events").y} to={place("detected").y} width={width} />
      ) : (
        <>
          <Rows place={place("events")} boxes={content.events} kind="event" {...shared} />
          <Rows place={place("faults")} boxes={content.faults} kind="fault" {...shared} />
          <Rows place={place("quiet")} boxes={content.quiet} kind="quiet" {...shared} />
          <Detected place={place("detected")} finds={props.finds} scale={scale} />
        </>
      )}
      <Acts place={place("operator")} acts={props.acts} scale={scale} />
      {ticks.map((tick) =>
        Math.abs(scale.x(tick.t) - x) < 38 ? null : (
          <text key={tick.t} x={scale.x(tick.t)} y={height - 9} class="t-axis" text-anchor="middle">
            {tick.text}
          </text>
        ),
      )}
      <g class="t-now">
        <path d={`M${x} ${isOver ? 0 : 6}V${bottom}`} />
        {isOver ? null : <path d={`M${x - 5} 0h10l-5 7z`} class="t-now-mark" />}
        <text x={x} y={height - 9} text-anchor="middle">
          {clockText(now, zone, false)}
        </text>
      </g>
    </svg>
  );
}

const Curtain = ({ from, to, width }: { readonly from: number; readonly to: number; readonly width: number }) => (
  <g>
    <rect x={leftOf(width)} y={from + 6} width={width - leftOf(width) - edge} height={to - from - 12} fill="url(#t-hatch)" class="t-curtain" />
    <rect x={leftOf(width) + 20} y={(from + to) / 2 - 15} width="330" height="30" class="t-plate" />
    <text x={leftOf(width) + 32} y={(from + to) / 2 + 4} class="t-label">
      {t("사실은 훈련이 끝날 때까지 가려 둡니다.", "What is true stays hidden until the drill ends.")}
    </text>
  </g>
);
