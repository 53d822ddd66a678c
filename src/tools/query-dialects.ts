import type { Dialect } from '../domain/dialect.ts';
import { dig } from './dig/dig.ts';
import { host } from './host/host.ts';
import { nslookupBind, nslookupBusybox } from './nslookup/nslookup.ts';

/** Ways to put one question to one nameserver, best first: dig says most. All ask exactly the given name, without a search list. */
export const queryDialects: readonly Dialect<'query'>[] = [dig, nslookupBind, host, nslookupBusybox];
