import { createHmac } from "node:crypto";

/** Passwords of simulated gateways follow from one secret, so that the simulator and the broker need no list between them. */
export const gatewayPassword = (secret: string, gateway: string): string => createHmac("sha256", secret).update(gateway).digest("hex");
