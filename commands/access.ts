import QRCode from "qrcode";
import { z } from "zod";
import type { DeviceRequest } from "../shared/city-port.ts";
import { loadCredentials } from "../shared/runtime/credentials.ts";
import { post, theRunningCity } from "./talk.ts";

const screenSchema = z.object({ link: z.string() });
const deviceSchema = z.object({
  username: z.string(),
  password: z.string(),
  clientId: z.string(),
  topics: z.record(z.string(), z.string()),
  example: z.string(),
});

export async function accessAll(dataDir: string): Promise<Record<string, unknown>> {
  const { http, mqtt } = await theRunningCity(dataDir);
  const { tokens, reader } = await loadCredentials(dataDir);
  const { link } = screenSchema.parse(await post(dataDir, "/api/v1/screens", { role: "admin" }));
  return { http, signIn: link, tokens, mqtt: { ...mqtt, ws: `${http.replace(/^http/, "ws").replace(/\/$/, "")}/mqtt`, reader } };
}

export async function accessDevice(dataDir: string, request: DeviceRequest): Promise<z.infer<typeof deviceSchema>> {
  return deviceSchema.parse(await post(dataDir, "/api/v1/devices", request));
}

/** The link, and its QR code for a terminal. */
export async function accessScreen(dataDir: string, role: string): Promise<{ link: string; qr: string }> {
  const { link } = screenSchema.parse(await post(dataDir, "/api/v1/screens", { role }));
  return { link, qr: await QRCode.toString(link, { type: "terminal", small: true }) };
}
