import type { Dialect } from '../domain/dialect.ts';
import { bashUdp } from './getaddrinfo/bash.ts';
import { curlResolve } from './getaddrinfo/curl.ts';
import { pingBusybox, pingIputils } from './getaddrinfo/ping.ts';
import { nodeLookup, perlGetaddrinfo, python3Getaddrinfo } from './getaddrinfo/scripts.ts';
import { nslookupSmall } from './nslookup/nslookup.ts';
import { getentAhosts, getentHosts } from './getent/getent.ts';

/**
 * Ways to resolve a name as the application does, best first: those that name the EAI_ code (perl and python3 start fast) before
 * getent, which only says that it failed; those that show one address, or send a packet, last.
 */
export const resolveDialects: readonly Dialect<'resolve'>[] = [
  perlGetaddrinfo,
  python3Getaddrinfo,
  nodeLookup,
  getentAhosts,
  getentHosts,
  nslookupSmall,
  curlResolve,
  bashUdp,
  pingIputils,
  pingBusybox,
];
