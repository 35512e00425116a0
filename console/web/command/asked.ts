import { computed } from "@preact/signals";
import { route } from "../app/router.ts";
import { type Asked, askedIn } from "./address.ts";

/** What the present address asks for. */
export const asked = computed<Asked>(() => {
  // The route is a new one whenever the address changes, also behind its question mark.
  void route.value;
  return askedIn(location.hash);
});
