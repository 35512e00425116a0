import type { Result } from "../../../../shared/result.ts";
import { lang } from "../../language.ts";

/** Hands cases to the fining office and keeps what it gets as a file. The server marks them as handed over in the same step. */
export async function exportCases(items: readonly string[]): Promise<Result<number>> {
  try {
    const response = await fetch("/api/v1/items/export", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/csv" },
      body: JSON.stringify({ items, format: "csv", language: lang.peek() }),
    });
    if (!response.ok) {
      const body: unknown = await response.json();
      const detail = typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : response.statusText;
      return { ok: false, reason: detail };
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = "cases.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    return { ok: true, value: items.length };
  } catch (error) {
    return { ok: false, reason: String(error) };
  }
}
