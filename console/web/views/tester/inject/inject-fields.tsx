import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { InjectionField } from "../../../../../shared/scenario/injection.ts";
import { landmarkTag } from "../../../../../shared/scenario/landmark-tags.ts";
import type { InjectionKindRow } from "../../../../../shared/scenario/scenario-port.ts";
import { fieldProblem } from "../../../command/fields.ts";
import { say, t } from "../../../language.ts";
import { catalogue, deviceRows, plan } from "../../../live/state.ts";
import { unitText } from "../../../trend/words.ts";
import { groupText, type Kinds } from "../kinds.ts";
import { fitsDevice, type InjectForm, shares } from "./inject-request.ts";

interface FieldProps {
  readonly label: string;
  readonly children: (id: string) => ComponentChildren;
}
const Field = ({ label, children }: FieldProps) => {
  const id = useId();
  // What stands in brackets explains the name; beside a field there is room for the name alone.
  const [name, more] = label.split(" (");
  return (
    <div class="t-field">
      <label for={id} title={more === undefined ? undefined : label}>
        {name}
        {more === undefined ? null : <span class="unseen"> ({more}</span>}
      </label>
      {children(id)}
    </div>
  );
};

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly onChoose: (value: string) => void;
}
const Choice = ({ label, value, options, onChoose }: ChoiceProps) => (
  <Field label={label}>
    {(id) => (
      <select id={id} class="field" value={value} onChange={(change) => onChoose(change.currentTarget.value)}>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    )}
  </Field>
);

