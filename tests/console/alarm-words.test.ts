import { describe, expect, it } from "vitest";
import { bundled } from "../../console/web/map/alarm-spots.ts";
import { asks, formWords, meantBy, openedBy } from "../../console/web/views/alarms/form-words.ts";
import { filteredLines, mergedLines } from "../../console/web/views/alarms/history.ts";
import { aboutText } from "../../console/web/views/alarms/journal-about.ts";
import { byText, changeText, lineReason, whatText } from "../../console/web/views/alarms/journal-words.ts";
import { leftText } from "../../console/web/views/alarms/left.ts";
import { onsetsOf } from "../../console/web/views/alarms/onsets.ts";
import { scoreLines } from "../../console/web/views/alarms/score-figures.ts";
import { shiftEnd } from "../../console/web/views/alarms/shift.ts";
import { unfit } from "../../console/web/views/alarms/unfit.ts";
import { badgeText, stateText, valueAndLimit, wallText } from "../../console/web/views/alarms/words.ts";
import type { Alarm, AlarmScore, JournalLine } from "../../shared/alarm.ts";
import { services } from "../../shared/services/index.ts";
import { listedAlarm } from "../support/listed-alarm.ts";

const minute = 60_000;
const hour = 60 * minute;
const stream = services.find(({ id }) => id === "stream");

const line = (part: Partial<JournalLine>): JournalLine => ({
  ...{ n: 1, run: "r", timeline: "city", t: 0, at: 0, what: "raised", alarm: "a", occurrence: 1, rule: "stream/level", service: "stream" },
  ...{ device: "ws-01", by: "rule", role: null, before: "A", after: "B", reason: null },
  ...part,
});

describe("time left", () => {
  it("is minutes and seconds below ten minutes, then minutes, from 100 minutes hours, never 2:18 for hours", () => {
    expect(leftText(220_000).en).toBe("3:40");
    expect(leftText(9_000).en).toBe("0:09");
    expect(leftText(17 * minute)).toEqual({ ko: "17분", en: "17 min" });
    expect(leftText(138 * minute)).toEqual({ ko: "2.3시간", en: "2.3 h" });
  });
  it("that has just run out is 0:00", () => {
    expect(leftText(-400).en).toBe("0:00");
  });
  it("that has passed carries a minus", () => {
    expect(leftText(-65_000).en).toBe("−1:05");
    expect(leftText(-20 * minute).ko).toBe("−20분");
  });
});

describe("words of an alarm", () => {
  it("say priority and state to whoever cannot see the badge", () => {
    expect(badgeText(listedAlarm({ id: "a", priority: 1, acked: false })).en).toBe("Priority 1, unacknowledged");
    expect(badgeText(listedAlarm({ id: "a", priority: 2, active: false, acked: false }))).toEqual({
      ko: "우선순위 2, 해제됨, 미확인",
      en: "Priority 2, cleared, unacknowledged",
    });
    expect(badgeText(listedAlarm({ id: "a", class: "maintenance" })).en).toBe("Maintenance, acknowledged");
  });
  it("say of a latched alarm whose condition has gone that it waits for a reset", () => {
    expect(stateText(listedAlarm({ id: "a", latched: true, active: false })).en).toBe("Reset due");
    expect(stateText(listedAlarm({ id: "a", latched: true })).en).toBe("Acked");
  });
  it("show a number with its limit, unit and direction, and a missing value not at all", () => {
    expect(valueAndLimit(listedAlarm({ id: "a" }), stream)).toMatchObject({
      value: { en: "5.310" },
      limit: { en: "5.100" },
      unit: { en: "m" },
      arrow: "↑",
    });
    expect(valueAndLimit(listedAlarm({ id: "a", value: 1, limit: 2 }), stream)?.arrow).toBe("↓");
    expect(valueAndLimit(listedAlarm({ id: "a", value: null }), stream)).toBeUndefined();
    expect(valueAndLimit(listedAlarm({ id: "a", metric: null, value: "open", limit: null }), stream)).toMatchObject({
      value: { en: "open" },
      arrow: "",
    });
  });
  it("say how long a state or flag has to hold, never a bare number of seconds", () => {
    const held = (value: string | boolean, metric: string, limit: number) => valueAndLimit(listedAlarm({ id: "a", metric, value, limit }), stream);
    expect(held("fault", "gate", 7200)).toEqual({
      value: { ko: "고장 2시간 지속", en: "fault for 2 h" },
      limit: undefined,
      unit: undefined,
      arrow: "",
    });
    expect(held("fault", "gate", 60)?.value.en).toBe("fault for 60 s");
    expect(held(true, "person", 5400)?.value).toEqual({ ko: "있음 90분 지속", en: "person for 90 min" });
  });
  it("point up to a level that is expected, although the present one is below it", () => {
    const expected = listedAlarm({ id: "a", kind: "gauge", rule: "stream/rising", metric: "level", value: 3.8, limit: 4.35 });
    expect(valueAndLimit(expected, stream)?.arrow).toBe("↑");
  });
  it("say of a fast change what it changed by and how fast, not that the level is beyond the step", () => {
    const fast = listedAlarm({ id: "a", kind: "gauge", rule: "stream/rise", metric: "level", value: 3.2, limit: 0.3 });
    expect(valueAndLimit(fast, stream)).toEqual({
      value: { ko: "3.200 m", en: "3.200 m" },
      limit: undefined,
      unit: { ko: "· +0.3 m/10분 넘음", en: "· > +0.3 m in 10 min" },
      arrow: "",
    });
    const lost = listedAlarm({ id: "a", kind: "truck", rule: "manure/dumping", metric: "load", value: 9600, limit: 500 });
    expect(
      valueAndLimit(
        lost,
        services.find(({ id }) => id === "manure"),
      )?.unit?.en,
    ).toBe("· fell > 500 kg in 10 min");
  });
});

