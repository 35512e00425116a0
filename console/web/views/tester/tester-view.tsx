import { kiosk } from "../../app/kiosk.ts";
import { addressOf, route } from "../../app/router.ts";
import { t } from "../../language.ts";
import { clock, rights } from "../../live/state.ts";
import { Loading } from "../../widgets/panel.tsx";
import { ComparePage } from "./compare/compare-page.tsx";
import { deskRun } from "./desk-run.ts";
import { EditorPage } from "./editor/editor-page.tsx";
import { LibraryPage } from "./library/library-page.tsx";
import { RunPage } from "./run-page.tsx";
import "./tester.css";
import { type RunList, useRuns } from "./use-runs.ts";

/** Where scenarios are chosen, run, looked into and written. Testers see all of it, demonstrators stories and cues. */
export function TesterView() {
  const at = route.value.view === "tester" ? (route.value.at ?? "") : "";
  const [part = "", id = ""] = at.split("/");
  const mayLook = rights.value.includes("clock") && !kiosk;
  const mayTest = rights.value.includes("inject") && !kiosk;
  const runs = useRuns(mayLook);
  if (!mayLook) return <NoRight />;
  if (part === "edit") return mayTest ? <EditorPage key={id} id={id} /> : <NoRight />;
  if (part === "compare") return <Known runs={runs} id={id} page={(run) => <ComparePage key={id} run={run} />} />;
  if (part === "run") return <Known runs={runs} id={id} page={(run) => <RunPage key={id} run={run} />} />;
  const run = part === "library" ? undefined : deskRun(runs.list, clock.value?.run);
  if (run !== undefined) return <RunPage key={run.id} run={run} />;
  return <LibraryPage runs={runs} />;
}

type Run = NonNullable<RunList["list"]>[number];
/** A run by its address: while the runs are asked for, and when there is none of that name. */
function Known({ runs, id, page }: { readonly runs: RunList; readonly id: string; readonly page: (run: Run) => preact.JSX.Element }) {
  const run = runs.list?.find((one) => one.id === id);
  if (run !== undefined) return page(run);
  return (
    <main class="v-page is-narrow">
      <section class="s-panel">
        {runs.list === undefined && runs.reason === undefined ? (
          <Loading />
        ) : (
          <p class="s-note" role="alert">
            {runs.reason ?? t(`실행 ${id}이(가) 없습니다.`, `There is no run ${id}.`)}{" "}
            <a class="button" href={addressOf({ view: "tester", at: "library" })}>
              {t("시나리오", "Library")}
            </a>
          </p>
        )}
      </section>
    </main>
  );
}

const NoRight = () => (
  <main class="v-page is-narrow">
    <section class="s-panel t-no-right">
      <h1>{t("시험", "Test desk")}</h1>
      <p>
        {t(
          "시나리오를 실행하고, 기기와 도시에 이상을 주입하고, 관제실이 그것을 어떻게 알아챘는지 채점하는 곳입니다.",
          "Here scenarios are run, anomalies are injected into devices and the city, and the room is scored by what it made of them.",
        )}
      </p>
      <p>
        {t(
          "주입과 채점은 시험자와 관리자가, 이야기와 큐는 시연자도 봅니다.",
          "Testers and administrators inject and score; demonstrators see stories and cues.",
        )}
      </p>
    </section>
  </main>
);
