import { computed, effect } from "@preact/signals";
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

/** On a wall nobody sees the devices of a sensitive service, whatever the role of the screen. */
export const shownRows = computed(() => {
  if (!kiosk) return deviceRows.value;
  const sensitive = new Set(catalogue.value.filter((service) => service.sensitive).map((service) => service.id));
  return deviceRows.value.filter((row) => !sensitive.has(row.service));
});

const pages = (): readonly Route[] => [{ view: "city" }, ...catalogue.peek().map((service): Route => ({ view: "service", id: service.id }))];

/** The page after `present`; an unknown one is followed by the first. */
function nextPage(present: Route, all: readonly Route[]): Route {
  const at = all.findIndex((page) => addressOf(page) === addressOf(present));
  return all[(at + 1) % all.length] ?? { view: "city" };
}

/** Turns pages, moves by a pixel, renews itself. Once alarms are in, pages stop on a P1. */
export function runKiosk(): void {
  if (!kiosk) return;
  document.documentElement.classList.add("is-kiosk");
  const view = asked.get("view");
  if (view === null) setInterval(() => go(nextPage(route.peek(), pages())), turnMs);
  else
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
