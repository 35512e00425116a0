/** A text that people read, in both languages of the room. */
export interface Text {
  readonly ko: string;
  readonly en: string;
}
export const text = (ko: string, en: string): Text => ({ ko, en });
