/** An address to connect to, for one that may be a wildcard to listen on. */
export const reachable = (host: string): string => ({ "0.0.0.0": "127.0.0.1", "::": "::1" })[host] ?? host;
/** As it stands in a URL: an IPv6 address in brackets (RFC 3986, 3.2.2). */
export const hostInUrl = (host: string): string => (host.includes(":") ? `[${host}]` : host);
