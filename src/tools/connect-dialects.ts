import type { Dialect } from '../domain/dialect.ts';
import { bashConnect } from './bash/connect.ts';
import { curlConnect } from './curl/connect.ts';
import { busyboxExtrasNcConnect, busyboxNcConnect } from './nc/busybox.ts';
import { ncAsNcatDialect, ncatDialect } from './nc/ncat.ts';
import { openbsdNcConnect } from './nc/openbsd.ts';
import { traditionalNcConnect } from './nc/traditional.ts';
import { nodeConnect } from './node/connect.ts';
import { perlConnect } from './perl/connect.ts';
import { python3Connect, pythonConnectDialect } from './python3/connect.ts';
import { socatConnect } from './socat/connect.ts';
import { telnetBusyboxConnect, telnetInetutilsConnect, telnetNetkitConnect } from './telnet/connect.ts';

/**
 * Ways to ask whether a port accepts, in order of preference. First what has a clock of its own, names every errno and costs the
 * container little (bash); then the netcats, whose lines are timed as they arrive; then what names every errno but takes the
 * container's memory and time to start; last what can tell a timeout only by being ended.
 */
export const connectDialects: readonly Dialect<'connect'>[] = [
  bashConnect,
  openbsdNcConnect,
  busyboxExtrasNcConnect,
  busyboxNcConnect,
  perlConnect,
  traditionalNcConnect,
  python3Connect,
  pythonConnectDialect,
  socatConnect,
  curlConnect,
  ncatDialect,
  ncAsNcatDialect,
  nodeConnect,
  telnetInetutilsConnect,
  telnetNetkitConnect,
  telnetBusyboxConnect,
];
