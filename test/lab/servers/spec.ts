/** What a server of the lab does, as data: it travels to the agent in the server's namespace as JSON. */
import type { DnsReply, DnsRule, Transport } from '../dns-server.ts';

export interface TlsSpec {
  /** PEM. */
  readonly key: string;
  /** PEM, leaf first, exactly what is sent. */
  readonly certificate: string;
  readonly minVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly maxVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** OpenSSL's cipher list. */
  readonly ciphers?: string;
  readonly curves?: string;
  /** PEM of the authority whose clients are let in: without a certificate of it the handshake fails. */
  readonly clientAuthority?: string;
  /** The handshake fails with this alert unless the hello names the host. */
  readonly needsName?: { readonly name: string; readonly alert: number };
  /** What a client that speaks plain text gets, as nginx does (`400`), or nothing but the end of the connection. */
  readonly toPlainText?: 'close' | '400';
  readonly helloDelayMs?: number;
  /** The handshake ends after the client's hello: the socket is closed, reset, or left silent. */
  readonly breaksOff?: 'close' | 'reset' | 'silent';
  readonly alpn?: readonly string[];
}

export interface HttpReply {
  readonly status: number;
  readonly reason?: string;
  readonly version?: '1.0' | '1.1';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly chunked?: true;
  /** Wait before the first byte. */
  readonly delayMs?: number;
  /** The answer stops after so many octets, and the connection ends. */
  readonly cutAfter?: number;
}

export type ProtocolName = 'postgres' | 'mysql' | 'redis' | 'amqp' | 'smtp' | 'mongodb' | 'kafka' | 'grpc';

export type Talk =
  | ({ readonly kind: 'http'; /** The same for every request, or by turn of the connections. */ readonly replies: readonly HttpReply[] })
  | { readonly kind: 'protocol'; readonly name: ProtocolName; readonly state: 'ok' | 'rejects' | 'errs' }
  | { readonly kind: 'silent' }
  /** Ends or resets the connection: at once, or when the client has said something. */
  | { readonly kind: 'hang-up'; readonly how: 'close' | 'reset'; readonly when: 'at-once' | 'after-request' }
  /** Answers a whole line, and hangs up; silent until then. A line that begins with `hangsUpOn` gets no answer. */
  | { readonly kind: 'line'; readonly text: string; readonly hangsUpOn?: string }
  /** One octet after another, so far apart. */
  | { readonly kind: 'drips'; readonly text: string; readonly everyMs: number }
  /** Each connection is met with the next of these; after the last one with the first again, or with the last for ever. */
  | { readonly kind: 'turns'; readonly talks: readonly Talk[]; readonly then: 'from-the-start' | 'the-last' }
  | { readonly kind: 'says'; readonly text: string; readonly then: 'stays' | 'closes'; readonly when: 'at-once' | 'after-request' }
  | {
      readonly kind: 'proxy';
      readonly rule: 'open' | 'denies' | 'asks-password' | 'gateway-error' | 'silent';
      readonly status?: number;
      /** `user:password` that it lets in. */
      readonly password?: string;
      /** host:port of CONNECT or the request's URL → address to go to; names that are not here are looked up nowhere. */
      readonly addresses?: Readonly<Record<string, string>>;
    };

interface Listen {
  readonly address: string;
  readonly port: number;
}

export interface StreamSpec extends Listen {
  readonly kind: 'stream';
  readonly talk: Talk;
  readonly tls?: TlsSpec;
}

export interface DatagramSpec extends Listen {
  readonly kind: 'datagram';
  readonly does: 'echoes' | 'silent';
}

export interface DnsSpec extends Listen {
  readonly kind: 'dns';
  readonly transports: readonly Transport[];
  readonly rules: readonly (DnsRule & { /** Later answers, one a query, after `reply`; then from the start. */ readonly thenReplies?: readonly DnsReply[] })[];
}

export type ServerSpec = StreamSpec | DatagramSpec | DnsSpec;
