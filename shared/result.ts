/** Bad input is a value with a reason, never an exception. */
export type Result<T, E = string> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const refuse = <E>(reason: E): { readonly ok: false; readonly reason: E } => ({ ok: false, reason });
