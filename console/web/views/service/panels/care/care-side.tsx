import type { Service } from "../../../../../../shared/service.ts";
import { isHidden } from "../../../../command/may-command.ts";
import { say } from "../../../../live/room.ts";
import { QueuePanel } from "../../../queues/queue-panel.tsx";

/** Beside the rhythms: what the care desk has to do. Whoever may not see homes sees no task of theirs. */
export const CareSide = ({ service }: { readonly service: Service }) =>
  isHidden(service) ? null : (
    <QueuePanel
      service={service}
      queue="task"
      title={say({ ko: "돌봄 할 일", en: "Tasks of the care desk" })}
      hint={say({ ko: "8시간: 전화 · 12시간: 경보와 방문 · 24시간: 119", en: "8 h: call · 12 h: alarm and visit · 24 h: 119" })}
    />
  );
