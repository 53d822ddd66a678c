import { addressToken, fromPlainHex, fromProcHex } from './addresses.ts';
import { isCommonHost, isFileName } from './common-words.ts';
import type { Names } from './names.ts';
import { Tokens } from './tokens.ts';

/** What stands for data in which names and addresses are written otherwise: base64, hexadecimal, octal. */
export const DATA = '[data]';
/** A script is this program's own, and holds the names that it is about between its lines. */
export const SCRIPT = '[script]';

const PATTERNS = {
  data: [
    // -----BEGIN CERTIFICATE-----, and the lines after it
    '(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{48,}={0,2}(?![A-Za-z0-9+/=])',
    '(?:\\\\x[0-9a-f]{2}|\\\\[0-7]{3}){6,}',
    '(?<![0-9a-f])(?:[0-9a-f]{2}[ :]){9,}[0-9a-f]{2}(?![0-9a-f])',
    '(?<![0-9a-z])[0-9a-f]{33,}(?![0-9a-z])',
  ],
  // Where files of a system are; a name in them is replaced, and a dot in them makes no host.
  path: ['(?<![\\w/.:])/(?:usr|etc|bin|sbin|lib|lib64|proc|sys|var|run|dev|opt|srv|tmp)(?:/[\\w.+@:-]+)+'],
  person: ['(?<![\\w.+-])[\\w.+-]+@(?!if\\d)[a-z0-9][\\w.-]*'],
  host: ['(?<![\\p{L}\\p{N}_-]|[\\p{L}\\p{N}_-]\\.)(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\\.)+[a-z][a-z0-9-]*[a-z0-9](?![\\w-])(?!\\.\\w)\\.?'],
  // 00:15:5d:01:02:03
  hardware: ['(?<![\\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\\w:])'],
  // 0800F40A:BB0A in /proc/net/tcp, the same with 32 digits in tcp6
  socket: ['(?<!\\w)(?:[0-9a-f]{32}|[0-9a-f]{8})(?=:[0-9a-f]{4}(?!\\w))'],
  // a column of /proc/net/route
  column: ['(?<=\\t)[0-9a-f]{8}(?=\\t|$)'],
  plainHex: ['(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])'],
  ipv4: ['(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\w)'],
  ipv6: ['(?<![\\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:(?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-f]{1,4})?(?![\\w:])'],
} as const;
type PatternName = keyof typeof PATTERNS | 'name';

/** Puts tokens in the place of names and addresses, wherever in a text they stand. */
export class Replacement {
  readonly #names: Names;
  readonly #tokens = new Tokens();
  readonly #everything: RegExp;
  readonly #namesAlone: RegExp | null;

  constructor(names: Names) {
    this.#names = names;
    const name = names.pattern();
    const sources = Object.entries(PATTERNS).map(([kind, patterns]) => `(?<${kind}>${patterns.join('|')})`);
    this.#everything = new RegExp([...sources, ...(name === null ? [] : [`(?<name>${name})`])].join('|'), 'giu');
    this.#namesAlone = name === null ? null : new RegExp(name, 'giu');
  }

  in(text: string): string {
    return text.replace(this.#everything, (match, ...rest) => {
      const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      const kind = Object.keys(groups).find((name) => groups[name] !== undefined) as PatternName | undefined;
      return kind === undefined ? match : this.#replaced(kind, match);
    });
  }

  /** A text that as a whole is a name, however short. */
  name(text: string): string {
    const token = this.#token(text);
    return token === null ? this.in(text) : token + (text.endsWith('.') ? '.' : '');
  }

  #replaced(kind: PatternName, match: string): string {
    switch (kind) {
      case 'data':
        return DATA;
      case 'path':
        return this.#inPath(match);
      case 'person':
        return match.split('@').map((part) => this.#token(part) ?? this.in(part)).join('@');
      case 'host':
        return this.#host(match);
      case 'hardware':
        return /^(?:00|ff)(?::(?:00|ff))+$/iu.test(match) ? match : this.#tokens.of('hardware-address', match.toLowerCase());
      case 'socket':
      case 'column':
        return addressToken(fromProcHex(match), this.#tokens) ?? match;
      case 'plainHex':
        return addressToken(fromPlainHex(match), this.#tokens) ?? match;
      case 'ipv4':
      case 'ipv6':
        return addressToken(match, this.#tokens) ?? match;
      case 'name':
        return this.#token(match) ?? match;
    }
  }

  #inPath(path: string): string {
    return this.#namesAlone === null ? path : path.replace(this.#namesAlone, (name) => this.#token(name) ?? name);
  }

  #host(written: string): string {
    const end = written.endsWith('.') ? '.' : '';
    const host = written.slice(0, written.length - end.length).toLowerCase();
    const known = this.#token(host);
    if (known !== null) return known + end;
    if (isCommonHost(host)) return written;
    if (isFileName(host)) return this.#inPath(written);
    return this.#inCluster(host) + end;
  }

  /** `orders.shop.svc.cluster.local` keeps what every cluster has of it; `api.example.corp.example`, made by a search list, shows what was appended. */
  #inCluster(host: string): string {
    const [, before, namespace, cluster] = /^(?:(.+)\.)?([^.]+)\.svc(?:\.(.+))?$/u.exec(host) ?? [];
    if (namespace !== undefined) {
      const parts = [before === undefined ? null : this.#part(before, 'service'), this.#part(namespace, 'namespace'), 'svc', cluster === undefined ? null : this.#host(cluster)];
      return parts.filter((part) => part !== null).join('.');
    }
    const labels = host.split('.');
    for (let length = labels.length - 1; length > 1; length -= 1) {
      const start = this.#token(labels.slice(0, length).join('.'));
      if (start !== null) return `${start}.${this.#part(labels.slice(length).join('.'), 'name')}`;
    }
    return this.#tokens.of('host', host);
  }

  #part(text: string, kind: 'service' | 'namespace' | 'name'): string {
    if (text.includes('.')) return this.#host(text);
    if (isCommonHost(text)) return text;
    return this.#token(text) ?? this.#tokens.of(kind, text);
  }

  #token(name: string): string | null {
    const kind = this.#names.kindOf(name);
    return kind === null ? null : this.#tokens.of(kind, name.trim().replace(/\.$/u, '').toLowerCase());
  }
}
