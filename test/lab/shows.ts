/** Judges whether what a command prints shows a fact again: by the parsers and words of `explain`, as a person would read it. */
import type { Fact, FactOf } from '../../src/domain/facts.ts';
import { explainText, type Explanation, type Meaning } from '../../src/explain/index.ts';

/** busybox's timeout: 128 + SIGTERM. */
const ENDED_BY_LIMIT = /^ended with status (?:143|124)$/mu;

export interface Printed {
  /** The program that printed it, as typed. */
  readonly program: string;
  readonly text: string;
  readonly exitCode: number | null;
  readonly durationMs: number;
}

/** Whether the output shows the fact. Tries of one thing are judged together: `others` are the facts of the other tries. */
export function shows(fact: Fact, printed: Printed): boolean {
  const explained = explainText(`$ ${printed.program} \n${printed.text}`);
  switch (fact.kind) {
    case 'unavailable':
      return printed.exitCode !== 0;
    case 'resolve':
      return showsResolve(fact, printed, explained);
    case 'connect':
      if (/^connected$/mu.test(printed.text)) return fact.outcome === 'connected';
      if (/^no answer in 4 s$/mu.test(printed.text)) return fact.outcome === 'timeout';
      return connectMeanings(fact).includes(explained.meaning) || (fact.outcome === 'failed' && explained.meaning !== 'ok');
    case 'tls':
      return showsTls(fact, printed, explained);
    case 'http':
      return showsHttp(fact, printed, explained);
    case 'exchange':
      return showsExchange(fact, printed, explained);
    default:
      return showsTable(fact, printed, explained);
  }
}

function factsOf<K extends Fact['kind']>(explained: Explanation, kind: K): readonly FactOf<K>[] {
  return explained.observations.filter((one): one is FactOf<K> => one.kind === kind);
}

function showsResolve(fact: FactOf<'resolve'>, { text, durationMs }: Printed, explained: Explanation): boolean {
  const slow = (fact.elapsedMs ?? 0) >= 3000 && fact.nameserver === null;
  if (slow && secondsBetweenClocks(text) < 2 && durationMs < 2000) return false;
  if (fact.truncated && /truncated|\btc\b/iu.test(text)) return true;
  if (fact.outcome === 'answered') return fact.addresses.some((address) => text.includes(address));
  const again = factsOf(explained, 'resolve');
  if (again.some(({ outcome }) => outcome === fact.outcome)) return true;
  if (again.some(({ outcome }) => outcome === 'answered') || explained.meaning === 'ok') return false;
  // getent says no more than that there is nothing.
  if (/not found, status 2/u.test(text)) return true;
  return !/it resolves/u.test(text) && (explained.meaning === 'dns' || explained.meaning === 'timeout' || explained.meaning === 'unreachable' || explained.meaning === 'refused');
}

/** Between the first and the last `date +%T`. */
function secondsBetweenClocks(text: string): number {
  const clocks = [...text.matchAll(/^(\d\d):(\d\d):(\d\d)$/gmu)].map(([, h, m, s]) => Number(h) * 3600 + Number(m) * 60 + Number(s));
  return ((clocks.at(-1) ?? 0) - (clocks[0] ?? 0) + 86_400) % 86_400;
}

function connectMeanings(fact: FactOf<'connect'>): readonly Meaning[] {
  switch (fact.outcome) {
    case 'connected':
      return ['ok'];
    case 'refused':
      return ['refused'];
    // Who waits longer than the probe did hears why there is no answer.
    case 'timeout':
      return ['timeout', 'unreachable'];
    case 'reset':
      return ['reset'];
    case 'network-unreachable':
    case 'host-unreachable':
    case 'protocol-unreachable':
      return ['unreachable'];
    case 'not-permitted':
    case 'address-not-available':
    case 'failed':
      return ['other', 'unreachable', 'refused'];
    case 'name-not-resolved':
      return ['dns'];
  }
}

