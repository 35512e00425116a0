import { useEffect, useState } from "preact/hooks";
import type { Result } from "../../../../../shared/result.ts";
import type { InjectRequest, Preview } from "../../../../../shared/scenario/scenario-port.ts";
import { sendJson } from "../../../live/http.ts";

/** So long nothing is asked while somebody still types. */
const restMs = 250;

/** What would happen, as the server says it; undefined while it is being asked. */
export function usePreview(request: InjectRequest | undefined): Result<Preview> | undefined {
  const [told, setTold] = useState<{ readonly of: string; readonly result: Result<Preview> } | undefined>(undefined);
  const asked = request === undefined ? "" : JSON.stringify(request);
  useEffect(() => {
    if (asked === "") return;
    let open = true;
    const timer = setTimeout(async () => {
      const result = await sendJson<Preview>("POST", "/api/v1/injections/preview", JSON.parse(asked));
      if (open) setTold({ of: asked, result });
    }, restMs);
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return told?.of === asked ? told.result : undefined;
}