/** What there is to inject, in its groups. */
export function KindChoice({
  kinds,
  value,
  onChoose,
}: {
  readonly kinds: readonly InjectionKindRow[];
  readonly value: string;
  readonly onChoose: (id: string) => void;
}) {
  const groups = grouped(kinds);
  return (
    <Field label={t("무엇", "What")}>
      {(id) => (
        <select id={id} class="field" value={value} onChange={(change) => onChoose(change.currentTarget.value)}>
          {[...groups].map(([name, own]) => (
            <optgroup key={name} label={name}>
              {own.map((kind) => (
                <option key={kind.id} value={kind.id}>
                  {say(kind.title)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
const groupName = ({ group, service }: InjectionKindRow): string => {
  const own = service === null ? undefined : catalogue.peek().find(({ id }) => id === service);
  return own === undefined ? say(groupText[group]) : `${say(groupText[group])} · ${say(own.title)}`;
};
function grouped(kinds: readonly InjectionKindRow[]): Map<string, InjectionKindRow[]> {
  const groups = new Map<string, InjectionKindRow[]>();
  for (const kind of kinds) {
    const name = groupName(kind);
    groups.set(name, [...(groups.get(name) ?? []), kind]);
  }
  return groups;
}

interface WhereProps {
  readonly kind: InjectionKindRow;
  readonly form: InjectForm;
  readonly onForm: (part: Partial<InjectForm>) => void;
}
/** Which devices: by trade, district, landmark and share, or one by its id. */
export function WhereFields({ kind, form, onForm }: WhereProps) {
  const list = useId();
  if (kind.on === "city")
    return (
      <div class="t-field">
        <span>{t("어디", "Where")}</span>
        <span class="t-fixed">{t("도시 전체", "the whole city")}</span>
      </div>
    );
  const all = t("전체", "all");
  const districts = (plan.value?.districts ?? []).map(({ id, name }) => [id, say(name)] as const);
  const landmarks = (plan.value?.landmarks ?? []).map(({ id, name }) => [landmarkTag(id), t(`${name.ko} 둘레`, `around ${name.en}`)] as const);
  const place = (
    <>
      <Choice
        label={t("동", "District")}
        value={form.district}
        options={[["", kind.on === "district" ? t("고르십시오", "choose") : all], ...districts]}
        onChoose={(district) => onForm({ district, device: "" })}
      />
      {landmarks.length === 0 ? null : (
        <Choice label={t("둘레", "Around")} value={form.tag} options={[["", "—"], ...landmarks]} onChoose={(tag) => onForm({ tag, device: "" })} />
      )}
    </>
  );
  if (kind.on === "district") return place;
  const trades = catalogue.value
    .filter(({ id }) => kind.service === null || id === kind.service)
    .flatMap((service) => {
      const own = Object.entries(service.kinds).filter(([name]) => kind.kinds?.includes(name) ?? true);
      return [
        [service.id, say(service.title)] as const,
        ...own.map(([name, { label }]) => [`${service.id}/${name}`, `${say(service.title)} · ${say(label)}`] as const),
      ];
    });
  const [service, deviceKind] = form.trade.split("/");
  const known = deviceRows.value.filter(
    (row) =>
      fitsDevice(kind, row) &&
      (!service || row.service === service) &&
      (!deviceKind || row.kind === deviceKind) &&
      (form.district === "" || row.district === form.district),
  );
  return (
    <>
      <Choice
        label={t("어디", "Where")}
        value={form.trade}
        options={[...(kind.service === null ? [["", t("모든 서비스", "all services")] as const] : []), ...trades]}
        onChoose={(trade) => onForm({ trade, device: "" })}
      />
      {place}
      <Field label={t("기기", "Device")}>
        {(id) => (
          <>
            <input
              id={id}
              class="field"
              list={list}
              value={form.device}
              placeholder={t(`${known.length}대 모두`, `all ${known.length}`)}
              onInput={(input) => onForm({ device: input.currentTarget.value.trim() })}
            />
            <datalist id={list}>
              {known.slice(0, 500).map((row) => (
                <option key={row.id} value={row.id}>
                  {say(row.name)}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      {form.device !== "" ? null : (
        <Choice
          label={t("몫", "Share")}
          value={form.share}
          options={shares.map((share) => [share, shareText(share)])}
          onChoose={(share) => onForm({ share })}
        />
      )}
    </>
  );
}
function shareText(share: string): string {
  if (share === "") return t("모두", "all of them");
  if (/^\d+$/.test(share)) return t(`${share}대`, share === "1" ? "one of them" : `${share} of them`);
  return share.endsWith("gateways") ? t(`게이트웨이의 ${Number.parseFloat(share)} %`, share) : share;
}

/** How strong and of what, as the kind has it. */
export function SizeFields({ kind, form, onForm, metrics }: WhereProps & { readonly metrics: readonly (readonly [string, string])[] }) {
  const put = (name: string, value: number | string) => onForm({ args: { ...form.args, [name]: value } });
  return (
    <>
      {Object.entries(kind.fields).map(([name, field]) => (
        <SizeField key={`${kind.id} ${name}`} field={field} value={form.args[name]} metrics={metrics} onValue={(value) => put(name, value)} />
      ))}
    </>
  );
}
interface SizeFieldProps {
  readonly field: InjectionField;
  readonly value: number | string | undefined;
  readonly metrics: readonly (readonly [string, string])[];
  readonly onValue: (value: number | string) => void;
}
function SizeField({ field, value, metrics, onValue }: SizeFieldProps) {
  if (field.kind === "metric")
    return (
      <Choice label={say(field.label)} value={String(value ?? "")} options={[["", t("주된 값", "the main one")], ...metrics]} onChoose={onValue} />
    );
  if (field.kind === "word")
    return (
      <Choice
        label={say(field.label)}
        value={String(value)}
        options={Object.entries(field.words).map(([word, told]) => [word, say(told)])}
        onChoose={onValue}
      />
    );
  if (field.kind === "file")
    return (
      <Field label={say(field.label)}>
        {(id) => (
          <input id={id} class="field" value={String(value ?? "")} placeholder="level.csv" onInput={(input) => onValue(input.currentTarget.value)} />
        )}
      </Field>
    );
  const unit = field.unit === "1" ? "" : ` ${say(unitText(field.unit))}`;
  return (
    <Field label={`${say(field.label)}${unit === "" ? "" : `,${unit}`}`}>
      {(id) => (
        <input
          id={id}
          class="field"
          type="number"
          min={field.min}
          max={field.max}
          step={field.step}
          value={Number.isFinite(value) ? value : ""}
          aria-invalid={fieldProblem(field, value) !== undefined}
          onInput={(input) => onValue(input.currentTarget.valueAsNumber)}
        />
      )}
    </Field>
  );
}

export const ForField = ({ form, onForm, kind }: WhereProps) => (
  <Field label={t("동안, 분", "For, min")}>
    {(id) => (
      <input
        id={id}
        class="field"
        type="number"
        min="0.1"
        step="any"
        value={form.minutes ?? ""}
        placeholder={kind.lasts === null ? t("저절로 끝남", "over by itself") : String(kind.lasts / 60)}
        onInput={(input) => onForm({ minutes: Number.isFinite(input.currentTarget.valueAsNumber) ? input.currentTarget.valueAsNumber : undefined })}
      />
    )}
  </Field>
);

/** Metrics of the devices that are meant, each once. */
export function metricsOf(kinds: Kinds, form: InjectForm): readonly (readonly [string, string])[] {
  const kind = kinds.get(form.kind);
  const [service, deviceKind] = form.trade.split("/");
  const own = form.device === "" ? undefined : deviceRows.value.find(({ id }) => id === form.device);
  const wanted = own === undefined ? { service: service || kind?.service, kind: deviceKind } : { service: own.service, kind: own.kind };
  const found = new Map<string, string>();
  for (const one of catalogue.value) {
    if (wanted.service && one.id !== wanted.service) continue;
    for (const [name, { metrics }] of Object.entries(one.kinds)) {
      if (wanted.kind && name !== wanted.kind) continue;
      for (const metric of metrics) {
        const contract = one.metrics[metric];
        if (contract !== undefined) found.set(metric, say(contract.label));
      }
    }
  }
  return [...found];
}
