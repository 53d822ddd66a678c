import { readFile } from 'node:fs/promises';

/** Headers by which the API server takes a request for somebody else's (Kubernetes, Authenticating, "User impersonation"). */
export type Impersonation = Readonly<Record<string, string | string[]>>;

/**
 * Groups, uid and extra fields of whom the user stands for; the client sends the name alone. `nobody`: there are such fields and no
 * name, which kubectl refuses, too. Of a user that several files have, the first counts.
 */
export async function impersonationOf(files: readonly string[], user: string): Promise<Impersonation | 'nobody'> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  // Most kubeconfigs have none of it: then nothing is parsed a second time, and no parser is loaded.
  if (!texts.some((text) => /\bas-(?:groups|uid|user-extra)\b/u.test(text))) return {};
  const { impersonationIn } = await import('./impersonated-user.ts');
  return texts.map((text) => impersonationIn(text, user)).find((found) => found !== null) ?? {};
}
