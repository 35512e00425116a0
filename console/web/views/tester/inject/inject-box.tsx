import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { InjectionState } from "../../../../../shared/scenario/injection.ts";
import type { InjectionKindRow, InjectRequest } from "../../../../../shared/scenario/scenario-port.ts";
import { say, t } from "../../../language.ts";
import { sendJson } from "../../../live/http.ts";
import { link } from "../../../live/state.ts";
import type { Kinds } from "../kinds.ts";
import { commandOf } from "./inject-command.ts";
import "./inject.css";
import { draftOf, keepDraft, openDraft, startOf } from "./inject-drafts.ts";
import { ForField, KindChoice, metricsOf, SizeFields, WhereFields } from "./inject-fields.tsx";
import { formProblem, type InjectForm, requestOf } from "./inject-request.ts";
import { PreviewBox } from "./preview-box.tsx";
import { usePreview } from "./use-preview.ts";

export interface InjectBoxProps {
  /** What can be chosen here. */
  readonly kinds: Kinds;
  /** On this device alone; it has no choice of where. */
  readonly device?: string;
  readonly onInjected: () => void;
  /** Further things that can be done with what is filled in. */
  readonly more?: (request: InjectRequest) => ComponentChildren;
}

/** One injection: what, where, how strong and for how long; its effect in words, then a button. */
export function InjectBox({ kinds, device, onInjected, more }: InjectBoxProps) {
  const list = [...kinds.values()];
  const form = draftOf(device);
  const setForm = (next: InjectForm): void => keepDraft(device, next);
  const [done, setDone] = useState<{ readonly ok: boolean; readonly words: string } | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const chosen = kinds.get(form?.kind ?? "") ?? list[0];
  useEffect(() => openDraft(kinds, device), [kinds, device]);
  if (chosen === undefined || form === undefined) return null;
  const change = (part: Partial<InjectForm>): void => {
    setDone(undefined);
    setForm({ ...form, ...part });
  };
  const problem = formProblem(form, chosen);
  const request = problem === undefined ? requestOf(form, chosen) : undefined;
  return (
    <Filled
      {...{ form, chosen, list, kinds, change, done, busy, more, request }}
      problem={problem === undefined ? undefined : say(problem)}
      isFixed={device !== undefined}
      onKind={(id) => {
        const next = kinds.get(id);
        setDone(undefined);
        if (next !== undefined) setForm(nextForm(next, form, device));
      }}
      onInject={async () => {
        if (request === undefined || busy) return;
        setBusy(true);
        const answer = await sendJson<{ injections: readonly InjectionState[] }>("POST", "/api/v1/injections", request);
        setBusy(false);
        setDone(answer.ok ? { ok: true, words: injectedText(answer.value.injections) } : { ok: false, words: answer.reason });
        if (answer.ok) onInjected();
      }}
    />
  );
}
/** Another kind keeps the place where it fits. */
function nextForm(kind: InjectionKindRow, { district, tag, device, share, trade }: InjectForm, fixed: string | undefined): InjectForm {
  const fresh = startOf(kind, fixed);
  const isOwn = kind.service === null || trade.split("/")[0] === kind.service;
  return { ...fresh, district, tag, share, device: fixed ?? (isOwn ? device : ""), trade: isOwn && kind.service === null ? trade : fresh.trade };
}
function injectedText(injections: readonly InjectionState[]): string {
  const refused = injections.find(({ state }) => state === "refused");
  if (refused !== undefined) return t(`거부됨: ${refused.reason ?? ""}`, `refused: ${refused.reason ?? ""}`);
  return injections.length === 1 ? t("주입했습니다.", "Injected.") : t(`${injections.length}건을 주입했습니다.`, `${injections.length} injected.`);
}

interface FilledProps {
  readonly form: InjectForm;
  readonly chosen: InjectionKindRow;
  readonly list: readonly InjectionKindRow[];
  readonly kinds: Kinds;
  readonly request: InjectRequest | undefined;
  readonly problem: string | undefined;
  readonly done: { readonly ok: boolean; readonly words: string } | undefined;
  readonly busy: boolean;
  readonly isFixed: boolean;
  readonly more: InjectBoxProps["more"];
  readonly change: (part: Partial<InjectForm>) => void;
  readonly onKind: (id: string) => void;
  readonly onInject: () => void;
}
function Filled({ form, chosen, list, kinds, request, problem, done, busy, isFixed, more, change, onKind, onInject }: FilledProps) {
  const preview = usePreview(request);
  const isOff = link.value.state !== "live" || request === undefined || busy || preview?.ok === false;
  const shared = { kind: chosen, form, onForm: change } as const;
  return (
    <form
      class="t-inject"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!isOff) onInject();
      }}
    >
      <div class="t-fields">
        <KindChoice kinds={list} value={chosen.id} onChoose={onKind} />
        {isFixed ? null : <WhereFields {...shared} />}
        <SizeFields {...shared} metrics={metricsOf(kinds, form)} />
        <ForField {...shared} />
      </div>
      <PreviewBox preview={preview} problem={problem} isQuiet={chosen.truth === "quiet"} />
      <div class="t-buttons">
        <button
          type="submit"
          class="button is-main"
          aria-disabled={isOff}
          title={link.value.state === "live" ? undefined : t("연결되면 쓸 수 있습니다.", "Once the connection is back.")}
        >
          {t("주입", "Inject")} <kbd>Enter</kbd>
        </button>
        {request === undefined ? null : more?.(request)}
        {request === undefined ? null : <CopyCommand request={request} />}
        <span class={`t-done${done?.ok === false ? " is-bad" : ""}`} role={done?.ok === false ? "alert" : "status"}>
          {done?.words}
        </span>
      </div>
    </form>
  );
}

/** The same as one line for a terminal. */
function CopyCommand({ request }: { readonly request: InjectRequest }) {
  const [copied, setCopied] = useState("");
  const line = commandOf(request);
  return (
    <button
      type="button"
      class="button"
      title={line}
      onClick={async () => {
        // Without TLS some browsers have no clipboard: then the line is shown to be marked by hand.
        await navigator.clipboard?.writeText(line).catch(() => undefined);
        setCopied(line);
      }}
    >
      {copied === line ? t("복사함", "Copied") : t("명령 복사", "Copy command")}
    </button>
  );
}
