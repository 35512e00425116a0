/** Who may do what. Enforced on the server for every route, socket event and MQTT reader. */
export const roles = ["viewer", "operator", "care", "supervisor", "demonstrator", "tester", "admin"] as const;
export type Role = (typeof roles)[number];

export const rights = ["read", "act", "supervise", "care", "clock", "inject", "manage"] as const;
/** read = see the city; act = alarms and commands; supervise = out of service, shelving beyond a shift; care = see devices of sensitive services; clock = run the city's time;
 *  inject = anomalies; manage = register devices, make sign-in links. */
export type Right = (typeof rights)[number];

export const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  viewer: ["read"],
  operator: ["read", "act"],
  care: ["read", "act", "care"],
  supervisor: ["read", "act", "supervise"],
  demonstrator: ["read", "clock"],
  tester: ["read", "clock", "inject"],
  admin: ["read", "act", "supervise", "care", "clock", "inject", "manage"],
};
export const may = (role: Role, right: Right): boolean => rightsOf[role].includes(right);

/** Who acts: the name given at sign-in and the role of the link or token. */
export interface Actor {
  readonly name: string;
  readonly role: Role;
}
