/** Bytes of a scenario's text that HTTP takes: 60,000 syllables of Hangul, 3 bytes each. It is read while everything else in the room waits. */
export const largestText = 180_000;
/** Bytes of the request that carries it: a line's end is two in JSON, a letter that is written as an escape is up to three times as long as in UTF-8. */
export const largestTextBody = 3 * largestText + 1024;

/** As UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
export const inBytes = (bytes: number): string => `${bytes.toLocaleString("en-US")} bytes`;
