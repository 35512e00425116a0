/** What a person does with an alarm. */
export type AlarmAct =
  | "acknowledge"
  | "acknowledge-note"
  | "shelve"
  | "unshelve"
  | "assign"
  | "note"
  | "out-of-service"
  | "in-service"
  | "reset"
  | "hand-over";
