/** Starts parts in order and closes them in reverse, also when a later one fails to start. */
export interface Lifecycle {
  add(name: string, close: () => Promise<void> | void): void;
  /** Closes everything; errors of one part do not keep the others open. Safe to call twice. */
  close(): Promise<void>;
}

export function createLifecycle(failed: (name: string, cause: unknown) => void): Lifecycle {
  const parts: { name: string; close: () => Promise<void> | void }[] = [];
  let closing: Promise<void> | undefined;
  async function closeAll(): Promise<void> {
    for (const { name, close } of parts.splice(0).reverse()) {
      try {
        await close();
      } catch (cause) {
        failed(name, cause);
      }
    }
  }
  return {
    add: (name, close) => void parts.push({ name, close }),
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}
