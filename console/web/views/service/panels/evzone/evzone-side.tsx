import type { Service } from "../../../../../../shared/service.ts";
import { ResponseList } from "../../../../command/response-list.tsx";
import { deviceRows, say } from "../../../../live/room.ts";
import { QueuePanel } from "../../../queues/queue-panel.tsx";
import { SoonList } from "./soon-list.tsx";

/** Beside the bays: who comes to his limit, the queue of violations, and what warns by itself. */
export const EvzoneSide = ({ service }: { readonly service: Service }) => (
  <>
    <SoonList service={service} rows={deviceRows.value.filter((row) => row.service === service.id)} />
    <QueuePanel
      service={service}
      queue="case"
      title={say({ ko: "위반 건", en: "Cases" })}
      hint={say({ ko: "경보가 아니라 단속 대기열 · 번호판 없음", en: "enforcement, not alarms · no plates" })}
    />
    <ResponseList service={service} />
  </>
);
