import type { Service } from "../../../../../../shared/service.ts";
import { isHidden } from "../../../../command/may-command.ts";
import { deviceRows, say } from "../../../../live/room.ts";
import { QueuePanel } from "../../../queues/queue-panel.tsx";
import { chosenHome } from "./chosen-home.ts";
import { HomeLadder } from "./home-ladder.tsx";

/** Beside the rhythms: what the care desk has to do, and the home that is looked at. Whoever may not see homes sees neither. */
export function CareSide({ service }: { readonly service: Service }) {
  if (isHidden(service)) return <Closed />;
  const home = chosenHome.value;
  const row = deviceRows.value.find(({ id, service: of }) => of === service.id && id === home?.id);
  return (
    <>
      <QueuePanel
        service={service}
        queue="task"
        title={say({ ko: "돌봄 할 일", en: "Tasks of the care desk" })}
        hint={say({ ko: "8시간: 전화 · 12시간: 경보와 방문 · 24시간: 119", en: "8 h: call · 12 h: alarm and visit · 24 h: 119" })}
      />
      {row === undefined ? (
        <section class="s-panel">
          <p class="s-note">
            {say({
              ko: "목록에서 › 를 누르면 그 집의 사다리와 전화·방문 명령이 여기 섭니다.",
              en: "Press › in the list: the home's ladder and its call and visit stand here.",
            })}
          </p>
        </section>
      ) : (
        <HomeLadder row={row} service={service} since={home?.since} />
      )}
    </>
  );
}

const Closed = () => (
  <section class="s-panel" aria-labelledby="r-tasks">
    <header class="s-head">
      <h2 id="r-tasks">{say({ ko: "돌봄 할 일", en: "Tasks of the care desk" })}</h2>
    </header>
    <p class="s-note">
      {say({
        ko: "돌봄 관제원과 관리자가 봅니다. 지금 권한으로는 동네 합계를 봅니다.",
        en: "For care operators and administrators. With your role you see totals by district.",
      })}
    </p>
  </section>
);
