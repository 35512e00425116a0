import { type Text, text } from "../../../../shared/text.ts";
import type { Watched } from "../../observed.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import type { GatewayWord } from "../gateway-words.ts";
import { durationWords, instantWords, joined } from "../known/words.ts";
import { allSilent, lineOf } from "./lines.ts";

interface GatewayState {
  lost: boolean;
}

interface Lead {
  readonly id: string;
  readonly limit: number;
}
const leads = new WeakMap<readonly Watched[], Lead>();
function firstOf(devices: readonly Watched[]): Lead {
  const least = Math.min(...devices.map(({ stale }) => stale));
  return { id: devices.find(({ stale }) => stale === least)?.id ?? "", limit: least * 1000 };
}
/**
 * Who speaks for a gateway: the first, by id, of those that must speak most often; and the limit of its silence, ms. Who has never spoken is never missed
 * either, so the others would wait for its word for ever.
 */
function leadOf({ world, device }: Ask): Lead {
  const behind = world.behind(device.meta.gateway);
  const lead = leads.get(behind) ?? firstOf(behind);
  leads.set(behind, lead);
  return world.newest(lead.id) > 0 ? lead : firstOf(behind.filter(({ id }) => world.newest(id) > 0));
}

const wordText = ({ s, t }: GatewayWord): Text =>
  s === "lost"
    ? text(`유언이 옴: 연결 끊김 (${instantWords(t)})`, `its last will came: connection lost (${instantWords(t)})`)
    : text(`스스로 연결을 끝냄 (${instantWords(t)})`, `it said goodbye (${instantWords(t)})`);

/** How often a gateway that may be lost is looked at, ms: no more often than its devices could tell something new. */
const longestLookMs = 60_000;
const lookMs = (ask: Ask): number => Math.min(longestLookMs, leadOf(ask).limit);

/** One alarm for a whole gateway, at the device that speaks for it; what its devices would say of themselves hangs under it. */
export function gatewayEvaluator(): Evaluator<GatewayState> {
  const speaksFor = (ask: Ask): boolean => ask.world.behind(ask.device.meta.gateway).length > 1 && leadOf(ask).id === ask.device.id;
  function judge(state: GatewayState, ask: Ask): void {
    const { gateway } = ask.device.meta;
    const { lost, due, heard, missing } = lineOf(ask, gateway);
    if (!lost) {
      if (state.lost) ask.clear();
      state.lost = false;
      // who speaks for it is heard again: nothing to look for until it is overdue once more
      if (due > 0 && ask.t - ask.world.newest(ask.device.id) > leadOf(ask).limit) ask.wake(Math.max(due, ask.t + lookMs(ask)));
      return;
    }
    ask.wake(ask.t + lookMs(ask));
    if (state.lost || allSilent(ask, ask.t - heard)) return;
    state.lost = true;
    const count = ask.world.behind(gateway).length;
    const silence = durationWords((ask.t - heard) / 1000);
    const word = ask.world.lastWord(gateway);
    ask.raise({
      value: gateway,
      evidence: () => ({
        condition: joined(
          text(
            `${gateway}: 장치 ${count}대가 ${silence.ko} 동안 모두 조용함 (마지막 ${instantWords(heard)})`,
            `${gateway}: all ${count} devices silent for ${silence.en} (last heard ${instantWords(heard)})`,
          ),
          word && wordText(word),
        ),
        inputs: [
          ...missing.map((device) => ({ device, metric: "t", t: ask.world.newest(device), value: ask.world.newest(device) })),
          ...(word === undefined ? [] : [{ device: gateway, metric: "state", t: word.t, value: word.s }]),
        ],
        baseline: null,
        neighbours: [],
        verdict: {
          what: "sensor",
          because:
            word?.s === "lost"
              ? text(
                  "한 게이트웨이의 장치가 함께 끊겼고, 게이트웨이의 유언도 왔습니다",
                  "devices of one gateway fell silent together, and its last will has come",
                )
              : text(
                  "한 게이트웨이의 장치가 함께 끊겼습니다: 회선이나 전원입니다",
                  "devices of one gateway fell silent together: its line or its power",
                ),
        },
      }),
    });
  }
  return {
    begin: () => ({ lost: false }),
    // it cannot be lost before the one that speaks most often is overdue
    overdue(state, ask) {
      if (speaksFor(ask)) judge(state, ask);
    },
    wake(state, ask) {
      if (speaksFor(ask)) judge(state, ask);
      else if (state.lost) {
        state.lost = false;
        ask.clear();
      }
    },
  };
}
