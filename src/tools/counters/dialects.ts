import { procDialects } from '../link-dialects.ts';
import { COUNTER_FILES } from '../proc-net/script.ts';
import { parseCounters } from './parse.ts';

/** The kernel's own files alone: nstat(8) keeps a history of its own, and netstat -s words its counters differently from version to version. */
export const countersDialects = procDialects<'counters'>(COUNTER_FILES, parseCounters);
