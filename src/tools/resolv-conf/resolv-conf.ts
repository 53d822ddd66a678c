import ipaddr from 'ipaddr.js';
import type { ResolvConfFact } from '../../domain/facts.ts';

/** RES_OPTIONS that glibc caps silently: resolv.conf(5) and RES_MAXNDOTS of resolv.h. */
const MAX_NDOTS = 15;

/**
 * Reads a resolv.conf as resolv.conf(5) defines it: the keyword begins the line; `domain` and `search` exclude each other and
 * the last one counts; `options` add up. Comments begin with `;` or `#` in the first column. All nameservers are kept, though
 * libc asks the first three. null when no line is of this format: it may be another text.
 */
export function readResolvConf(lines: readonly string[]): ResolvConfFact | null {
  const nameservers: string[] = [];
  const options: string[] = [];
  let search: readonly string[] = [];
  let recognised = false;
  for (const line of lines) {
    // resolv.conf(5): `nameserver 10.96.0.10`, `search shop.svc.cluster.local svc.cluster.local cluster.local`, `options ndots:5`
    const [, keyword, rest = ''] = /^(nameserver|search|domain|options|sortlist)[ \t]+(\S.*)$/u.exec(line) ?? [];
    if (keyword === undefined) continue;
    const words = rest.trim().split(/[ \t]+/u);
    const [first = ''] = words;
    if (keyword === 'nameserver') {
      if (!ipaddr.isValid(first)) continue;
      nameservers.push(first);
    } else if (keyword === 'search') search = words;
    else if (keyword === 'domain') search = [first];
    else if (keyword === 'options') options.push(...words);
    recognised = true;
  }
  return recognised ? { kind: 'resolv-conf', nameservers, search: search.filter((domain) => domain !== '.'), options, ndots: ndotsOf(options) } : null;
}

function ndotsOf(options: readonly string[]): number {
  const last = options.findLast((option) => /^ndots:\d+$/u.test(option));
  return last === undefined ? 1 : Math.min(MAX_NDOTS, Number(last.slice('ndots:'.length)));
}
