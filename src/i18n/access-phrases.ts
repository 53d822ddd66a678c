import type { Permission } from '../domain/access.ts';

/** Whole minutes in the words of a language; '' when there is no such limit. */
export function minutes(seconds: number | null, say: (count: string) => string): string {
  return seconds === null ? '' : say(String(Math.ceil(seconds / 60)));
}

/** `get pods/exec, create pods/exec (namespace shop)`: the verbs and resources as RBAC writes them, in every language. */
export function rightsText(rights: readonly Permission[]): string {
  const words = rights.map(({ verb, group, resource }) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`);
  const namespaces = [...new Set(rights.flatMap(({ namespace }) => (namespace === null ? [] : [namespace])))];
  return namespaces.length === 0 ? words.join(', ') : `${words.join(', ')} (namespace ${namespaces.join(', ')})`;
}
