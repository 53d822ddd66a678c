import { printableStart } from '../protocol/printable.ts';

/** Header fields that a verdict reads; everything else (cookies, tokens) is not kept. */
const KEPT: ReadonlySet<string> = new Set([
  'server',
  'via',
  'location',
  'retry-after',
  'date',
  'content-type',
  'content-length',
  'transfer-encoding',
  'connection',
  'www-authenticate',
  'proxy-authenticate',
  'proxy-status',
  'x-cache',
  'x-squid-error',
  'x-envoy-upstream-service-time',
  'x-envoy-response-flags',
  'x-powered-by',
  'cf-ray',
  'x-amzn-errortype',
  'x-amz-cf-id',
  'x-azure-ref',
  'grpc-status',
  'upgrade',
]);

/** Keeps the fields that a verdict may read: names in lower case, values printable and cut; query strings of a location are dropped. */
export function keepHeaders(fields: Iterable<readonly [string, string]>): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of fields) {
    const lower = name.toLowerCase();
    if (!KEPT.has(lower)) continue;
    const text = printableStart(value);
    // A redirect's query may hold a token (OAuth state, signed URL).
    kept[lower] = lower === 'location' ? text.replace(/[?#].*$/u, '') : text;
  }
  return kept;
}
