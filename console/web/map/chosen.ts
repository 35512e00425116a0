import { signal } from "@preact/signals";

/** The district that somebody looks at; map and events show it together. */
export const chosenDistrict = signal<string | undefined>(undefined);
export const chooseDistrict = (id: string | undefined): void => {
  chosenDistrict.value = chosenDistrict.peek() === id ? undefined : id;
};
