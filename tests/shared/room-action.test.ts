import { describe, expect, it } from "vitest";
import { roomActionSchema } from "../../shared/room-action.ts";
import { commentBody } from "../../shared/room-api.ts";

describe("a comment", () => {
  it.each([" ", "\n\t ", "\u3000"])("of blanks says nothing and is refused: %j", (note) => {
    expect(roomActionSchema.safeParse({ do: "comment", alarm: "a", note }).success).toBe(false);
    expect(commentBody.safeParse({ note }).success).toBe(false);
  });

  it("is taken without the blanks around it", () => {
    expect(roomActionSchema.parse({ do: "comment", alarm: "a", note: " 현장 확인 " })).toMatchObject({ note: "현장 확인" });
    expect(commentBody.parse({ note: " 현장 확인\n" })).toEqual({ note: "현장 확인" });
  });
});
