import type { ResolveFact } from '../../domain/facts.ts';
import { isAddress, resolveFact } from '../dns-message/resolve-fact.ts';

// busybox 1.35.0 without FEATURE_NSLOOKUP_BIG: `Address 1: 203.0.113.10` or `Address 1: 10.96.0.1 kubernetes.default.svc.cluster.local`
const ADDRESS = /^Address \d+: (\S+)(?: .*)?$/u;
// busybox 1.35.0 without FEATURE_NSLOOKUP_BIG: `Name:      api`
const NAME = /^Name: +(\S+)$/u;
// busybox 1.35.0 without FEATURE_NSLOOKUP_BIG: `nslookup: can't resolve 'nope.lab.example'`; with verbose errors, a reason follows
const FAILED = /^nslookup: can't resolve '([^']+)'(?:: .*)?$/u;

/**
 * The small build asks getaddrinfo(3), so this is the system's own resolution. The server that it prints may not have been asked
 * at all (musl ignores it), so none is named. Its failure says nothing of why. null when the text is of another build.
 */
export function parseNslookupSmall(lines: readonly string[]): ResolveFact | null {
  const nameAt = lines.findIndex((line) => NAME.test(line));
  const addresses = lines.slice(nameAt + 1).map((line) => ADDRESS.exec(line)?.[1] ?? '').filter(isAddress);
  if (nameAt >= 0 && addresses.length > 0) {
    return resolveFact({ outcome: 'answered', name: NAME.exec(lines[nameAt] ?? '')?.[1] ?? null, addresses });
  }
  const failed = lines.map((line) => FAILED.exec(line)).find((match) => match !== null);
  return failed === undefined ? null : resolveFact({ outcome: 'failed', name: failed[1] ?? null });
}
