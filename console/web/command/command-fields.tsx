import type { CommandArgs, CommandField, CommandType } from "../../../shared/command.ts";
import { say } from "../language.ts";
import { unitText } from "../trend/words.ts";
import { fieldProblem } from "./fields.ts";

interface FieldProps {
  readonly id: string;
  readonly field: CommandField;
  readonly value: number | string | undefined;
  readonly onValue: (value: number | string) => void;
}

function Field({ id, field, value, onValue }: FieldProps) {
  const problem = fieldProblem(field, value);
  if (field.kind === "word")
    return (
      <label class="k-field">
        <span>{say(field.label)}</span>
        <select class="field" value={String(value)} onChange={(change) => onValue(change.currentTarget.value)}>
          {Object.entries(field.words).map(([word, told]) => (
            <option key={word} value={word}>
              {say(told)}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <label class="k-field">
      <span>{say(field.label)}</span>
      <input
        class="field"
        type="number"
        min={field.min}
        max={field.max}
        step={field.step}
        value={Number.isFinite(value) ? value : ""}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onInput={(input) => onValue(input.currentTarget.valueAsNumber)}
      />
      <small>{say(unitText(field.unit))}</small>
      {problem === undefined ? null : (
        <em id={`${id}-problem`} role="alert">
          {say(problem)}
        </em>
      )}
    </label>
  );
}

interface CommandFieldsProps {
  readonly id: string;
  readonly type: CommandType;
  readonly args: CommandArgs;
  readonly onArgs: (args: CommandArgs) => void;
}
/** Arguments as the contract has them: words to choose from, numbers with their range. */
export const CommandFields = ({ id, type, args, onArgs }: CommandFieldsProps) => (
  <div class="k-fields">
    {Object.entries(type.fields).map(([name, field]) => (
      <Field key={name} id={`${id}-${name}`} field={field} value={args[name]} onValue={(value) => onArgs({ ...args, [name]: value })} />
    ))}
  </div>
);
