import type { ResolveOutcome } from '../../domain/facts.ts';

/** RCODE as nslookup and host write it; those that no verdict tells apart (FORMERR, NOTIMP, ...) are `failed`. */
export function outcomeOfWord(rcode: string): ResolveOutcome {
  switch (rcode) {
    case 'NXDOMAIN':
      return 'nxdomain';
    case 'SERVFAIL':
      return 'servfail';
    case 'REFUSED':
      return 'refused';
    default:
      return 'failed';
  }
}
