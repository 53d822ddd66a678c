import type { Dialect } from '../domain/dialect.ts';
import { sClientDialect } from './openssl/s-client.ts';

/** Ways to describe a handshake with a tool of the vantage, best first. */
export const tlsDialects: readonly Dialect<'tls'>[] = [sClientDialect];
