import { alarmsByDevice } from "../../../../live/desk.ts";
import { say } from "../../../../live/room.ts";
import { useSize } from "../../../../trend/use-size.ts";
import { figureText } from "../../../../trend/words.ts";
import { AlarmBadge } from "../../../alarms/alarm-badge.tsx";
import { mostUrgent } from "../../../alarms/order.ts";
import type { ApproachFigures } from "./approach-figures.ts";
import { CrossingHead } from "./crossing-head.tsx";
import { type Arm, armsOf, laneEdge, laneMiddle, standing, strip, stripes } from "./crossing-shape.ts";
import { sides } from "./crossings.ts";
import { levelOfService } from "./level-of-service.ts";
import type { Shown } from "./signal-now.ts";
import "./crossing.css";

const cardsFrom = 560;
const whole = (value: number | undefined): string => (value !== undefined && Number.isFinite(value) ? figureText(value, 0) : "—");

type Drawn = Arm & ApproachFigures;

/** The road, its lanes and its stop line. */
const Road = ({ arm }: { readonly arm: Arm }) => (
  <>
    <path d={strip(arm, [0, arm.end], [-arm.width / 2, arm.width / 2])} fill="var(--road)" />
    {Array.from({ length: Math.max(0, arm.lanes - 1) }, (_, index) => {
      const [a, b] = [arm.at(arm.stop + 3, laneEdge(index + 1)), arm.at(arm.end, laneEdge(index + 1))];
      return <path key={`lane ${index}`} d={`M${a.x} ${a.y}L${b.x} ${b.y}`} stroke="var(--bg1)" stroke-dasharray="7 7" />;
    })}
  </>
);
function Markings({ arm }: { readonly arm: Arm }) {
  const line = (from: number, to: number, low: number, high: number) => {
    const [a, b] = [arm.at(from, low), arm.at(to, high)];
    return `M${a.x.toFixed(1)} ${a.y.toFixed(1)}L${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
  };
  return (
    <>
      <path d={line(arm.stop, arm.end, 0, 0)} stroke="var(--bg1)" stroke-width="2" />
      <path d={line(arm.stop, arm.stop, 0.2, arm.width / 2)} stroke="var(--ink)" stroke-width="3" />
    </>
  );
}

/** Where people walk: the stripes are dark while their light lets them begin, and say so in a word. */
const Crosswalk = ({ arm, walks }: { readonly arm: Arm; readonly walks: boolean }) => (
  <path d={stripes(arm).join("")} fill={walks ? "var(--ink)" : "var(--bg1)"} />
);

/** An arrow through the crossing for who may drive now. */
function Way({ arm }: { readonly arm: Arm }) {
  const aside = laneMiddle((Math.max(1, arm.lanes) - 1) / 2);
  const [a, b] = [arm.at(arm.stop - 1.5, aside), arm.at(-arm.mouth + 1, aside)];
  return <path class="x-way" d={`M${a.x} ${a.y}L${b.x} ${b.y}`} marker-end="url(#x-arrow)" />;
}

/** The light that stands at the kerb: an arrow lets drive, a bar stops, a ring is not known. */
function Light({ arm, look }: { readonly arm: Arm; readonly look: "go" | "stop" | "unknown" }) {
  const { x, y } = arm.at(arm.stop + 1.5, arm.width / 2 + 4.4);
  return (
    <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${arm.heading})`}>
      <rect x="-8" y="-9" width="16" height="18" rx="2" fill={look === "unknown" ? "var(--bg1)" : "var(--ink)"} stroke="var(--ink)" />
      {look === "go" ? <path d="M0 6V-4M-4 -1L0 -5.5L4 -1" fill="none" stroke="var(--bg1)" stroke-width="2.2" /> : null}
      {look === "stop" ? <path d="M-4.5 0H4.5" stroke="var(--bg1)" stroke-width="2.6" /> : null}
      {look === "unknown" ? <circle r="3.4" fill="none" stroke="var(--cy)" stroke-width="1.5" stroke-dasharray="2 2" /> : null}
    </g>
  );
}

function Queue({ arm }: { readonly arm: Drawn }) {
  const { paths } = standing(arm, arm.queue);
  const fresh = arm.fresh === "fresh";
  return <path d={paths.join("")} fill={fresh ? "var(--ink2)" : "none"} stroke={fresh ? "none" : "var(--cy)"} />;
}

