import type { Role } from "../../shared/roles.ts";
import type { Text } from "../../shared/service.ts";

export type Language = keyof Text;

/** ko or en, whichever the browser asks for first; Korean when it asks for neither. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const asked = (acceptLanguage ?? "").toLowerCase().match(/\b(ko|en)\b/);
  return asked?.[1] === "en" ? "en" : "ko";
}

const roleNames: Readonly<Record<Role, Text>> = {
  viewer: { ko: "열람", en: "Viewer" },
  operator: { ko: "관제원", en: "Operator" },
  care: { ko: "돌봄 관제원", en: "Care operator" },
  supervisor: { ko: "관제 책임자", en: "Supervisor" },
  demonstrator: { ko: "시연자", en: "Demonstrator" },
  tester: { ko: "시험자", en: "Tester" },
  admin: { ko: "관리자", en: "Administrator" },
};

const texts = {
  title: { ko: "관제 접속", en: "Sign in to the control room" },
  role: { ko: "역할", en: "Role" },
  name: { ko: "이름", en: "Name" },
  hint: { ko: "이름은 조작 기록에 남습니다.", en: "The name is written into the journal of actions." },
  enter: { ko: "들어가기", en: "Enter" },
  noName: { ko: "이름을 1자에서 60자 사이로 적어 주세요.", en: "Please give a name of 1 to 60 characters." },
  spent: { ko: "이 링크는 이미 썼거나 기한이 지났습니다.", en: "This link has been used or has expired." },
  needed: { ko: "들어오려면 접속 링크가 필요합니다.", en: "A sign-in link is needed to enter." },
  how: { ko: "이 도시를 띄운 컴퓨터에서 다음 명령으로 링크를 받으세요.", en: "Get one on the computer that runs this city:" },
  once: { ko: "링크는 한 번만, 24시간 안에 쓸 수 있습니다.", en: "A link works once, within 24 hours." },
  often: { ko: "시도가 너무 잦습니다. 1분 뒤에 다시 하세요.", en: "Too many attempts. Try again in a minute." },
} satisfies Record<string, Text>;

export function signInPage(language: Language, role: Role, complaint?: "noName"): string {
  const note = complaint === undefined ? "" : `<p role="alert"><strong>${texts[complaint][language]}</strong></p>`;
  return page(
    language,
    `<p class="quiet">${texts.role[language]} <strong>${roleNames[role][language]}</strong></p>${note}
<form method="post"><label for="name">${texts.name[language]}</label>
<input id="name" name="name" maxlength="60" required autofocus autocomplete="name" aria-describedby="hint">
<p id="hint" class="quiet">${texts.hint[language]}</p><button>${texts.enter[language]}</button></form>`,
  );
}

/** Says how to get a link: shown without a session, and for a link that does not work (any more). */
export function noLinkPage(language: Language, reason: "needed" | "spent" | "often"): string {
  return page(
    language,
    `<p><strong>${texts[reason][language]}</strong></p><p>${texts.how[language]}</p>
<pre>npx gwanje access screen viewer</pre><p class="quiet">${texts.once[language]}</p>`,
  );
}

/** In the page itself: files are named by their content, and this page is not built with them. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#E2E5E7"/><path d="M6 8h20v18h-6V14H6zM6 20h8v6H6z" fill="#1E2326"/></svg>',
)}`;

const page = (language: Language, body: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${texts.title[language]}</title><link rel="icon" href="${icon}"><style>
:root{--bg0:#D5D8DA;--bg1:#E2E5E7;--bg2:#EEF0F1;--ink:#1E2326;--ink2:#454C51;--ink3:#565E64}
@media (prefers-color-scheme:dark){:root{--bg0:#191D20;--bg1:#22272B;--bg2:#2C3237;--ink:#E3E6E8;--ink2:#A3ABB1;--ink3:#8D969D}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--bg0);color:var(--ink);
font:400 13px/18px "Pretendard Variable",Pretendard,system-ui,sans-serif;word-break:keep-all}
main{width:min(400px,calc(100vw - 16px));padding:24px;background:var(--bg1);border-radius:3px}
h1{margin:0 0 16px;font-size:24px;line-height:28px;font-weight:700}
label{display:block;margin-bottom:4px;color:var(--ink2)}.quiet{color:var(--ink2)}
input{width:100%;height:44px;padding:0 12px;border:1px solid var(--ink3);border-radius:2px;background:var(--bg2);color:var(--ink);font:inherit;font-size:16px}
button{width:100%;height:44px;border:0;border-radius:2px;background:var(--ink);color:var(--bg1);font:inherit;font-weight:680;cursor:pointer}
pre{padding:12px;background:var(--bg2);border-radius:2px;font:11.5px/18px "JetBrains Mono",ui-monospace,monospace;white-space:pre-wrap}
:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
</style></head><body><main><h1>${texts.title[language]}</h1>${body}</main></body></html>`;
