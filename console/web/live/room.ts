/** The room as views see it. */
export { lang, say } from "../language.ts";
export { watch } from "./connect.ts";
export { fetchJson } from "./http.ts";
export {
  beat,
  catalogue,
  cell,
  chronicle,
  connection,
  deviceRows,
  epoch,
  fieldNow,
  figureCell,
  link,
  now,
  plan,
  rights,
  status,
} from "./state.ts";