function Card({ arm }: { readonly arm: Drawn }) {
  const worst = mostUrgent(alarmsByDevice.value.get(arm.row.id) ?? []);
  const { beyond } = standing(arm, arm.queue);
  const side = sides.find(({ end }) => end === arm.side);
  const unit = say({ ko: "대", en: "veh" });
  return (
    <a class={`x-card is-${arm.side} is-${arm.fresh}`} href={`#/device/${arm.row.id}`}>
      <span class="x-name">
        {say(side?.label ?? arm.row.name)} · {arm.isMain ? say({ ko: "주도로", en: "main" }) : say({ ko: "교차", en: "cross" })}
        {worst === undefined ? null : <AlarmBadge alarm={worst} size={18} />}
      </span>
      <b>{arm.delay === undefined ? "—" : levelOfService(arm.delay)}</b>
      <dl>
        <dt>{say({ ko: "지체", en: "delay" })}</dt>
        <dd>
          {whole(arm.delay)} {say({ ko: "초/대", en: "s/veh" })}
        </dd>
        <dt>{say({ ko: "대기", en: "queue" })}</dt>
        <dd>
          {whole(arm.queue)} {unit}
          {beyond > 0 ? say({ ko: ` (밖 ${beyond})`, en: ` (${beyond} beyond)` }) : ""}
        </dd>
        <dt>{say({ ko: "교통량", en: "flow" })}</dt>
        <dd>
          {whole(arm.flow)} {say({ ko: "대/시", en: "veh/h" })}
        </dd>
      </dl>
    </a>
  );
}

const Defs = () => (
  <defs>
    <marker id="x-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="5" markerHeight="5" orient="auto-start-reverse">
      <path d="M0 0L8 4L0 8z" fill="var(--ink)" />
    </marker>
  </defs>
);

const North = ({ x }: { readonly x: number }) => (
  <g transform={`translate(${x} 24)`} class="x-north">
    <path d="M0 8V-10M-4 -5L0 -11L4 -5" fill="none" stroke="var(--ink2)" stroke-width="1.5" />
    <text y="20" text-anchor="middle">
      {say({ ko: "북", en: "N" })}
    </text>
  </g>
);

/** The crossing from above: roads by their birth documents, standing vehicles to scale, and who may go by the running timing. The table says the same in words. */
export function CrossingPlan({ approaches, shown }: { readonly approaches: readonly ApproachFigures[]; readonly shown: Shown }) {
  const { place, size } = useSize<HTMLDivElement>();
  const known = approaches.filter(({ isKnown }) => isKnown);
  const arms = armsOf(known, size.width, size.height).map((arm, index) => ({ ...known[index], ...arm }) as Drawn);
  const lookOf = ({ isMain }: Arm) => (shown.kind !== "phase" ? "unknown" : shown.phase.road === (isMain ? "main" : "cross") ? "go" : "stop");
  const isWalked = ({ isMain }: Arm) => shown.kind === "phase" && shown.walks === (isMain ? "main" : "cross");
  return (
    <div class="x-plan">
      <CrossingHead shown={shown} />
      <div class="s-drawing x-place" ref={place}>
        {size.width > 0 && arms.length > 0 && (
          <svg width={size.width} height={size.height} aria-hidden="true">
            <Defs />
            {arms.map((arm) => (
              <Road key={arm.row.id} arm={arm} />
            ))}
            {arms.map((arm) => (
              <Markings key={arm.row.id} arm={arm} />
            ))}
            {arms.map((arm) => (
              <g key={arm.row.id}>
                <Crosswalk arm={arm} walks={isWalked(arm)} />
                <Queue arm={arm} />
              </g>
            ))}
            {arms.map((arm) => (
              <g key={arm.row.id}>
                {lookOf(arm) === "go" ? <Way arm={arm} /> : null}
                <Light arm={arm} look={lookOf(arm)} />
              </g>
            ))}
            <North x={size.width - 18} />
          </svg>
        )}
        {size.width >= cardsFrom && arms.map((arm) => <Card key={arm.row.id} arm={arm} />)}
      </div>
      <p class="x-foot">
        {say({
          ko: "도로는 출생 문서, 대기 차량은 검지기(차로에 고르게 나눔) · 달리는 차는 그리지 않음",
          en: "Roads by birth documents, queues by detectors (shared out over the lanes); moving vehicles are not drawn",
        })}
      </p>
    </div>
  );
}
