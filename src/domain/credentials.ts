/** What people put into configuration and logs beside an address, and nobody needs to see to find a network fault. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  // postgres://orders:secret@db.example:5432/orders
  [/([a-z][a-z0-9+.-]{1,30}:\/\/)[^\s/?#'"@]{0,200}(?::[^\s'"@]{0,200})?@/giu, '$1'],
  // orders:secret@tcp(db.example:3306)/orders                                go-sql-driver
  [/[^\s:@/'"=]{1,100}:[^\s@'"]{1,200}@(?=(?:tcp|unix|udp)\d?\()/gu, ''],
  // Authorization: Bearer eyJ...     Basic dXNlcjpwYXNz
  [/\b(Bearer|Basic|Token)\s+[A-Za-z0-9._~+/=-]{6,}/giu, '$1 ***'],
  // password=secret   "api_key": "abc"   --token abc   PGPASSWORD=secret   ?sig=abc
  [/\b([\w.-]{0,40}(?:passw(?:or)?d|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|credential|signature|sig)["']?\s{0,3}(?:[=:]\s{0,3}|\s(?=\S)))("[^"]{0,400}"|'[^']{0,400}'|[^\s,;&"']{1,400})/giu, '$1***'],
];

/** Text without passwords, tokens and keys, as far as they look like ones; the words around them stay. */
export function withoutCredentials(text: string): string {
  return SECRETS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}
