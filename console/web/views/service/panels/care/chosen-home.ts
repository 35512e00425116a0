import { signal } from "@preact/signals";

/** The home whose ladder and commands stand beside the list. `since`: its last movement, epoch ms; undefined = not known. */
export const chosenHome = signal<{ readonly id: string; readonly since: number | undefined } | undefined>(undefined);