it("times of a real device are said to be the wall's beside a city, and nowhere else", () => {
  expect(wallText({ timeline: "field" }, true)).toEqual({ ko: "벽시계", en: "wall clock" });
  expect(wallText({ timeline: "field" }, false)).toBeUndefined();
  expect(wallText({ timeline: "city" }, true)).toBeUndefined();
});

describe("an alarm that cannot be acknowledged", () => {
  const seen = listedAlarm({ id: "a" });
  const shelved = listedAlarm({ id: "a", acked: false, shelved: { until: 1, by: "", reason: "", once: false } });
  it("says whether it is acknowledged already or has left the list", () => {
    expect(unfit("acknowledge", seen)?.en).toBe("It is acknowledged already.");
    expect(unfit("acknowledge", shelved)).toEqual({
      ko: "보류나 점검 등으로 목록에서 빠진 경보입니다.",
      en: "It is not in the list: shelved, suppressed or out of service.",
    });
    expect(unfit("acknowledge", listedAlarm({ id: "a", acked: false }))).toBeUndefined();
  });
  it("can still be noted by the key that acknowledges with a note, for what is typed after it needs a field", () => {
    const fresh = listedAlarm({ id: "a", acked: false });
    expect(openedBy("acknowledge-note", [fresh], fresh)).toBe("acknowledge-note");
    const normal: Alarm = { ...seen, state: "A", active: false };
    for (const alarm of [seen, shelved, normal]) {
      expect(openedBy("acknowledge-note", [], alarm)).toBe("note");
      expect(unfit("note", alarm)).toBeUndefined();
    }
    expect(openedBy("acknowledge", [], seen)).toBe("acknowledge");
    expect(openedBy("acknowledge-note", [], undefined)).toBe("acknowledge-note");
  });
});

it("why nothing can be acknowledged is told of the marked alarms, not of another that is chosen", () => {
  const chosen = listedAlarm({ id: "chosen", acked: false });
  const marked = [listedAlarm({ id: "a" }), listedAlarm({ id: "b" })];
  expect(meantBy("acknowledge", [], marked, chosen)).toBe(marked[0]);
  expect(meantBy("acknowledge", [chosen], [chosen], undefined)).toBe(chosen);
  expect(meantBy("acknowledge", [], [], chosen)).toBe(chosen);
  expect(meantBy("note", [], marked, chosen)).toBe(chosen);
});

describe("the end of a shift", () => {
  const at = (hours: number) => Date.UTC(2026, 9, 11, hours - 9);
  it("is eight in the morning or in the evening of the city", () => {
    expect(shiftEnd(at(14), "Asia/Seoul")).toBe(at(20));
    expect(shiftEnd(at(21), "Asia/Seoul")).toBe(at(32));
    expect(shiftEnd(at(3), "Asia/Seoul")).toBe(at(8));
  });
  it("is never further than an operator may shelve", () => {
    for (let hours = 0; hours < 24; hours++) {
      const long = shiftEnd(at(hours) + 30 * minute, "Asia/Seoul") - at(hours) - 30 * minute;
      expect(long).toBeGreaterThan(0);
      expect(long).toBeLessThanOrEqual(12 * hour);
    }
  });
});

