/** How a key is written for people. */
export function keyName(key: string): string {
  return key.startsWith('ctrl-') ? `^${key.slice('ctrl-'.length).toUpperCase()}` : key;
}
