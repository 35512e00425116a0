import { describe, expect, it } from "vitest";
import { evzone } from "../../../shared/services/evzone.ts";
import { text } from "../../../shared/text.ts";
import { birth, detectWorld, ruleOf } from "../../support/detect-world.ts";

/** Instant of a Korean wall clock. */
const at = (local: string): number => Date.parse(`${local.replace(" ", "T")}:00+09:00`);
const clock = (t: number): string => new Date(t + 9 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

type Step = readonly [local: string, vehicle: string | null, until?: string];
interface Case {
  readonly fast?: 0 | 1;
  readonly households?: number;
  readonly steps: readonly Step[];
}
const overstayRule = evzone.rules.find(({ id }) => id === "overstay")!;
/** Each step: from when (until when) the bay says what every 10 min; `null` = free, "" = silence. */
function stay({ fast = 0, households, steps }: Case) {
  const from = at(steps[0]![0]) - 600_000;
  const w = detectWorld({
    service: evzone,
    devices: [birth("b", "bay", { constants: { fast, number: 1, ...(households === undefined ? {} : { households }) } })],
    rules: [ruleOf("bay", overstayRule.when, { outcome: "case", priority: 4 })],
    from,
  });
  w.say("b", from + 1000, { occupied: false, vehicle: "none" });
  for (const [k, [local, vehicle, until]] of steps.entries()) {
    const begin = at(local);
    const end = until === undefined ? at(local) + Math.max(0, at(steps[k + 1]?.[0] ?? local) - at(local) - 1) : at(until);
    if (vehicle !== "") w.keep("b", [begin, end], 600, { occupied: vehicle !== null, vehicle: vehicle ?? "none" });
  }
  w.until(at(steps.at(-1)![0]) + 48 * 3_600_000);
  return w;
}
const told = (one: Case) => stay(one).findings.map(({ t, what }) => `${what} ${clock(t)}`);

describe("an overstay", () => {
  it.each<[string, Case, string[]]>([
    [
      "of an EV at a slow charger: after 14 h, every hour counts",
      {
        steps: [
          ["2026-03-10 18:00", "ev"],
          ["2026-03-11 08:30", null],
        ],
      },
      ["raised 2026-03-11 08:00", "cleared 2026-03-11 08:30"],
    ],
    [
      "not of an EV that leaves in time",
      {
        steps: [
          ["2026-03-10 18:00", "ev"],
          ["2026-03-11 08:00", null],
        ],
      },
      [],
    ],
    [
      "of an EV at a fast charger: after 1 h",
      {
        fast: 1,
        steps: [
          ["2026-03-10 18:00", "ev"],
          ["2026-03-10 19:20", null],
        ],
      },
      ["raised 2026-03-10 19:00", "cleared 2026-03-10 19:20"],
    ],
    [
      "of a plug-in hybrid over midnight: 7 h without the night",
      {
        steps: [
          ["2026-03-10 18:00", "phev"],
          ["2026-03-11 07:30", null],
        ],
      },
      ["raised 2026-03-11 07:00", "cleared 2026-03-11 07:30"],
    ],
    [
      "not of a plug-in hybrid that leaves in the night",
      {
        steps: [
          ["2026-03-10 18:00", "phev"],
          ["2026-03-11 05:50", null],
        ],
      },
      [],
    ],
    [
      "by the law of its begin: parked the day before 7 h became law",
      {
        steps: [
          ["2026-02-04 23:50", "phev"],
          ["2026-02-05 13:40", null],
        ],
      },
      [],
    ],
    [
      "by the law of its begin: 14 h",
      {
        steps: [
          ["2026-02-04 23:50", "phev"],
          ["2026-02-05 14:10", null],
        ],
      },
      ["raised 2026-02-05 13:50", "cleared 2026-02-05 14:10"],
    ],
    [
      "by the law of its begin: parked on the first day",
      {
        steps: [
          ["2026-02-05 00:00", "phev"],
          ["2026-02-05 13:30", null],
        ],
      },
      ["raised 2026-02-05 13:00", "cleared 2026-02-05 13:30"],
    ],
    [
      "not before there was a law",
      {
        steps: [
          ["2021-03-10 18:00", "ev"],
          ["2021-03-12 18:00", null],
        ],
      },
      [],
    ],
    [
      "never of an exempt vehicle",
      {
        steps: [
          ["2026-03-10 18:00", "exempt"],
          ["2026-03-13 18:00", null],
        ],
      },
      [],
    ],
    [
      "never of one whose plate nobody could read",
      {
        steps: [
          ["2026-03-10 18:00", "unknown"],
          ["2026-03-13 18:00", null],
        ],
      },
      [],
    ],
    [
      "counted from the entry when the class is known late",
      {
        steps: [
          ["2026-03-10 10:00", "unknown"],
          ["2026-03-10 13:00", "phev"],
          ["2026-03-10 18:00", null],
        ],
      },
      ["raised 2026-03-10 17:00", "cleared 2026-03-10 18:00"],
    ],
    [
      "told at once when the class is known too late",
      {
        steps: [
          ["2026-03-10 10:00", "unknown"],
          ["2026-03-10 20:00", "phev"],
          ["2026-03-10 21:00", null],
        ],
      },
      ["raised 2026-03-10 20:00", "cleared 2026-03-10 21:00"],
    ],
    [
      "goes on while the plate is unread for a moment",
      {
        steps: [
          ["2026-03-10 10:00", "phev"],
          ["2026-03-10 12:00", "unknown"],
          ["2026-03-10 13:00", "phev"],
          ["2026-03-10 17:30", null],
        ],
      },
      ["raised 2026-03-10 17:00", "cleared 2026-03-10 17:30"],
    ],
    [
      "begins anew with another car",
      {
        steps: [
          ["2026-03-10 10:00", "phev"],
          ["2026-03-10 15:00", "ev"],
          ["2026-03-10 20:00", null],
        ],
      },
      [],
    ],
    [
      "begins anew after the bay was free",
      {
        steps: [
          ["2026-03-10 10:00", "phev"],
          ["2026-03-10 15:00", null],
          ["2026-03-10 15:10", "phev"],
          ["2026-03-10 20:00", null],
        ],
      },
      [],
    ],
    [
      "begins anew when the sensor was silent in between: nobody saw that it was the same car",
      {
        steps: [
          ["2026-03-10 10:00", "phev"],
          ["2026-03-10 14:00", ""],
          ["2026-03-10 15:00", "phev"],
          ["2026-03-10 21:50", null],
        ],
      },
      [],
    ],
    [
      "is proven by what was seen after a silence",
      {
        steps: [
          ["2026-03-10 08:00", "phev"],
          ["2026-03-10 09:00", ""],
          ["2026-03-10 10:00", "phev"],
          ["2026-03-10 17:30", null],
        ],
      },
      ["raised 2026-03-10 17:00", "cleared 2026-03-10 17:30"],
    ],
    [
      "is not told while nothing is heard of the car",
      {
        steps: [
          ["2026-03-10 10:00", "phev"],
          ["2026-03-10 16:00", ""],
          ["2026-03-10 18:00", null],
        ],
      },
      [],
    ],
    [
      "stays told when the sensor falls silent",
      {
        steps: [
          ["2026-03-10 10:00", "phev"],
          ["2026-03-10 17:30", ""],
        ],
      },
      ["raised 2026-03-10 17:00"],
    ],
    [
      "not at a complex with too few households",
      {
        households: 90,
        steps: [
          ["2026-03-10 10:00", "phev"],
          ["2026-03-12 10:00", null],
        ],
      },
      [],
    ],
    [
      "at one with enough of them",
      {
        households: 100,
        steps: [
          ["2026-03-10 10:00", "phev"],
          ["2026-03-10 17:30", null],
        ],
      },
      ["raised 2026-03-10 17:00", "cleared 2026-03-10 17:30"],
    ],
    [
      "at a fast charger of a small complex as well",
      {
        fast: 1,
        households: 90,
        steps: [
          ["2026-03-10 18:00", "ev"],
          ["2026-03-10 19:20", null],
        ],
      },
      ["raised 2026-03-10 19:00", "cleared 2026-03-10 19:20"],
    ],
    [
      "by the number of households of its own time",
      {
        households: 300,
        steps: [
          ["2025-03-10 10:00", "ev"],
          ["2025-03-12 10:00", null],
        ],
      },
      [],
    ],
  ])("%s", (_name, one, expected) => {
    expect(told(one)).toEqual(expected);
  });

  it("is not told of one sign alone", () => {
    const w = detectWorld({
      service: evzone,
      devices: [birth("b", "bay", { constants: { fast: 1 } })],
      rules: [
        ruleOf("bay", {
          ...overstayRule.when,
          law: [{ from: "2020-01-01", clause: text("", ""), amount: 1, limits: [{ vehicles: ["ice"], seconds: 300 }] }],
        } as never),
      ],
    });
    const t = w.detector.state().mark;
    w.say("b", t + 1000, { occupied: true, vehicle: "ice" });
    w.say("b", t + 601_000, { occupied: false, vehicle: "none" });
    w.until(t + 900_000);
    expect(w.told()).toEqual([]);
    w.say("b", t + 1_000_000, { occupied: true, vehicle: "ice" });
    w.event("b", t + 1_240_000, "warn", { n: 3 });
    w.until(t + 1_400_000);
    expect(w.told().map(([s, what]) => [Math.round(s), what])).toEqual([[1300, "raised"]]);
  });

  it("says the clause with its date and amount, and the timed facts", () => {
    const [finding] = stay({
      steps: [
        ["2026-03-10 18:00", "phev"],
        ["2026-03-11 07:30", null],
      ],
    }).findings;
    expect(finding).toMatchObject({ metric: "vehicle", value: "phev", limit: 25_200 });
    expect(finding?.evidence?.condition).toEqual({
      ko: "플러그인 차량 2026-03-10 18:00부터 13시간 주차, 기준 7시간 초과, 0~6시 제외, 친환경자동차법 제11조의2제9항·제16조제1항: 충전 방해행위(장기 주차) (2026-02-05 시행), 과태료 100,000원",
      en: "vehicle “plug-in” parked since 2026-03-10 18:00, 13 h, limit 7 h, 0-6 h not counted, Eco-friendly Vehicles Act Art. 11-2(9), 16(1): hindering charging by overstay (in force 2026-02-05), KRW 100,000",
    });
    expect(finding?.evidence?.inputs.map(({ metric, t }) => `${metric} ${clock(t)}`)).toEqual([
      "occupied 2026-03-10 18:00",
      "vehicle 2026-03-10 18:00",
      "occupied 2026-03-11 07:00",
    ]);
  });
});
