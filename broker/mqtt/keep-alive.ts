/**
 * Connections that have promised to speak and do not (MQTT 3.1.1, 3.1.2.10). Kept here and not by aedes, which does not hear what goes the short way; one
 * look a second at all of them costs less than a timer each.
 */
export interface KeepAlive {
  /** `seconds` as promised; 0 = nothing was. */
  promise(connection: object, seconds: number, end: () => void): void;
  heard(connection: object): void;
  gone(connection: object): void;
  close(): void;
}

interface Promised {
  readonly most: number;
  readonly end: () => void;
  silent: number;
}

export function createKeepAlive(): KeepAlive {
  const promised = new Map<object, Promised>();
  const looking = setInterval(() => {
    for (const one of promised.values()) {
      one.silent += 1;
      if (one.silent > one.most) one.end();
    }
  }, 1000);
  looking.unref();
  return {
    promise(connection, seconds, end) {
      if (seconds > 0) promised.set(connection, { most: 1.5 * seconds, end, silent: 0 });
    },
    heard(connection) {
      const one = promised.get(connection);
      if (one !== undefined) one.silent = 0;
    },
    gone: (connection) => void promised.delete(connection),
    close: () => clearInterval(looking),
  };
}
