/** An address to connect to, for one that may be a wildcard to listen on. */
export const reachable = (host: string): string => ({ "0.0.0.0": "127.0.0.1", "::": "::1" })[host] ?? host;
