import { durationOf } from "../../shared/scenario/duration.ts";
import type { KindScore, Scorecard } from "../../shared/scenario/scorecard.ts";
import { localOf } from "../plan/city-start.ts";
import type { Run, RunView } from "../play/run.ts";
import { lanesOf } from "./lanes.ts";
import { escaped, tag } from "./svg.ts";

export interface Reported {
  readonly run: Run;
  readonly digest: { readonly sha256: string; readonly messages: number } | undefined;
}

/** Everything of some runs on one page that needs nothing beside itself: what was true, what the room saw, what was expected, and how it is scored. */
export function htmlReport(all: readonly Reported[]): string {
  const title = all.map(({ run }) => run.parts.row.id).join(", ");
  const overview =
    all.length < 2
      ? ""
      : tag("nav", {}, ...all.map(({ run }) => `${sign(run.view().passed)} <a href="#${run.parts.id}">${escaped(run.parts.row.id)}</a>`));
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style><body>${overview}${all.map(page).join("")}</body></html>\n`;
}

const sign = (passed: boolean | null): string => (passed === true ? "<b>passed</b>" : passed === false ? '<b class="bad">failed</b>' : "<b>open</b>");
const figure = (name: string, value: string, note: string): string =>
  `<div><span>${name}</span><strong>${escaped(value)}</strong><small>${escaped(note)}</small></div>`;
const time = (seconds: number | null): string => (seconds === null ? "—" : durationOf(seconds));

function page({ run, digest }: Reported): string {
  const view = run.view();
  const card = run.scorecard();
  const row = run.parts.row;
  return `<main id="${escaped(run.parts.id)}"><header><h1>${escaped(row.title.en)}</h1><p>${escaped(row.title.ko)} · ${escaped(row.id)} · seed ${view.seed} · ${localOf(view.from).replace("T", " ")} KST · ${durationOf((view.to - view.from) / 1000)}</p><p>${escaped(row.story.en)}</p><p>${sign(view.passed)}${view.reason === null ? "" : ` ${escaped(view.reason)}`}</p></header>
<section>${lanesOf(view, card, run.evidence())}</section>
<div class="two"><section><h2>Expectations</h2>${expectations(view)}</section><section><h2>Scorecard</h2>${figures(card)}${kinds(card.kinds)}${confusion(card)}</section></div>
<footer><code>${digest === undefined ? "" : `digest ${digest.sha256} · ${digest.messages} messages · `}${escaped(view.repeat)}</code><p>Everything here is simulated.</p></footer></main>`;
}
function expectations({ expectations: all, steps }: RunView): string {
  const broken = steps.filter(({ state }) => state === "failed");
  const rows = [
    ...all.map(({ say, seen, state }) => ({ state: state as string, what: say.en, seen: seen.en })),
    ...broken.map(({ id, reason, words }) => ({ state: "failed", what: `step ${id}: ${words.en}`, seen: reason ?? "" })),
  ];
  return `<table>${rows.map(({ state, what, seen }) => `<tr class="${state === "failed" ? "bad" : ""}"><td>${state === "held" ? "☑" : state === "failed" ? "☒" : "☐"} ${state}</td><td>${escaped(what)}</td><td>${escaped(seen)}</td></tr>`).join("")}</table>`;
}
function figures(card: Scorecard): string {
  const found = card.found.filter(({ by }) => by !== null).length;
  return `<div class="figures">${[
    figure(
      "Found",
      `${found} / ${card.found.length}`,
      card.found
        .flatMap(({ by, title }) => (by === null ? `missed: ${title.en}` : []))
        .slice(0, 2)
        .join(", "),
    ),
    figure("Median delay", time(card.medianDelay), `worst ${time(card.worstDelay)}`),
    figure("False alarms", String(card.false.length), `${(card.falsePerSensorDay * 1000).toFixed(1)} per 1,000 sensor-days`),
    figure("To acknowledge", time(card.toAcknowledge.city), `median of ${card.toAcknowledge.count}`),
    figure("To action", time(card.toAction.city), `median of ${card.toAction.count}`),
    figure("Alarms per incident", card.alarmsPerIncident === null ? "—" : card.alarmsPerIncident.toFixed(1), ""),
  ].join("")}</div>`;
}
const kinds = (all: readonly KindScore[]): string =>
  all.length === 0
    ? ""
    : `<table><tr><th>kind</th><th></th><th>found</th><th>delays</th><th>alarms</th></tr>${all.map(({ kind, title, class: own, found, of, delays, alarms }) => `<tr class="${found < of ? "bad" : ""}"><td>${escaped(title.en)} <small>${escaped(kind)}</small></td><td>${own}</td><td>${found}/${of}</td><td>${delays.map(time).join(", ")}</td><td>${alarms}</td></tr>`).join("")}</table>`;
const confusion = ({ confusion: { event, fault, nothing } }: Scorecard): string =>
  `<table><tr><th></th><th>raised as event</th><th>as fault</th><th>not raised</th></tr><tr><td>true event</td><td>${event.operations}</td><td>${event.maintenance}</td><td>${event.nothing}</td></tr><tr><td>true fault</td><td>${fault.operations}</td><td>${fault.maintenance}</td><td>${fault.nothing}</td></tr><tr><td>nothing</td><td>${nothing.operations}</td><td>${nothing.maintenance}</td><td>—</td></tr></table><p>An event that shows only as trouble of devices, as a power cut does, counts as a fault.</p>`;

/** Colours of the room's day theme: grey, and colour for what is wrong alone. */
const style = `
body{font:14px/1.4 system-ui,sans-serif;margin:0;background:#D5D8DA;color:#1E2326}
nav,main{max-width:1440px;margin:0 auto;padding:16px}nav{display:flex;flex-wrap:wrap;gap:8px 24px}
header h1{margin:0;font-size:24px}header p{margin:4px 0;max-width:80ch}section{background:#E2E5E7;margin:8px 0;padding:12px}
h2{font-size:15px;margin:0 0 8px}.two{display:grid;grid-template-columns:1fr 1fr;gap:8px}@media(max-width:1000px){.two{display:block}}
table{border-collapse:collapse;width:100%;margin:8px 0}td,th{text-align:left;padding:4px 8px;border-bottom:1px solid #BFC4C7;vertical-align:top}
tr.bad td{background:#F3F4F5}tr.bad td:first-child{border-left:4px solid #1E2326}b.bad{text-decoration:underline}
.figures{display:grid;grid-template-columns:repeat(3,1fr);gap:8px}.figures div{display:flex;flex-direction:column}.figures strong{font-size:24px}small{color:#454C51}
svg{width:100%;height:auto;font:12px system-ui,sans-serif}.rule{stroke:#BFC4C7}.lane{font-weight:600}.note,.time,.small{fill:#454C51;font-size:11px}.time{text-anchor:middle}
.tick{stroke:#BFC4C7;stroke-dasharray:2 4}.cue{fill:#454C51}.cue-words{fill:#fff}.event{fill:#AEB6BB;stroke:#565E64}.fault{fill:#E2E5E7;stroke:#565E64;stroke-dasharray:4 2}.quiet{fill:none;stroke:#565E64;stroke-dasharray:2 2}
.seen{stroke:#1E2326;stroke-width:2}line.operations{stroke:#1E2326;stroke-width:2}line.maintenance{stroke:#565E64;stroke-width:1.5;stroke-dasharray:5 3}circle.operations{fill:#1E2326}circle.maintenance{fill:#E2E5E7;stroke:#1E2326}.false{font-weight:700;fill:#1E2326}
code{font-size:12px;word-break:break-all}`;
