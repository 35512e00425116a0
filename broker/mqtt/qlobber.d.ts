/** The library ships no types; this is what the routing uses of it. */
declare module "qlobber" {
  export class Qlobber<Value> {
    constructor(options: { separator: string; wildcard_one: string; wildcard_some: string; match_empty_levels?: boolean });
    add(topic: string, value: Value): this;
    remove(topic: string, value?: Value): this;
    match(topic: string): Value[];
  }
}
