/**
 * What an injection draws its chance by, beside the seed: its id without the name of the run that it was asked for by. A night that was saved as a scenario,
 * and is played under another name, draws as it did.
 */
export const chanceOf = (id: string): string => id.slice(id.indexOf(".") + 1).replaceAll(".", "-");
