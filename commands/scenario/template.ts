import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The schema by which editors complete, beside the program's documents. */
const schemaFile = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../../docs/scenario.schema.json" : "../../../docs/scenario.schema.json", import.meta.url),
);

/** A new scenario that passes the check and can be run as it is; its comments say what else can be written. @param folder where it will lie. */
export const template = (
  name: string,
  folder: string,
): string => `# yaml-language-server: $schema=${relative(folder, schemaFile).split(sep).join("/")}
# Check it with   npx gwanje scenario check ./${name}.yaml
# Play it with    npx gwanje scenario run ./${name}.yaml --report report.html
scenario: ${name}
title: { ko: 새 시나리오, en: A new scenario }
story:
  ko: 무엇이 일어나고, 관제실은 무엇을 알아야 하는가.
  en: What happens, and what the room should make of it.
city: small # or default
seed: 1 # moves weather and people; chance of this file is drawn by it, too
start: 2026-06-09T10:00 # local time of the city
lasts: 2h
baseline: 2h # history that the room has learned from before
rate: 60 # city seconds per second when it is shown to people
responses: auto # or manual: automatic responses are left to people

# What happens. Each step comes \`at\` a time, or \`after\` another step, and does one thing:
# inject (npx gwanje inject kinds names the kinds), clear, command, act, cue.
timeline:
  - at: 10m
    id: stand
    inject: stuck
    on: { device: ws-02 } # or service, kind, district, tag (near-stadium), gateway, share: 10 % of gateways
    with: { metric: dist }
    for: 100m

  - after: { step: stand, by: 5m }
    cue:
      ko: 수위계가 같은 값만 말한다. 아직 아무도 모른다.
      en: The gauge says the same value again and again. Nobody knows yet.

# What must come true: alarm, item, event, action, refused, flood, state, count; or none of something.
expect:
  - follows: stand
    onStep: stand # on the devices that this step strikes
    alarm: stream/stuck
    class: maintenance # the sensor is in trouble, not the city
    within: 95m

  - say: { ko: 홍수로 오인하지 않는다, en: not taken for a flood }
    none: { class: operations }
`;
