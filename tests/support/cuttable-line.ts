import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A TCP line between a client and somebody on this machine, which can be interrupted. */
export interface CuttableLine {
  readonly host: string;
  readonly port: number;
  /** What is said back waits from now on, and nobody notices. */
  hold(): void;
  /** Down, and whoever connects is turned away. */
  cut(): void;
  mend(): void;
}

export async function cuttableLine(to: { readonly host: string; readonly port: number }): Promise<CuttableLine> {
  const ends = new Set<Socket>();
  const backs = new Set<Socket>();
  let down = false;
  const server = createServer((near) => {
    if (down) return void near.destroy();
    const far = connect(to.port, to.host);
    for (const socket of [near, far]) {
      ends.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        for (const other of [near, far]) {
          ends.delete(other);
          other.destroy();
        }
        backs.delete(far);
      });
    }
    backs.add(far);
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (): void => {
    down = true;
    for (const socket of [...ends]) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  return {
    host: "127.0.0.1",
    port: (server.address() as AddressInfo).port,
    hold() {
      for (const far of backs) {
        far.unpipe();
        far.pause();
      }
    },
    cut,
    mend() {
      down = false;
    },
  };
}
