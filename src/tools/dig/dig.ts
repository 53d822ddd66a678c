import type { Dialect } from '../../domain/dialect.ts';
import { absolute, isAskable, wholeSeconds } from '../dns-message/resolve-fact.ts';
import { parseDig } from './parse.ts';

/**
 * dig of BIND (dig(1)). Without EDNS, as libc resolvers ask, so that a truncated answer is seen as the application would get it;
 * `+ignore` keeps dig from asking again over TCP, which is a question of its own. dig appends no search domain unless told to.
 */
export const dig: Dialect<'query'> = {
  id: 'dig',
  tool: 'dig',
  implementation: 'dig',
  argv: ({ name, nameserver, recordType, transport }, limits) => {
    if (!isAskable(name) || !isAskable(nameserver)) return null;
    const time = `+time=${wholeSeconds(limits.connectTimeoutMs)}`;
    const how = transport === 'tcp' ? ['+tcp'] : ['+notcp', '+ignore'];
    return ['dig', time, '+tries=1', '+noedns', ...how, `@${nameserver}`, '-t', recordType, '-q', absolute(name)];
  },
  parse: parseDig,
};
