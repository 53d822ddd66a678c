import type { Dialect } from '../domain/dialect.ts';
import { busyboxPings, ping6Inetutils, ping6Iputils, pingInetutils, pingIputils } from './ping/dialects.ts';

/** In order of preference: those that print ICMP errors come first. */
export const pingDialects: readonly Dialect<'ping'>[] = [pingIputils, ping6Iputils, pingInetutils, ping6Inetutils, ...busyboxPings];