const TLS_MEANING: Readonly<Partial<Record<NonNullable<FactOf<'tls'>['failure']>, readonly Meaning[]>>> = {
  expired: ['tls-expired'],
  'not-yet-valid': ['tls-expired'],
  'self-signed': ['tls-untrusted'],
  'unknown-ca': ['tls-untrusted'],
  'incomplete-chain': ['tls-untrusted'],
  untrusted: ['tls-untrusted'],
  'hostname-mismatch': ['tls-hostname'],
  timeout: ['timeout'],
  closed: ['reset', 'tls-handshake'],
  reset: ['reset', 'tls-handshake'],
};

function showsTls(fact: FactOf<'tls'>, { text }: Printed, explained: Explanation): boolean {
  if (fact.failure === null) return /^\s*(?:New, |Protocol *: )TLS|SSL connection using|^TLSv1/mu.test(text);
  const again = factsOf(explained, 'tls');
  if (again.some(({ failure }) => failure === fact.failure)) return true;
  return (TLS_MEANING[fact.failure] ?? ['tls-handshake', 'http-status']).includes(explained.meaning);
}

function showsHttp(fact: FactOf<'http'>, { text }: Printed, explained: Explanation): boolean {
  if (fact.status !== null && new RegExp(`\\b${String(fact.status)}\\b`, 'u').test(text)) return true;
  switch (fact.outcome) {
    case 'response':
    case 'proxy-refused':
      return false;
    case 'no-answer':
      return explained.meaning === 'timeout' || ENDED_BY_LIMIT.test(text);
    case 'closed':
    case 'reset':
    case 'partial':
      return explained.meaning === 'reset' || explained.meaning === 'timeout' || /connection closed/u.test(text);
    case 'not-http':
      return explained.meaning !== 'ok' || /HTTP\/0\.9/u.test(text);
  }
}

function showsExchange(fact: FactOf<'exchange'>, { text }: Printed, explained: Explanation): boolean {
  const words = fact.firstBytes.match(/[A-Za-z0-9]{4,}/gu) ?? [];
  switch (fact.outcome) {
    case 'closed':
      return /\(connection closed\)|\(that is all\)/u.test(text) || explained.meaning === 'reset';
    case 'reset':
      return explained.meaning === 'reset' || explained.meaning === 'refused';
    case 'silent':
    case 'open':
      return /nothing more in|\(that is all\)|sending signal TERM|status 143|timed out/u.test(text);
    default:
      return words.length === 0 ? text.trim() !== '' : words.some((word) => text.includes(word));
  }
}

/** Lists and paths: what they name is named again. */
function showsTable(fact: Fact, { text, exitCode }: Printed, explained: Explanation): boolean {
  switch (fact.kind) {
    case 'ping': {
      const again = factsOf(explained, 'ping').at(-1);
      return again !== undefined && again.received > 0 === fact.received > 0;
    }
    case 'trace':
      return fact.hops.flatMap(({ replies }) => replies).every(({ address }) => address === null) || fact.hops.some(({ replies }) => replies.some(({ address }) => address !== null && text.includes(address)));
    case 'interfaces':
      return fact.interfaces.every(({ name }) => text.includes(name));
    case 'routes':
      return exitCode === 0 && fact.routes.every(({ gateway }) => gateway === null || text.includes(gateway) || /Destination\s+Gateway/u.test(text));
    case 'neighbours':
      return fact.neighbours.every(({ address }) => text.includes(address));
    case 'sockets':
      return fact.sockets.filter(({ state }) => !/^TIME.WAIT$/u.test(state)).every(({ remotePort }) => text.includes(String(remotePort)) || text.includes(remotePort.toString(16).toUpperCase()));
    case 'resolv-conf':
      return fact.nameservers.every((one) => text.includes(one));
    case 'hosts-file':
      return fact.entries.every(({ address }) => text.includes(address));
    case 'environment':
      return Object.values(fact.proxies).every((value) => text.includes(value.replace(/^.*@/u, '')));
    case 'processes':
      return /^Max open files/mu.test(text);
    case 'clock':
      return /\d\d:\d\d:\d\d/u.test(text);
    default:
      return text.trim() !== '';
  }
}
