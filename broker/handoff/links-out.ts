import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { LinkId } from "../../shared/links.ts";
import { allLinks, isOutside, type LinkTargets } from "../../shared/runtime/link-settings.ts";
import { type BuiltInReceiver, startBuiltInReceiver } from "./built-in-receiver.ts";
import type { Destination, Patience } from "./courier.ts";

export interface LinkOptions {
  readonly targets: LinkTargets;
  /** Known to the outside receivers too. */
  readonly secret: string;
  readonly patience?: Patience;
  /** Of the built-in receiver. */
  readonly pace?: number;
}
/** Where hand-overs go and by which secret their answers are known; the built-in receiver runs while a link leads to it. */
export interface LinksOut {
  destination(link: LinkId): Destination;
  readonly builtIn: BuiltInReceiver | undefined;
  close(): Promise<void>;
}

export const allBuiltIn: LinkOptions = { targets: allLinks(() => "built-in"), secret: "" };

export async function openLinks({ targets, secret, pace }: LinkOptions, log: Logger): Promise<LinksOut> {
  // of this process alone: what it is told by itself nobody else can say
  const own = randomBytes(32).toString("base64url");
  const builtIn = Object.values(targets).includes("built-in")
    ? await startBuiltInReceiver({ secret: own, log, ...(pace === undefined ? {} : { pace }) })
    : undefined;
  return {
    destination(link) {
      const target = targets[link];
      if (isOutside(target)) return { receiver: "outside", url: target.url, secret };
      return target === "off" || builtIn === undefined ? { receiver: "off" } : { receiver: "built-in", url: builtIn.url(link), secret: own };
    },
    builtIn,
    close: async () => builtIn?.close(),
  };
}
