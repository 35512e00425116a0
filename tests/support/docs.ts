import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's documents, as tests read them and `UPDATE_DOCS=1` writes them. */
export const root = fileURLToPath(new URL("../../", import.meta.url));
export const read = (path: string): string => readFileSync(join(root, path), "utf8");
export const updating = process.env.UPDATE_DOCS === "1";

export function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Every Markdown file that this project keeps true, by its path from the root. */
export const documents: readonly string[] = [
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`)
    .sort(),
];

export interface Block {
  /** Words after the opening fence: language first. */
  readonly info: readonly string[];
  readonly text: string;
}

export const blocksOf = (markdown: string): readonly Block[] =>
  [...markdown.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info = "", text = ""]) => ({ info: info.trim().split(/\s+/), text }));

/** What stands between the two markers of a generated part; undefined when they are not there. */
export function generatedPart(markdown: string, name: string): string | undefined {
  return markdown.split(`<!-- generated: ${name} -->\n`)[1]?.split(`<!-- end: ${name} -->`)[0];
}

export function withGeneratedPart(markdown: string, name: string, text: string): string {
  const part = generatedPart(markdown, name);
  if (part === undefined) throw new Error(`the document has no place for "${name}"`);
  const begin = `<!-- generated: ${name} -->\n`;
  return markdown.replace(`${begin}${part}<!-- end: ${name} -->`, () => `${begin}${text}<!-- end: ${name} -->`);
}

/** Rows of the first table under a heading, without its head; cells trimmed, code marks kept. */
export function tableUnder(markdown: string, heading: string): readonly (readonly string[])[] {
  const section = markdown.split(`\n${heading}\n`)[1]?.split(/\n#{1,4} /)[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim()),
  );
}