describe("the journal on the screen", () => {
  it("has each line once, newest first, whether it was asked for or came live", () => {
    const all = mergedLines([line({ n: 1 }), line({ n: 2 })], [line({ n: 2 }), line({ n: 3 })]);
    expect(all.map(({ n }) => n)).toEqual([3, 2, 1]);
  });
  it("is filtered by person, device, rule, reason and words in both languages", () => {
    const lines = [line({ n: 1 }), line({ n: 2, by: "박준호", role: "operator", what: "shelved", reason: "도로 공사" })];
    const left = (text: string, people = false) => filteredLines(lines, { text, people }, () => "한들교").map(({ n }) => n);
    expect(left("박준호")).toEqual([2]);
    expect(left("공사")).toEqual([2]);
    expect(left("보류")).toEqual([2]);
    expect(left("SHELVED")).toEqual([2]);
    expect(left("한들교")).toEqual([1, 2]);
    expect(left("", true)).toEqual([2]);
  });
  it("says letters as words and leaves out what did not change", () => {
    expect(changeText({ what: "acknowledged", before: "B", after: "C" })).toEqual({ ko: "미확인 → 확인", en: "Unacked → Acked" });
    expect(changeText({ what: "priority", before: "B", after: "B", x: { from: 3, to: 2 } })?.en).toBe("P3 → P2");
    expect(changeText({ what: "assigned", before: "박준호", after: null })?.en).toBe("박준호 → nobody");
    expect(changeText({ what: "comment", before: "B", after: "B" })).toBeUndefined();
    expect(whatText("something-new").ko).toBe("something-new");
  });
  it("speaks the reader's language of commands, responses and hand-overs too, and leaves what a person wrote as it is", () => {
    expect(changeText({ what: "command", before: "pending", after: "confirmed" })?.ko).toBe("답 기다림 → 되읽음");
    expect(changeText({ what: "response", before: null, after: "armed" })?.ko).toBe("세는 중");
    expect(changeText({ what: "receipt", before: "sent", after: "received" })?.ko).toBe("보냄 → 받음");
    expect(changeText({ what: "comment", before: null, after: "toString" })?.ko).toBe("toString");
    expect(byText("dispatch-119").ko).toBe("119 긴급출동");
    expect(lineReason({ by: "system", reason: "the bay is free" })?.ko).toBe("주차면이 비어 있음");
    expect(lineReason({ by: "한결", reason: "the bay is free" })?.ko).toBe("the bay is free");
    expect(lineReason({ by: "rule", reason: null })).toBeUndefined();
  });
  it("says in words of the contract which command, which response, which work order and until when", () => {
    const about = (what: string, x?: JournalLine["x"], contract = stream) =>
      aboutText({ ...line({ what, t: Date.UTC(2026, 9, 11, 3) }), ...(x && { x }) }, contract, "Asia/Seoul");
    const [response] = stream?.responses ?? [];
    const label = stream?.commands.close?.label;
    expect(about("command", { command: "c1", op: "close" })).toEqual(label);
    expect(about("command", { command: "c1", op: "close", response: `stream-${response?.id}` })?.en).toBe(`${label?.en} · ${response?.title.en}`);
    expect(about("response", { response: `stream-${response?.id}`, key: "k" })).toEqual(response?.title);
    expect(about("response-mode", { response: "stream-gone" })?.en).toBe("stream-gone");
    expect(about("out-of-service", { order: "WO-77" })).toEqual({ ko: "작업 지시 WO-77", en: "work order WO-77" });
    expect(about("shelved", { until: Date.UTC(2026, 9, 11, 4, 9), once: 0 })).toEqual({ ko: "13:09까지", en: "until 13:09" });
    expect(about("shelved", { until: Date.UTC(2026, 9, 11, 23), once: 0 })?.en).toBe("until 10-12 08:00");
    expect(about("raised", { priority: 2 })).toBeUndefined();
  });
  it("gives a command's arguments with their names, and one of a contract that is gone as it came", () => {
    const traffic = services.find(({ id }) => id === "traffic");
    const [op = "", type] = Object.entries(traffic?.commands ?? {}).find(([, { fields }]) => Object.keys(fields).length > 0) ?? [];
    const [name = "", field] = Object.entries(type?.fields ?? {})[0] ?? [];
    const given = aboutText(line({ what: "command", x: { op, args: `${name}=12` } }), traffic, "Asia/Seoul");
    expect(given?.en).toContain(`${type?.label.en}: ${field?.label.en} 12`);
    expect(aboutText(line({ what: "command", x: { op: "blow-up" } }), undefined, "Asia/Seoul")?.en).toBe("blow-up");
  });
});

