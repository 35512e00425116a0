/** A share that a fault was asked for in per cent, as a fraction; unsaid = always. */
export const percent = (args: Readonly<Record<string, number | string>>, name: string): number => Number(args[name] ?? 100) / 100;
