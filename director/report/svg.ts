/** The little SVG that a report needs. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign);

type Attributes = Readonly<Record<string, string | number | undefined>>;
export function tag(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const given = Object.entries(attributes)
    .flatMap(([key, value]) =>
      value === undefined ? [] : ` ${key}="${escaped(typeof value === "number" ? String(Math.round(value * 10) / 10) : value)}"`,
    )
    .join("");
  return inside.length === 0 ? `<${name}${given}/>` : `<${name}${given}>${inside.join("")}</${name}>`;
}
export const words = (x: number, y: number, text: string, attributes: Attributes = {}): string => tag("text", { x, y, ...attributes }, escaped(text));
