import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Rank } from './rule.ts';

export interface StatusFound {
  readonly status: number;
  readonly rank: Rank;
  readonly confidence: Confidence;
  readonly at: number;
}

/** Reason phrases of RFC 9110 (and 429 of RFC 6585) as servers print them beside the number or alone. */
const REASONS =
  '(?:bad request|unauthorized|payment required|forbidden|not found|method not allowed|not acceptable|proxy authentication required|request time-?out|conflict|gone|length required|payload too large|content too large|unsupported media type|misdirected request|unprocessable|too early|upgrade required|precondition|too many requests|unavailable for legal|internal server error|not implemented|bad gateway|service (?:temporarily )?unavailable|service_unavailable|gateway time-?out|http version not supported|insufficient storage|loop detected|client error|server error)';

interface StatusPattern {
  readonly pattern: RegExp;
  readonly rank: Rank;
  readonly confidence: Confidence;
}

const PATTERNS: readonly StatusPattern[] = [
  // HTTP/1.1 404 Not Found      < HTTP/2 503      HTTP/1.1" 502 (access logs)
  { pattern: new RegExp(`HTTP/[\\d.]{1,3}"? ([1-5]\\d\\d)[ ,:-]{0,3}${REASONS}`, 'giu'), rank: 'cause', confidence: 'certain' },
  { pattern: /\bHTTP\/[\d.]{1,3}"? ([1-5]\d\d)\b/gu, rank: 'cause', confidence: 'certain' },
  // 404 Client Error: Not Found for url     502 Bad Gateway     ERROR 404: Not Found.     404 (Not Found)
  { pattern: new RegExp(`\\b([45]\\d\\d)\\b[ :'"()\\-]{1,4}${REASONS}`, 'giu'), rank: 'cause', confidence: 'certain' },
  // status code 404    "status":502    StatusCode: 403    statuscode: 503    status=503     status: 401
  { pattern: /\bstatus(?:[ _-]?code)?\s{0,3}["']?\s{0,3}(?:does not indicate success|is|of|was|received|error)?[:=]?\s{0,3}["'(]?([2-5]\d\d)\b(?!\.)/giu, rank: 'symptom', confidence: 'likely' },
  // The requested URL returned error: 503    HTTP Error 500    Response code 404    Received HTTP code 403 from proxy    npm ERR! 401
  { pattern: /\b(?:http(?: response)?(?: status)?(?: code| error)?|response(?: code)?(?: was| of| is)?|returned(?: http)?(?: error)?(?: code)?|responded(?: with)?|error code|wrong status, code|err!|got|tunnel failed, response|tunneling failed:|connection failed:)[:=]?\s{1,3}["'(]?([2-5]\d\d)\b(?![.%]|\s?(?:ms|s|bytes|packets)\b)/giu, rank: 'symptom', confidence: 'likely' },
  // org.springframework...NotFound: 404 : [no body]
  { pattern: /(?:HttpClientError|HttpServerError|HttpStatus|HTTPStatusError|HTTPError|ResponseException)[\w$]{0,40}[:( ]{1,3}([45]\d\d)\b/gu, rank: 'cause', confidence: 'certain' },
];

/** Phrases that stand without their number. */
const BARE_REASON = /\b(?:bad gateway|service unavailable|gateway time-?out|too many requests|internal server error|unauthorized|forbidden|http response code said error|http status (?:client|server) error|requested url returned error|httpstatuserror)\b/giu;

/** Every status that the text names, the weightiest and last one; null when there is none. */
export function findStatus(text: string, better: (a: StatusFound, b: StatusFound) => boolean): StatusFound | null {
  let best: StatusFound | null = null;
  for (const { pattern, rank, confidence } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const status = Number(match[1]);
      const found: StatusFound = { status, at: match.index + match[0].length, confidence, rank: status < 400 ? 'success' : rank };
      if (best === null || better(found, best)) best = found;
    }
  }
  if (best !== null) return best;
  const bare = text.search(BARE_REASON);
  return bare < 0 ? null : { status: 0, rank: 'symptom', confidence: 'likely', at: bare };
}

/** Causes that a status allows; 0 is a status that was named without its number. */
export function causesOfStatus(status: number, text: string): Partial<Readonly<Record<CauseId, Confidence>>> {
  if (status === 407) return { 'proxy.auth-required': 'certain' };
  if (/\bCONNECT\b|\bproxy\b|tunnel/iu.test(text)) return { 'proxy.denied': 'likely', 'proxy.no-proxy-gap': 'possible' };
  if (status === 401 || status === 403) return { 'app.auth-rejected': 'likely', 'mesh.blocked': 'possible' };
  if (status === 429) return { 'app.rate-limited': 'certain' };
  if (status === 502 || status === 504) return { 'app.http-server-error': 'likely', 'service.no-endpoints': 'possible', 'mesh.blocked': 'possible' };
  if (status === 503) return { 'app.http-server-error': 'likely', 'app.rate-limited': 'possible', 'service.no-endpoints': 'possible', 'mesh.blocked': 'possible' };
  if (status >= 500) return { 'app.http-server-error': 'certain' };
  if (status >= 400) return { 'app.http-client-error': 'certain' };
  return { 'app.http-server-error': 'possible', 'app.http-client-error': 'possible', 'app.auth-rejected': 'possible' };
}
