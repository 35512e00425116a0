import { computed, effect } from "@preact/signals";
import { alarms } from "../live/desk.ts";
import { catalogue, deviceRows, link, me } from "../live/state.ts";
import { addressOf, go, type Route, route } from "./router.ts";

const asked = new URLSearchParams(location.search);
/** A wall: nobody stands at it, so nothing on it can be pressed. `?kiosk=1`, with `&view=` to stay on one page. */
export const kiosk = asked.get("kiosk") === "1";

const turnMs = 30_000;
const shiftMs = 600_000;
/** A page that runs for weeks starts anew once a day, while the connection is up. */
const renewMs = 86_400_000;
/** Pixels by which the picture moves against burning in. */
const shifts = ["0px 0px", "1px 0px", "1px 1px", "0px 1px"] as const;

const sensitive = computed(() => new Set(catalogue.value.filter((service) => service.sensitive).map((service) => service.id)));
/** On a wall nobody sees the devices of a sensitive service, whatever the role of the screen. */
export const shownRows = computed(() => (kiosk ? deviceRows.value.filter((row) => !sensitive.value.has(row.service)) : deviceRows.value));
/** Nor their alarms: before the catalogue says what is sensitive there are none. */
export const shownAlarms = computed(() => {
  const all = [...alarms.value.values()];
  if (!kiosk) return all;
  return catalogue.value.length === 0 ? [] : all.filter((alarm) => !sensitive.value.has(alarm.service));
});
const holdsPage = (): boolean =>
  shownAlarms.peek().some(({ state, priority, class: kind }) => state === "B" && priority === 1 && kind === "operations");

const pages = (): readonly Route[] => [{ view: "city" }, ...catalogue.peek().map((service): Route => ({ view: "service", id: service.id }))];

/** The page after `present`; an unknown one is followed by the first. */
function nextPage(present: Route, all: readonly Route[]): Route {
  const at = all.findIndex((page) => addressOf(page) === addressOf(present));
  return all[(at + 1) % all.length] ?? { view: "city" };
}

/** Turns pages, moves by a pixel, renews itself. A P1 that nobody has acknowledged calls the overview and keeps it. */
export function runKiosk(): void {
  if (!kiosk) return;
  document.documentElement.classList.add("is-kiosk");
  const view = asked.get("view");
  if (view === null) {
    setInterval(() => {
      if (!holdsPage()) go(nextPage(route.peek(), pages()));
    }, turnMs);
    effect(() => {
      void shownAlarms.value;
      if (holdsPage()) go({ view: "city" });
    });
  }
  if (view !== null)
    effect(() => {
      const ids = new Set(catalogue.value.map((service) => service.id));
      if (me.value !== undefined && ids.has(view)) go({ view: "service", id: view });
    });
  let shift = 0;
  setInterval(() => {
    shift = (shift + 1) % shifts.length;
    document.body.style.translate = shifts[shift] ?? "";
  }, shiftMs);
  setInterval(() => {
    if (link.peek().state === "live") location.reload();
  }, renewMs);
}
