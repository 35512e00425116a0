import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Role, roles } from "../roles.ts";

const word = (): string => randomBytes(24).toString("base64url");

/** Generated at the first start, kept in the data folder, readable by its owner alone. */
const schema = z.strictObject({
  tokens: z.record(z.enum(roles), z.string().min(20)),
  /** Signs sessions and sign-in links. */
  secret: z.string().min(20),
  /** Passwords of gateways are derived from it. */
  gatewaySecret: z.string().min(20),
  /** Password of the simulator's control connection. */
  control: z.string().min(20),
  /** Password of the scenarios' director. Folders of earlier versions have none yet. */
  director: z
    .string()
    .min(20)
    .default(() => word()),
  reader: z.strictObject({ username: z.string(), password: z.string().min(20) }),
});
export type Credentials = z.infer<typeof schema>;

const fileName = "credentials.json";

/** @throws Error when the file is there but cannot be read as credentials. */
export async function loadCredentials(dataDir: string): Promise<Credentials> {
  const file = join(dataDir, fileName);
  try {
    const text = await readFile(file, "utf8");
    const credentials = schema.parse(JSON.parse(text));
    if (!text.includes('"director"')) await keep(file, credentials);
    await chmod(file, 0o600);
    return credentials;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT")
      throw new Error(`${file} cannot be used; restore it, or remove it to have new credentials made`, { cause });
  }
  const made: Credentials = {
    tokens: Object.fromEntries(roles.map((role) => [role, word()])) as Record<Role, string>,
    secret: word(),
    gatewaySecret: word(),
    control: word(),
    director: word(),
    reader: { username: "reader", password: word() },
  };
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await keep(file, made);
  return made;
}

async function keep(file: string, credentials: Credentials): Promise<void> {
  await writeFile(`${file}.part`, JSON.stringify(credentials, null, 2), { mode: 0o600 });
  await rename(`${file}.part`, file);
}
