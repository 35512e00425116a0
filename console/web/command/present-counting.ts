import { computed } from "@preact/signals";
import { shownRows } from "../app/kiosk.ts";
import { responses } from "../live/desk.ts";
import { clock, fieldNow, now, second } from "../live/state.ts";
import { countingOf } from "./counting.ts";

/** Worked out once a second for everybody who shows it. */
export const counting = computed(() => {
  void second.value;
  const hands = { city: now.peek(), field: fieldNow.peek(), rate: clock.value?.rate ?? 1 };
  const armed = [...responses.value.values()].filter((state) => state.armed.length > 0);
  return countingOf(armed, armed.length === 0 ? [] : shownRows.value, hands);
});
