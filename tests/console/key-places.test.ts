import { expect, it } from "vitest";
import { asksForKeys } from "../../console/web/app/keys/keyboard.ts";

it("the list of keys opens by the question mark, wherever it stands on the board", () => {
  expect(asksForKeys({ key: "?", code: "Slash", shiftKey: true })).toBe(true);
  // a German board
  expect(asksForKeys({ key: "?", code: "Minus", shiftKey: true })).toBe(true);
  // a board that is set to another script
  expect(asksForKeys({ key: ",", code: "Slash", shiftKey: true })).toBe(true);
  expect(asksForKeys({ key: "/", code: "Slash", shiftKey: false })).toBe(false);
  expect(asksForKeys({ key: "ß", code: "Minus", shiftKey: false })).toBe(false);
});
