import type { Service } from "../../../shared/service.ts";

/** A service's quiet mark. */
export const Mark = ({ service }: { readonly service: Pick<Service, "mark"> }) => (
  <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
    <path d={service.mark} />
  </svg>
);

/** Says by shape that something is not now. */
export const StaleRing = () => (
  <span class="stale-ring" aria-hidden="true">
    ?
  </span>
);
