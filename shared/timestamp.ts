/**
 * An instant as recordings of other people write it: epoch seconds or ms, ISO 8601, or `yyyy-mm-dd hh:mm:ss`, which without an offset is UTC. Epoch ms;
 * undefined = it is none.
 */
export function instantOf(text: string): number | undefined {
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{12,14}$/.test(text)) return Number(text);
  const iso = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(text) ? `${text.replace(" ", "T")}Z` : text.replace(" ", "T");
  const at = isDay(iso.slice(0, 10)) ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

const isoPattern = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** As people are asked to write it: a date alone is midnight UTC; a time of day needs its offset, because a guess would be wrong by hours. Epoch ms. */
export function isoInstant(text: string): number | undefined {
  const at = isoPattern.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** `Date.parse` takes 30 February for 2 March. */
function isDay(day: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}
