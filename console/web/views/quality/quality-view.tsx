import type { Counters, Ledger } from "../../../../shared/city-port.ts";
import { say } from "../../live/room.ts";
import { useAnswer } from "../../trend/use-answer.ts";
import { Columns } from "../service/columns.tsx";
import { HopTable } from "./hop-table.tsx";
import { LedgerEquation } from "./ledger-equation.tsx";
import { QuarantineList } from "./quarantine-list.tsx";
import "./quality.css";
import { ServiceLedger } from "./service-ledger.tsx";
import { SilentDevices } from "./silent-devices.tsx";
import { WorstDevices } from "./worst-devices.tsx";

export interface LedgerAnswer extends Ledger {
  readonly devices: readonly (Counters & { readonly id: string })[];
}

/** Whether what the room shows can be trusted: what came in, what became of it, who is silent. */
export function QualityView() {
  const { value, reason, again } = useAnswer<LedgerAnswer>("/api/v1/ledger", 3000);
  return (
    <Columns
      title={say({ ko: "데이터 품질", en: "Data quality" })}
      hint={say({ ko: "받은 것, 거부한 것, 잃은 것", en: "received, refused, lost" })}
      left={[
        {
          id: "ledger",
          label: { ko: "장부", en: "Ledger" },
          node: [
            reason === undefined ? null : (
              <p key="reason" class="s-panel s-note" role="alert">
                {say({ ko: "장부를 읽지 못했습니다.", en: "The ledger could not be read." })} <code>{reason}</code>{" "}
                <button type="button" class="s-button" onClick={again}>
                  {say({ ko: "다시", en: "Retry" })}
                </button>
              </p>
            ),
            <LedgerEquation key="ledger" ledger={value} />,
            <ServiceLedger key="services" devices={value?.devices} />,
          ],
        },
        { id: "quarantine", label: { ko: "격리", en: "Quarantine" }, node: <QuarantineList key="quarantine" /> },
      ]}
      right={[
        { id: "hops", label: { ko: "흐름", en: "Flow" }, node: <HopTable key="hops" /> },
        {
          id: "devices",
          label: { ko: "기기", en: "Devices" },
          node: [<WorstDevices key="worst" devices={value?.devices} />, <SilentDevices key="silent" />],
        },
      ]}
    />
  );
}
