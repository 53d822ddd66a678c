import { isCommonName } from './common-words.ts';
import type { TokenKind } from './tokens.ts';

export type NameKind = Extract<TokenKind, 'context' | 'namespace' | 'pod' | 'container' | 'node' | 'service' | 'image' | 'place' | 'host' | 'user' | 'name'>;

/** What says most of a thing comes first: a pod is a host, too. */
const TELLING: readonly (readonly NameKind[])[] = [['pod', 'node', 'namespace', 'container', 'service', 'image'], ['host', 'context', 'user', 'place']];

/** Shorter ones are words of any text; where they stand for themselves they are replaced all the same. */
const SHORTEST_IN_TEXT = 2;

/** The names that a recording tells, wherever it tells them. */
export class Names {
  readonly #kinds = new Map<string, Set<NameKind>>();

  /** Names that everybody has are none. */
  add(kind: NameKind, name: string): void {
    const key = keyOf(name);
    if (!/\p{L}/u.test(key) || isCommonName(key)) return;
    const kinds = this.#kinds.get(key);
    if (kinds === undefined) this.#kinds.set(key, new Set([kind]));
    else kinds.add(kind);
  }

  has(name: string): boolean {
    return this.#kinds.has(keyOf(name));
  }

  /** null when it is no name; `name` where it is that of several kinds of things. */
  kindOf(name: string): NameKind | null {
    const kinds = this.#kinds.get(keyOf(name));
    if (kinds === undefined) return null;
    const telling = TELLING.map((group) => group.filter((kind) => kinds.has(kind))).find((group) => group.length > 0) ?? [];
    return telling.length === 1 ? (telling[0] ?? 'name') : 'name';
  }

  /** Source of a pattern that finds any of them between other characters than letters and digits; null when there are none. */
  pattern(): string | null {
    const names = [...this.#kinds.keys()].filter((name) => name.length >= SHORTEST_IN_TEXT).sort((a, b) => b.length - a.length);
    return names.length === 0 ? null : `(?<![\\p{L}\\p{N}])(?:${names.map(escaped).join('|')})(?![\\p{L}\\p{N}])`;
  }
}

function keyOf(name: string): string {
  return name.trim().replace(/\.$/u, '').toLowerCase();
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
