import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import type { SignalAdvice, SignalTiming } from "../../../../../../shared/signal-advice.ts";
import { addressOfCommand } from "../../../../command/address.ts";
import { absence } from "../../../../command/may-command.ts";
import { advice } from "../../../../live/desk.ts";
import { deviceRows, say } from "../../../../live/room.ts";
import { clock, zone } from "../../../../live/state.ts";
import { dayStart } from "../../../../trend/axis.ts";
import { clockText, figureText } from "../../../../trend/words.ts";
import { siteOf } from "../../../device/neighbours.ts";
import { eachSecond, freshness, handOf, numberOf } from "../../../device/readings.ts";
import { useDetails } from "../use-details.ts";
import { AdviserMode } from "./adviser-mode.tsx";
import { type ApproachFigures, approachFigures } from "./approach-figures.ts";
import { ApproachTable } from "./approach-table.tsx";
import { CrossingPlan } from "./crossing-plan.tsx";
import { crossingsOf, sides as inOrder, type Side } from "./crossings.ts";
import { levelOfService } from "./level-of-service.ts";
import { type Shown, signalNow } from "./signal-now.ts";
import { TimingBars } from "./timing-bars.tsx";
import "./signal.css";

/** What the controller says it runs; undefined while one of its numbers is not known. */
function runningOf(row: DeviceRow, service: Service): SignalTiming | undefined {
  const of = (metric: string) => numberOf(row, service, metric);
  const timing = { cycle: of("cycle"), main: of("green_main"), cross: of("green_cross"), offset: of("offset") };
  return Object.values(timing).every(Number.isFinite) && timing.cycle > 0 ? timing : undefined;
}
/** The adviser applies nothing by itself that saves less (broker/adviser): counting cannot tell it from none. */
const worthwhile = 0.03;
const isSame = (a: SignalTiming, b: SignalTiming): boolean =>
  a.cycle === b.cycle && a.main === b.main && a.cross === b.cross && a.offset === b.offset;
const delay = (seconds: number): string => `${figureText(seconds, 1)} ${say({ ko: "초/대", en: "s/veh" })}`;

function Applied({ one }: { readonly one: SignalAdvice }) {
  if (one.applied === null) return <p class="a-note">{say({ ko: "아직 적용한 제안이 없습니다.", en: "No proposal has been applied yet." })}</p>;
  const { t, by, predicted, measured } = one.applied;
  const who = by === "system" ? say({ ko: "자동", en: "automatic" }) : by;
  return (
    <p class="a-note">
      {say({ ko: "적용", en: "Applied" })} {clockText(t, zone.value, false)} · {who} · {say({ ko: "예측", en: "predicted" })}{" "}
      <b>{delay(predicted)}</b> · {say({ ko: "실측", en: "measured" })}{" "}
      <b>{measured === null ? say({ ko: "15분을 재는 중", en: "a quarter of an hour is being measured" }) : delay(measured)}</b>
    </p>
  );
}

function Proposal({ one, present }: { readonly one: SignalAdvice; readonly present: SignalTiming | undefined }) {
  const saved = one.delayPresent - one.delayProposed;
  const same = isSame(present ?? one.present, one.proposed);
  return (
    <>
      <p class="a-saved">
        <span>
          {say({ ko: "지금", en: "Now" })} <b>{delay(one.delayPresent)}</b> {levelOfService(one.delayPresent)}
        </span>
        <span>
          {say({ ko: "제안", en: "Proposed" })} <b>{delay(one.delayProposed)}</b> {levelOfService(one.delayProposed)}
        </span>
        <span>
          {say({ ko: "예측 절감", en: "Predicted saving" })} <strong>{delay(saved)}</strong>
        </span>
      </p>
      {!same && saved < worthwhile * one.delayPresent ? (
        <p class="a-note">
          {say({ ko: "이득이 3 %에 못 미쳐 자동으로는 적용하지 않습니다.", en: "It saves less than 3 %: not applied automatically." })}
        </p>
      ) : null}
      {one.held === null ? null : <p class="a-note">{say({ ko: `보류: ${one.held.ko}`, en: `Held: ${one.held.en}` })}</p>}
      <p class="a-note">
        {same ? (
          say({ ko: "지금 시간이 제안과 같습니다.", en: "It runs as proposed." })
        ) : absence() === undefined ? (
          <a class="button" href={addressOfCommand(one.device, { op: "timing", args: { ...one.proposed } })}>
            {say({ ko: "제안을 명령으로", en: "Accept as a command" })} →
          </a>
        ) : null}
      </p>
      <Applied one={one} />
    </>
  );
}

