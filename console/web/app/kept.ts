/** Choices of this browser. A browser that keeps nothing (private mode, blocked storage) works all the same. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`gwanje.${name}`);
  } catch {
    return null;
  }
}
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`gwanje.${name}`, value);
  } catch {
    // the choice holds for this page only
  }
}
