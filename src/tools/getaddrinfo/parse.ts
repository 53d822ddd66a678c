import type { Parse } from '../../domain/dialect.ts';
import type { ResolveOutcome } from '../../domain/facts.ts';
import { isAddress, notUnderstood, resolveFact } from '../dns-message/resolve-fact.ts';
import { wholeLines } from '../whole-lines.ts';

/**
 * Reads what our own scripts print for python3, perl and node:
 *
 *     netdiag asked api
 *     netdiag address 203.0.113.10
 *     netdiag canonical api.lab.example
 *     netdiag error EAI_NONAME Name or service not known
 *     netdiag end 12
 *
 * `end` carries the milliseconds of the call; without it the output was cut, and only an address proves anything.
 */
export const parseGetaddrinfo: Parse = (output) => {
  const said = wholeLines(output).flatMap((line) => {
    const [, key, value] = /^netdiag (asked|address|canonical|error|end) (.*)$/u.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value }];
  });
  const values = (key: string): readonly string[] => said.filter((line) => line.key === key).map((line) => line.value);
  const ended = values('end')[0];
  const known = {
    name: values('asked')[0] ?? null,
    canonicalNames: values('canonical').slice(0, 1),
    elapsedMs: ended === undefined ? null : Number(ended),
  };
  const addresses = values('address').filter(isAddress);
  if (addresses.length > 0) return [resolveFact({ ...known, outcome: 'answered', addresses })];
  const [error] = values('error');
  if (error === undefined || ended === undefined) return [notUnderstood(output)];
  return [resolveFact({ ...known, outcome: outcomeOf(error.split(' ')[0] ?? '') })];
};

/**
 * Names of RFC 3493 6.1 and of glibc (EAI_NODATA). Node tells EAI_NONAME and EAI_NODATA alike, as ENOTFOUND (libuv).
 * A name that a libc does not look up at all (too long, bad characters) is not found either.
 */
function outcomeOf(code: string): ResolveOutcome {
  switch (code) {
    case 'EAI_NONAME':
    case 'EAI_NODATA':
    case 'EAI_ADDRFAMILY':
    case 'ENOTFOUND':
    case 'ENODATA':
      return 'not-found';
    case 'EAI_AGAIN':
      return 'try-again';
    default:
      return 'failed';
  }
}