/** Lanes each way of a road: the most that one of its approaches has; 0 = none is known. */
const lanesOf = (approaches: readonly ApproachFigures[], isMain: boolean): number =>
  approaches.reduce((most, one) => (one.isKnown && one.isMain === isMain ? Math.max(most, one.lanes) : most), 0);

/** What the lights do at this instant, on the controller's own timeline. */
function shownNow(row: DeviceRow, service: Service, approaches: readonly ApproachFigures[]): Shown {
  const contract = service.metrics.plan;
  const isCity = row.timeline === "city";
  const time = handOf(row);
  return signalNow({
    timing: runningOf(row, service),
    plan: contract?.kind === "state" ? contract.words[numberOf(row, service, "plan")] : undefined,
    isFresh: freshness(row) === "fresh",
    rate: isCity ? (clock.value?.rate ?? 1) : 1,
    secondOfDay: (time - dayStart(time, zone.value)) / 1000,
    lanes: { main: lanesOf(approaches, true), cross: lanesOf(approaches, false) },
  });
}

/** The crossing of a signal controller: from above and as a table, the plan of phases, and what the adviser would change. */
export function SignalPanel({ row, service }: { readonly row: DeviceRow; readonly service: Service }) {
  void eachSecond.value;
  const one = advice.value.get(row.id);
  const running = runningOf(row, service);
  const present = running ?? one?.present;
  const site = siteOf(row.id);
  const crossing = crossingsOf(deviceRows.value.filter((other) => other.service === service.id)).find(
    ({ signal, id }) => signal?.id === row.id || id === site,
  );
  const sides = inOrder.flatMap(({ end }): [Side, DeviceRow][] => {
    const approach = crossing?.approaches.get(end);
    return approach === undefined ? [] : [[end, approach]];
  });
  const facts = useDetails(sides.map(([, approach]) => approach.id));
  const approaches = sides.map((side) => approachFigures(side, { facts, flows: one?.flows, present, service }));
  const shown = shownNow(row, service, approaches);
  const time = handOf(row);
  return (
    <section class="s-panel a-panel" aria-labelledby="a-title">
      <header class="s-head">
        <h2 id="a-title">{say({ ko: "교차로와 신호 조언", en: "Crossing and signal adviser" })}</h2>
        <span>{say({ ko: "검지기 계수만으로 계산 · KHCM 2013 서비스 수준", en: "from detector counts only · level of service KHCM 2013" })}</span>
        <span class="s-end">
          {one === undefined ? null : (
            <>
              {say({ ko: "적용", en: "apply" })} <AdviserMode device={row.id} mode={one.mode} />
            </>
          )}
        </span>
      </header>
      <div class="a-body">
        <CrossingPlan approaches={approaches} shown={shown} />
        <div class="a-words">
          <ApproachTable approaches={approaches} />
          {present === undefined ? (
            <p class="s-note">{say({ ko: "제어기가 신호 시간을 아직 말하지 않았습니다.", en: "The controller has not said its timing yet." })}</p>
          ) : (
            <TimingBars
              present={present}
              proposed={one !== undefined && !isSame(present, one.proposed) ? one.proposed : undefined}
              lanes={{ main: lanesOf(approaches, true), cross: lanesOf(approaches, false) }}
              now={shown.kind === "phase" ? (time - dayStart(time, zone.value)) / 1000 : undefined}
            />
          )}
          {one === undefined ? (
            <p class="s-note">
              {say({
                ko: "제안이 아직 없습니다: 15분 동안 잰 뒤에 계산합니다. 점멸 중이거나 수신이 끊긴 동안에는 제안하지 않습니다.",
                en: "No proposal yet: a quarter of an hour is counted first. None is made while it flashes or is silent.",
              })}
            </p>
          ) : (
            <Proposal one={one} present={present} />
          )}
        </div>
      </div>
    </section>
  );
}
