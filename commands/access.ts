import QRCode from "qrcode";
import { deviceAccessSchema, screenSchema } from "../shared/api.ts";
import type { DeviceAccess, DeviceRequest } from "../shared/city-port.ts";
import { loadCredentials } from "../shared/runtime/credentials.ts";
import { post, theRunningCity } from "./talk.ts";

export async function accessAll(dataDir: string): Promise<Record<string, unknown>> {
  const { http, mqtt } = await theRunningCity(dataDir);
  const { tokens, reader } = await loadCredentials(dataDir);
  const { link } = screenSchema.parse(await post(dataDir, "/api/v1/screens", { role: "admin" }));
  return { http, signIn: link, tokens, mqtt: { ...mqtt, ws: `${http.replace(/^http/, "ws").replace(/\/$/, "")}/mqtt`, reader } };
}

export async function accessDevice(dataDir: string, request: DeviceRequest): Promise<DeviceAccess> {
  return deviceAccessSchema.parse(await post(dataDir, "/api/v1/devices", request));
}

/** The link, and its QR code for a terminal. */
export async function accessScreen(dataDir: string, role: string): Promise<{ link: string; qr: string }> {
  const { link } = screenSchema.parse(await post(dataDir, "/api/v1/screens", { role }));
  return { link, qr: await QRCode.toString(link, { type: "terminal", small: true }) };
}
