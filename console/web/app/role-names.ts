import type { Role } from "../../../shared/roles.ts";
import type { Text } from "../../../shared/text.ts";

/** As on the page where one signs in. */
export const roleNames: Readonly<Record<Role, Text>> = {
  viewer: { ko: "열람", en: "Viewer" },
  operator: { ko: "관제원", en: "Operator" },
  care: { ko: "돌봄 관제원", en: "Care operator" },
  supervisor: { ko: "관제 책임자", en: "Supervisor" },
  demonstrator: { ko: "시연자", en: "Demonstrator" },
  tester: { ko: "시험자", en: "Tester" },
  admin: { ko: "관리자", en: "Administrator" },
};
