/** What a token says of the thing behind it: `pod-2`, `private-address-7`. `name` where one word names several kinds of things. */
export type TokenKind =
  | 'context'
  | 'namespace'
  | 'pod'
  | 'container'
  | 'node'
  | 'service'
  | 'image'
  | 'place'
  | 'host'
  | 'user'
  | 'name'
  | 'hardware-address'
  | `${'private' | 'public' | 'link-local' | 'shared' | 'multicast'}-${'address' | 'ipv6-address'}`;

/** The same thing gets the same token; numbers are given in the order in which things are met. */
export class Tokens {
  readonly #given = new Map<string, string>();
  readonly #last = new Map<TokenKind, number>();

  of(kind: TokenKind, thing: string): string {
    const key = `${kind} ${thing}`;
    const known = this.#given.get(key);
    if (known !== undefined) return known;
    const number = (this.#last.get(kind) ?? 0) + 1;
    const token = `${kind}-${String(number)}`;
    this.#last.set(kind, number);
    this.#given.set(key, token);
    return token;
  }
}
