import { type ReadonlySignal, signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Text } from "../../../../shared/service.ts";
import { type Key, keyOf, offerKeys } from "../../app/keys/keyboard.ts";
import { say } from "../../language.ts";
import "./page.css";
import "./shapes.css";

function watched(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener("change", (change) => {
    matches.value = change.matches;
  });
  return matches;
}
/** Two columns from here on; below, the parts of a page stand under tabs. */
const isWide = watched("(min-width: 1600px)");
/** A table has room for little more than names and one figure each. */
export const isPhone = watched("(max-width: 767px)");

export interface Part {
  readonly id: string;
  readonly label: Text;
  readonly node: ComponentChildren;
  /** Brings the part to the front while it lies under another tab, and acts there as the part's own key of that name. */
  readonly key?: Omit<Key, "act">;
}
export interface ColumnsProps {
  readonly title: string;
  /** Beside the title, where there is room for one. */
  readonly hint?: string | undefined;
  /** Over both columns at every width. */
  readonly top?: ComponentChildren;
  readonly left: readonly Part[];
  readonly right: readonly Part[];
  /** The part that a phone opens first; elsewhere it is the first one. */
  readonly phone?: string;
  /** The part that is asked for, where parts stand under tabs; another `asking` asks for it again. */
  readonly open?: { readonly part: string; readonly asking: string } | undefined;
  /** The right column shows one of its parts at a time. */
  readonly tabbed?: boolean;
}

interface TabsProps {
  readonly title: string;
  readonly parts: readonly Part[];
  readonly part: Part | undefined;
  readonly onPart: (id: string) => void;
}
const Tabs = ({ title, parts, part, onPart }: TabsProps) => (
  <fieldset class="v-tabs">
    <legend class="unseen">{title}</legend>
    {parts.map(({ id, label }) => (
      <button key={id} type="button" aria-pressed={id === part?.id} onClick={() => onPart(id)}>
        {say(label)}
      </button>
    ))}
  </fieldset>
);

/** A column of which one part is seen. */
function TabbedStack({ title, parts, open }: Pick<TabsProps, "title" | "parts"> & Pick<ColumnsProps, "open">) {
  const [chosen, setChosen] = useState(parts[0]?.id);
  useEffect(() => {
    if (open !== undefined) setChosen(open.part);
  }, [open?.part, open?.asking]);
  const part = parts.find(({ id }) => id === chosen) ?? parts[0];
  return (
    <div class="v-stack">
      <Tabs title={title} parts={parts} part={part} onPart={setChosen} />
      {part?.node}
    </div>
  );
}

/** Keys of the parts that are not in front: one press brings the part there and does what the key does in it. */
function useHiddenKeys(hidden: readonly Part[], chosen: string | undefined, onPart: (id: string) => void): void {
  const pressed = useRef<string | undefined>(undefined);
  useLayoutEffect(
    () =>
      offerKeys(
        hidden.flatMap(({ id, key }) => {
          if (key === undefined) return [];
          const act = (): void => {
            pressed.current = key.code;
            onPart(id);
          };
          return [{ ...key, act }];
        }),
      ),
    [hidden.map(({ id }) => id).join(" ")],
  );
  // The part stands, and has offered its own keys.
  useLayoutEffect(() => {
    const code = pressed.current;
    pressed.current = undefined;
    if (code !== undefined) keyOf(code)?.act();
  }, [chosen]);
}

/** A page of panels: on a wall screen all of it at once, without scrolling; on smaller ones part by part. */
export function Columns({ title, hint, top, left, right, phone, open, tabbed = false }: ColumnsProps) {
  const parts = [...left, ...right];
  const [chosen, setChosen] = useState(isPhone.peek() ? (phone ?? parts[0]?.id) : parts[0]?.id);
  const part = parts.find(({ id }) => id === chosen) ?? parts[0];
  useEffect(() => {
    if (open !== undefined) setChosen(open.part);
  }, [open?.part, open?.asking]);
  useHiddenKeys(isWide.value ? [] : parts.filter((one) => one !== part), chosen, setChosen);
  if (isWide.value)
    return (
      <main class={`v-page${top === undefined ? "" : " has-top"}`}>
        {top ?? <h1 class="unseen">{title}</h1>}
        <div class="v-stack">{left.map(({ node }) => node)}</div>
        {tabbed && right.length > 1 ? (
          <TabbedStack title={title} parts={right} open={open} />
        ) : (
          <div class="v-stack">{right.map(({ node }) => node)}</div>
        )}
      </main>
    );
  return (
    <main class="v-page is-narrow">
      {top}
      <div class="v-bar">
        {top === undefined && <h1>{title}</h1>}
        {top === undefined && hint !== undefined && <span>{hint}</span>}
        {parts.length > 1 && <Tabs title={title} parts={parts} part={part} onPart={setChosen} />}
      </div>
      <div class="v-stack">{part?.node}</div>
    </main>
  );
}
