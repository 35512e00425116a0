import type { Config } from "../../shared/runtime/config.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { mqttUrlOf } from "../running-city.ts";
import { Complaint, theRunningCity } from "../talk.ts";

/** A broker to listen at, or to speak to. */
export interface MqttTarget {
  readonly url: string;
  readonly account: { readonly username?: string; readonly password?: string };
  /** Our own city's: what its reader may not hear is known. */
  readonly own: boolean;
}

/** The address that was given, MQTT_URL, or the city that runs in the data folder. @throws Complaint */
export async function mqttTarget(config: Config, given: string | undefined): Promise<MqttTarget> {
  const url = given ?? config.MQTT_URL;
  if (url === undefined) {
    const { mqtt } = await theRunningCity(config.GWANJE_DATA_DIR);
    const { reader } = await loadCredentials(config.GWANJE_DATA_DIR);
    return { url: mqttUrlOf(mqtt), account: reader, own: true };
  }
  if (!/^mqtts?:\/\/[^/]/.test(url)) throw new Complaint(`--url: write it as mqtt://host:port, not "${url}"`, 2);
  const { MQTT_USERNAME: username, MQTT_PASSWORD: password } = config;
  return { url, account: { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) }, own: false };
}
