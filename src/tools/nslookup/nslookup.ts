import type { Dialect } from '../../domain/dialect.ts';
import { absolute, isAskable, wholeSeconds } from '../dns-message/resolve-fact.ts';
import { parseNslookupBind } from './parse-bind.ts';
import { parseNslookupBusybox } from './parse-busybox.ts';

/**
 * nslookup of BIND (nslookup(1)). It would append the search list to a name without a last dot; `-retry=1` is one try in all
 * (measured with 9.18.49).
 */
export const nslookupBind: Dialect<'query'> = {
  id: 'nslookup-bind',
  tool: 'nslookup',
  implementation: 'bind',
  argv: ({ name, nameserver, recordType, transport }, limits) => {
    if (!isAskable(name) || !isAskable(nameserver)) return null;
    const timeout = `-timeout=${wholeSeconds(limits.connectTimeoutMs)}`;
    const how = transport === 'tcp' ? ['-vc'] : ['-novc'];
    return ['nslookup', `-type=${recordType}`, timeout, '-retry=1', ...how, absolute(name), nameserver];
  },
  parse: parseNslookupBind,
};

/**
 * nslookup of busybox: UDP alone. `-timeout` and `-debug` are read by networking/nslookup.c of 1.35.0, though its usage does not
 * name the first; `-debug` is what makes an empty authoritative answer visible. The small build knows no options.
 */
export const nslookupBusybox: Dialect<'query'> = {
  id: 'nslookup-busybox',
  tool: 'nslookup',
  implementation: 'busybox',
  argv: ({ name, nameserver, recordType, transport }, limits) => {
    if (transport === 'tcp' || !isAskable(name) || !isAskable(nameserver)) return null;
    const timeout = `-timeout=${wholeSeconds(limits.connectTimeoutMs)}`;
    return ['nslookup', '-debug', `-type=${recordType.toLowerCase()}`, timeout, absolute(name), nameserver];
  },
  parse: parseNslookupBusybox,
};

/** The small build of busybox calls getaddrinfo(3), so it can only show the system's own resolution, and that it does well. */
export const nslookupSmall: Dialect<'resolve'> = {
  id: 'nslookup-busybox-small',
  tool: 'nslookup',
  implementation: 'busybox-small',
  argv: ({ name }) => (isAskable(name) ? ['nslookup', name] : null),
  parse: parseNslookupBusybox,
};
