import { say } from "../../../language.ts";
import { zone } from "../../../live/state.ts";
import { Badge, MaintenanceMark } from "../../../widgets/badge.tsx";
import type { LaneBox, LaneCue } from "./lane-boxes.ts";
import type { LaneAct, LaneFind } from "./lane-found.ts";
import type { TimeScale } from "./lane-places.ts";
import { actTold, boxText, boxTold, findText, findTold, fitted, widthOf } from "./lane-words.ts";
import { rankOf } from "./rank-of.ts";

const markRoom = 24;
const labelMost = 230;

export type BlockKind = "event" | "fault" | "quiet" | "environment";
/** A block: grey for an event, hatched for a fault, dashed while it is only planned; what lies ahead of now is lighter. */
export function Block({
  box,
  y,
  height,
  scale,
  now,
  kind,
}: {
  readonly box: LaneBox;
  readonly y: number;
  readonly height: number;
  readonly scale: TimeScale;
  readonly now: number;
  readonly kind: BlockKind;
}) {
  const x0 = scale.x(box.from);
  const x1 = Math.max(x0 + 4, scale.x(box.to ?? Math.max(now, box.from)));
  const done = Math.max(x0, Math.min(x1, scale.x(now)));
  const begin = x0 + (box.mark === undefined ? 6 : markRoom);
  const words = fitted(boxText(box), Math.min(labelMost, scale.x(scale.to) - begin));
  const middle = y + height / 2;
  const look = box.isPlanned || kind === "quiet" ? "is-dashed" : "";
  return (
    <g class={`t-box is-${kind} ${look} ${box.isPlanned ? "is-planned" : ""}`}>
      <title>{boxTold(box, zone.peek())}</title>
      <rect x={x0 + 0.5} y={y + 0.5} width={x1 - x0 - 1} height={height - 1} class="t-box-all" />
      {box.isPlanned || kind === "quiet" || kind === "environment" || done <= x0 + 1 ? null : (
        <rect x={x0} y={y} width={done - x0} height={height} class="t-box-done" />
      )}
      <rect x={x0 + 0.5} y={y + 0.5} width={x1 - x0 - 1} height={height - 1} class="t-box-edge" />
      {kind === "fault" ? <rect x={x0 + 1} y={y + 1} width={begin - x0 + widthOf(words) + 5} height={height - 2} class="t-plate" /> : null}
      {box.mark === undefined ? null : (
        <>
          <circle cx={x0 + 12} cy={middle} r="7" class="t-mark" />
          <text x={x0 + 12} y={middle + 4} class="t-mark-text">
            {box.mark}
          </text>
        </>
      )}
      <text x={begin} y={middle + 4.2} class="t-label">
        {words}
      </text>
    </g>
  );
}
export const blockExtent = (box: LaneBox, scale: TimeScale, now: number) => {
  const x0 = scale.x(box.from);
  const begin = x0 + (box.mark === undefined ? 6 : markRoom);
  const words = Math.min(labelMost, widthOf(boxText(box)), scale.x(scale.to) - begin);
  return { x0, x1: Math.max(scale.x(box.to ?? Math.max(now, box.from)), begin + words + 6) };
};

export const cueExtent = (cue: LaneCue, words: string, scale: TimeScale) => ({ x0: scale.x(cue.t), x1: scale.x(cue.t) + widthOf(words, 550) + 16 });

/** A flag on its stem. */
export const CueFlag = ({
  cue,
  words,
  y,
  bottom,
  scale,
}: {
  readonly cue: LaneCue;
  readonly words: string;
  readonly y: number;
  readonly bottom: number;
  readonly scale: TimeScale;
}) => {
  const x = scale.x(cue.t);
  const wide = widthOf(words, 550) + 14;
  return (
    <g class={`t-cue ${cue.isPlanned ? "is-planned" : ""}`}>
      <title>{say(cue.words)}</title>
      <path d={`M${x + 0.5} ${y}V${bottom}`} />
      <rect x={x + 0.5} y={y + 0.5} width={wide} height="18" />
      <text x={x + 7} y={y + 13.6}>
        {words}
      </text>
    </g>
  );
};

const itemPath = "M3 1.5h8v11H3zM5 4.5h4M5 7h4M5 9.5h2";
const refusedPath = "M2 2h10v10H2zM4 4l6 6M10 4l-6 6";

/** What was raised, by its shape; beside it the truth that it speaks of and how late it came. */
export function Find({
  find,
  y,
  scale,
  withWords,
}: {
  readonly find: LaneFind;
  readonly y: number;
  readonly scale: TimeScale;
  readonly withWords: boolean;
}) {
  const x = scale.x(find.t);
  const { mark, rest } = findText(find);
  const rank = rankOf(find);
  return (
    <g class="t-find">
      <title>{findTold(find, zone.peek())}</title>
      <g transform={`translate(${x - 7.5} ${y})`}>
        {find.look === "maintenance" ? (
          <MaintenanceMark look="filled" size={15} />
        ) : find.look === "alarm" && rank !== undefined ? (
          <Badge rank={rank} look="filled" size={15} />
        ) : (
          <path d={find.look === "refusal" ? refusedPath : itemPath} class="t-find-other" />
        )}
      </g>
      {withWords ? (
        <text x={x + 12} y={y + 12}>
          <tspan class="t-find-mark">{mark}</tspan> {rest}
        </text>
      ) : null}
    </g>
  );
}
export const findExtent = (find: LaneFind, scale: TimeScale) => {
  const { mark, rest } = findText(find);
  return { x0: scale.x(find.t) - 8, x1: scale.x(find.t) + 14 + widthOf(mark, 680) + (rest === "" ? 0 : widthOf(` ${rest}`)) };
};

export const Act = ({ act, y, scale, words }: { readonly act: LaneAct; readonly y: number; readonly scale: TimeScale; readonly words: string }) => {
  const x = scale.x(act.t);
  return (
    <g class={`t-act is-${act.look}`}>
      <title>{actTold(act, zone.peek())}</title>
      {act.look === "acknowledged" ? (
        <path d={`M${x - 4} ${y + 10}l3 3.5l6-8`} />
      ) : act.look === "command" ? (
        <path d={`M${x - 4.5} ${y + 14}h9l-4.5-9z`} />
      ) : (
        <circle cx={x} cy={y + 10} r="2.4" />
      )}
      {words === "" ? null : (
        <text x={x + 8} y={y + 14}>
          {words}
        </text>
      )}
    </g>
  );
};
