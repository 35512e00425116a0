import { type AddressInfo, createServer, type Socket } from "node:net";
import { Aedes } from "aedes";
import { onTestFinished } from "vitest";

/** A plain MQTT broker on a free port that remembers what it heard; closes itself with the test. */
export async function startBareBroker(authenticate = (_id: string) => true) {
  const broker = await Aedes.createBroker({ authenticate: (client, _name, _password, done) => done(null, authenticate(client.id)) });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const heard: { topic: string; payload: string; retain: boolean; client: string | undefined }[] = [];
  broker.on("publish", (packet, client) => {
    if (!packet.topic.startsWith("$SYS"))
      heard.push({ topic: packet.topic, payload: String(packet.payload), retain: packet.retain, client: client?.id });
  });
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(async () => {
    cut();
    await new Promise<void>((resolve) => broker.close(() => server.close(() => resolve())));
  });
  return { broker, heard, cut, port: (server.address() as AddressInfo).port };
}
