import type { Dialect } from '../domain/dialect.ts';
import { curlDialect } from './curl/curl.ts';
import { busyboxWgetDialect } from './wget/busybox.ts';
import { gnuWgetDialect } from './wget/gnu.ts';

/** Ways to ask for a URL with a tool of the vantage, best first. */
export const requestDialects: readonly Dialect<'request'>[] = [curlDialect, gnuWgetDialect, busyboxWgetDialect];
