import { absence, lackOfRight } from "../../../../command/may-command.ts";
import { useRoomAct } from "../../../../command/use-room-act.ts";
import { say } from "../../../../live/room.ts";
import { link } from "../../../../live/state.ts";

/** Whether the adviser applies its timings by itself. `device` null = all signals; `mode` undefined = they differ. */
export function AdviserMode({ device, mode }: { readonly device: string | null; readonly mode: "auto" | "manual" | undefined }) {
  const { run, refusal, busy } = useRoomAct();
  const down = link.value.state === "live" ? undefined : { ko: "연결되면 쓸 수 있습니다.", en: "Once the connection is back." };
  const reason = absence() ?? down ?? lackOfRight();
  return (
    <>
      <fieldset class="buttons">
        <legend class="unseen">{say({ ko: "조언 적용 방식", en: "How advice is applied" })}</legend>
        {(["auto", "manual"] as const).map((one) => (
          <button
            key={one}
            type="button"
            class="button"
            aria-pressed={mode === one}
            aria-disabled={(reason !== undefined || busy) && mode !== one}
            title={reason && say(reason)}
            onClick={() => {
              if (reason === undefined && !busy && mode !== one) void run({ do: "adviser-mode", device, mode: one });
            }}
          >
            {one === "auto" ? say({ ko: "자동", en: "auto" }) : say({ ko: "수동", en: "manual" })}
          </button>
        ))}
      </fieldset>
      {refusal === undefined ? null : <span role="alert">{refusal}</span>}
    </>
  );
}
