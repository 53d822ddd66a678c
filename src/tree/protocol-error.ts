import type { CauseId } from '../domain/cause.ts';
import type { ExchangeFact } from '../domain/facts.ts';

interface Words {
  readonly cause: CauseId;
  /** The tree's branch in app.status. */
  readonly branch: string;
  readonly pattern: RegExp;
}

/**
 * What a server says instead of its greeting, by its own words.
 * Full: Redis "-ERR max number of clients reached"; PostgreSQL "sorry, too many clients already", "remaining connection slots are reserved";
 * MySQL 1040 "Too many connections".
 * Not ready: Redis -LOADING, -BUSY, -MASTERDOWN, -CLUSTERDOWN, -MISCONF; PostgreSQL SQLSTATE 57P01 to 57P03 and classes 58 and XX (appendix A);
 * MySQL 1053 "Server shutdown in progress"; SMTP 421 and other 4yz replies (RFC 5321, 4.2.1).
 * Not for you: Redis in protected mode (-DENIED); SMTP 554 and other 5yz greetings (RFC 5321, 3.1).
 */
const WORDS: readonly Words[] = [
  { cause: 'app.rate-limited', branch: 'rate', pattern: /max number of clients reached|too many (?:clients|connections)|connection slots are reserved/iu },
  {
    cause: 'app.http-server-error',
    branch: 'server-error',
    pattern: /^-(?:LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|MISCONF)\b|\bC(?:57P0[123]|58[0-9A-Z]{3}|XX[0-9A-Z]{3})\b|server shutdown in progress|^4\d\d[ -]/iu,
  },
  { cause: 'app.auth-rejected', branch: 'credentials', pattern: /^-DENIED\b|^5\d\d[ -]/u },
];

/** The cause of an exchange that ended with an error of the protocol's own; null when its words are not known. */
export function causeOfProtocolError(fact: ExchangeFact): { readonly cause: CauseId; readonly branch: string } | null {
  // AMQP 0-9-1 4.2.2: a server that does not speak our version answers with the header of the one it wants.
  if (fact.protocol === 'amqp' && fact.firstBytes.startsWith('AMQP')) return { cause: 'app.protocol-mismatch', branch: 'other-version' };
  return WORDS.find(({ pattern }) => pattern.test(fact.firstBytes)) ?? null;
}
