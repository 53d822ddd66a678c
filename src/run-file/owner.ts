import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { cleanLine } from '../domain/sanitise.ts';

/** The user behind a number, from the system and /etc/passwd (passwd(5)); `uid 1234` for one that is in neither. */
export function userName(uid: number): string {
  const known = names.get(uid) ?? lookUp(uid);
  names.set(uid, known);
  return known;
}

const names = new Map<number, string>();

function lookUp(uid: number): string {
  try {
    const me = userInfo();
    if (me.uid === uid) return me.username;
  } catch {
    // A number without an entry, as in many containers.
  }
  return inPasswd(uid) ?? `uid ${String(uid)}`;
}

/** ana:x:1001:1001:Ana,,,:/home/ana:/bin/bash */
const ENTRY = /^([^:]+):[^:]*:(\d+):/u;

function inPasswd(uid: number): string | null {
  try {
    for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
      const [, name, number] = ENTRY.exec(line) ?? [];
      if (name !== undefined && Number(number) === uid) return cleanLine(name);
    }
  } catch {
    // No such file: the number says it.
  }
  return null;
}

/**
 * How somebody is called who says to be `claimed`: many share one account, and write their own names, but nobody can
 * pass for another user of the machine.
 */
export function nameOfWriter(claimed: string, uid: number): string {
  const user = userName(uid);
  return claimed === user || claimed === '' ? user : `${claimed} (${user})`;
}
