import type { Dialect, Parse } from '../../domain/dialect.ts';
import { isAddress, isAskable, notUnderstood, resolveFact, wholeDuration } from '../dns-message/resolve-fact.ts';
import { wholeLines } from '../whole-lines.ts';

// getent (glibc) 2.36 ahosts: `203.0.113.10    STREAM api.lab.example`, and more lines without the name: `203.0.113.12    DGRAM  `
const AHOSTS = /^(\S+)\s+(?:STREAM|DGRAM|RAW)(?:\s+(\S+))?\s*$/u;
// getent (glibc) 2.36 hosts: `203.0.113.10    api.lab.example alias.lab.example edge.lab.example`
const HOSTS = /^(\S+)\s+(\S+)((?:\s+\S+)*)\s*$/u;

/** getent(1): `2  One or more supplied key could not be found in the database.` */
const KEY_NOT_FOUND = 2;

/**
 * Reads `getent ahosts NAME` and `getent hosts NAME`. The canonical name is what the resolver answered for: the asked name with a
 * search domain, or the end of an alias; the text alone does not say which. Status 2 without output is every failure there is,
 * also a nameserver that did not answer (measured with glibc 2.36), so it is `failed` and not `not-found`.
 */
export const parseGetent: Parse = (output) => {
  const lines = wholeLines(output);
  const ahosts = lines.map((line) => AHOSTS.exec(line)).filter((row) => row !== null);
  const rows = (ahosts.length > 0 ? ahosts : lines.map((line) => HOSTS.exec(line))).filter((row) => row !== null && isAddress(row[1] ?? ''));
  if (rows.length > 0) {
    const canonical = rows[0]?.[2];
    const canonicalNames = canonical === undefined ? [] : [canonical];
    const addresses = rows.map((row) => row?.[1] ?? '');
    return [resolveFact({ outcome: 'answered', addresses, canonicalNames, elapsedMs: wholeDuration(output), ...(ahosts.length > 0 ? {} : { incomplete: true }) })];
  }
  // kubectl 1.34 exec, when it is the prefix of a vantage: `command terminated with exit code 2`
  const silent = output.stdout === '' && /^(?:command terminated with exit code 2\n?)?$/u.test(output.stderr);
  return [silent && output.exitCode === KEY_NOT_FOUND ? resolveFact({ outcome: 'failed', elapsedMs: wholeDuration(output) }) : notUnderstood(output)];
};

/** getaddrinfo(3) of glibc, which knows all addresses of both families. */
export const getentAhosts: Dialect<'resolve'> = {
  id: 'getent',
  tool: 'getent',
  implementation: 'getent',
  argv: ({ name }) => (isAskable(name) ? ['getent', 'ahosts', name] : null),
  parse: parseGetent,
};

/** getent of musl systems knows no `ahosts` (`Unknown database`). With glibc this would show the addresses of one family only. */
export const getentHosts: Dialect<'resolve'> = {
  id: 'getent-hosts',
  tool: 'getent',
  implementation: 'getent',
  argv: ({ name }) => (isAskable(name) ? ['getent', 'hosts', name] : null),
  parse: parseGetent,
};