describe("onsets on the timeline", () => {
  const rank = () => ({ priority: 2, class: "operations" }) as const;
  it("are those of alarms in the lists, and those of the journal that have left them", () => {
    const lines = [line({ n: 1, t: 5, alarm: "gone" }), line({ n: 2, t: 8, alarm: "gone", what: "cleared" }), line({ n: 3, t: 6, alarm: "here" })];
    const onsets = onsetsOf([listedAlarm({ id: "here", raisedAt: 6, priority: 1, acked: false })], lines, 0, rank);
    expect(onsets.map(({ alarm, t, to, priority, isAcknowledged }) => [alarm, t, to, priority, isAcknowledged])).toEqual([
      ["gone", 5, 8, 2, true],
      ["here", 6, null, 1, false],
    ]);
  });
  it("before the window are not drawn", () => {
    expect(onsetsOf([listedAlarm({ id: "a", raisedAt: 1 })], [line({ t: 1 })], 2, rank)).toEqual([]);
  });
});

describe("badges on the map", () => {
  const spot = (id: string, x: number, part = {}) => ({ alarm: listedAlarm({ id, ...part }), x, y: 0 });
  it("that would cover each other are one, the gravest, with how many they are", () => {
    const bundles = bundled([
      spot("p4", 0, { priority: 4 }),
      spot("p1", 10, { priority: 1 }),
      spot("far", 90),
      spot("shelved", 91, { shelved: { until: 1, by: "", reason: "", once: false } }),
    ]);
    expect(bundles.map(({ alarm, count }) => [alarm.id, count])).toEqual([
      ["p1", 2],
      ["far", 1],
    ]);
  });
  it("show trouble of the city before trouble of sensors", () => {
    expect(bundled([spot("sensor", 0, { class: "maintenance", priority: 1, acked: false }), spot("city", 1, { priority: 4 })])[0]?.alarm.id).toBe(
      "city",
    );
  });
});

describe("the score", () => {
  const score = (part: Partial<AlarmScore> = {}): AlarmScore => ({
    ...{
      from: 0,
      to: hour,
      hours: 1,
      rate: 60,
      judged: false,
      chattering: [],
      fleeting: [],
      stale: [],
      standing: 0,
      shelved: 0,
      suppressed: 0,
      outOfService: 0,
    },
    perTenMinutes: { now: 3, mean: 5.2, peak: 34, peakAt: 0 },
    flood: { share: 0.19, times: [] },
    top: { share: 0.71, list: [] },
    split: { 1: 2, 2: 7, 3: 15, 4: 3 },
    toAcknowledge: { city: 2880, wall: 48, count: 4 },
    maintenance: { raised: 0, standing: 0 },
    byService: {},
    ...part,
  });
  const find = (id: string, of: AlarmScore) => scoreLines(of).find((one) => one.id === id);
  it("draws no verdict under thirty days", () => {
    expect(scoreLines(score()).every(({ holds }) => holds === undefined)).toBe(true);
  });
  it("judges by the standard's targets when there is enough of it", () => {
    const judged = score({ judged: true });
    expect(find("mean", judged)?.holds).toBe(false);
    expect(find("flood", judged)?.holds).toBe(false);
    expect(find("stale", judged)?.holds).toBe(true);
    expect(find("mean", score({ judged: true, perTenMinutes: { now: 0, mean: 0.4, peak: 4, peakAt: 0 } }))?.holds).toBe(true);
  });
  it("never shows a mean without its peak, and says both clocks where they differ", () => {
    const names = scoreLines(score()).map(({ id }) => id);
    expect(names.indexOf("peak")).toBe(names.indexOf("mean") + 1);
    expect(find("acknowledge", score())?.value.en).toBe("48 min (48 s by the wall)");
  });
});

describe("what a key does with an alarm", () => {
  it("is asked again, or needs a word more, for everything beyond acknowledging", () => {
    const acts = ["acknowledge-note", "shelve", "unshelve", "assign", "note", "out-of-service", "in-service", "reset"] as const;
    expect(acts.filter((what) => !asks(what))).toEqual([]);
    expect(acts.filter((what) => formWords[what] === undefined)).toEqual([]);
    expect(asks("acknowledge")).toBe(false);
  });
});
