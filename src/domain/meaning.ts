/** What an error text says happened, in the words of a closed list. */
export const MEANINGS = [
  'ok',
  'refused',
  'timeout',
  'unreachable',
  'reset',
  'dns',
  'tls-expired',
  'tls-untrusted',
  'tls-hostname',
  'tls-handshake',
  'http-status',
  'other',
] as const;
export type Meaning = (typeof MEANINGS)[number];
