import { computed, signal } from "@preact/signals";

/** Views have addresses of their own behind the hash, so that a link to a view needs nothing of the server. */
export type Route =
  | { readonly view: "city" }
  | { readonly view: "service"; readonly id: string }
  | { readonly view: "device"; readonly id: string }
  | { readonly view: "quality" }
  /** `at`: the part of the test desk, e.g. `run/<id>`; none = what goes on, or the library. */
  | { readonly view: "tester"; readonly at?: string }
  /** `id`: the alarm that is open. */
  | { readonly view: "alarms"; readonly id?: string; readonly tab?: string };

/** What a phone shows of the overview; wider screens show all of it. */
const parts = ["events", "map", "services"] as const;
export type Part = (typeof parts)[number];

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

function routeOf(address: string): Route {
  const [view, id] =
    address
      .replace(/^#?\/?/, "")
      .split("?")[0]
      ?.split("/") ?? [];
  if (view === "quality") return { view };
  if (view === "tester") {
    const at = /^#?\/?tester\/([^?]+)/.exec(address)?.[1];
    return { view, ...(at === undefined ? {} : { at: decodeURIComponent(at) }) };
  }
  if (view === "alarms") {
    const tab = new URLSearchParams(address.split("?")[1] ?? "").get("tab");
    return { view, ...(id ? { id: decodeURIComponent(id) } : {}), ...(tab === null ? {} : { tab }) };
  }
  if ((view === "service" || view === "device") && id) return { view, id: decodeURIComponent(id) };
  return { view: "city" };
}
export const route = computed<Route>(() => routeOf(hash.value));

function partOf(address: string): Part {
  const asked = new URLSearchParams(address.split("?")[1] ?? "").get("part");
  return parts.find((part) => part === asked) ?? "events";
}
export const part = computed<Part>(() => partOf(hash.value));
export const addressOfPart = (to: Part): string => (to === "events" ? "#/" : `#/?part=${to}`);

export function addressOf(to: Route): string {
  if (to.view === "city") return "#/";
  if (to.view === "quality") return "#/quality";
  if (to.view === "tester") return `#/tester${to.at === undefined ? "" : `/${to.at.split("/").map(encodeURIComponent).join("/")}`}`;
  if (to.view === "alarms")
    return `#/alarms${to.id === undefined ? "" : `/${encodeURIComponent(to.id)}`}${to.tab === undefined ? "" : `?tab=${encodeURIComponent(to.tab)}`}`;
  return `#/${to.view}/${encodeURIComponent(to.id)}`;
}
export function go(to: Route): void {
  location.hash = addressOf(to);
}
/** The same page says something else now: no step back leads to what it said before. */
export function become(to: Route): void {
  history.replaceState(null, "", addressOf(to));
  hash.value = location.hash;
}
