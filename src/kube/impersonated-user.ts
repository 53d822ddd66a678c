import { parse } from 'yaml';
import { z } from 'zod';
import type { Impersonation } from './impersonation.ts';

/** The part of a kubeconfig's user that the client passes over. */
const USERS = z.object({
  users: z.array(z.object({
    name: z.string(),
    user: z.object({
      as: z.string().optional(),
      'as-uid': z.string().optional(),
      'as-groups': z.array(z.string()).optional(),
      'as-user-extra': z.record(z.string(), z.array(z.string())).optional(),
    }).nullish(),
  })),
});

/** What a kubeconfig's text says of this user; null when it does not have one. The client has read the text before: it is YAML. */
export function impersonationIn(text: string, user: string): Impersonation | 'nobody' | null {
  const found = USERS.safeParse(parse(text)).data?.users.find(({ name }) => name === user)?.user;
  if (found === undefined || found === null) return null;
  const headers = headersOf(found);
  return Object.keys(headers).length > 0 && (found.as ?? '') === '' ? 'nobody' : headers;
}

type WireUser = NonNullable<z.infer<typeof USERS>['users'][number]['user']>;

function headersOf(user: WireUser): Impersonation {
  const { 'as-uid': uid, 'as-groups': groups = [], 'as-user-extra': extra = {} } = user;
  return {
    ...(uid === undefined ? {} : { 'Impersonate-Uid': uid }),
    ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups }),
    // A header's name has no `/`; the server undoes the percent encoding.
    ...Object.fromEntries(Object.entries(extra).map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, values])),
  };
}
