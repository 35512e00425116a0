import { computed } from "@preact/signals";
import { route } from "../../app/router.ts";
import { partIn } from "./part-address.ts";

/** What the present address asks for. */
export const askedPart = computed(() => {
  // The route is a new one whenever the address changes, also behind its question mark.
  void route.value;
  return partIn(location.hash);
});
