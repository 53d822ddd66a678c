import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CAUSE_IDS } from '../../src/domain/cause.ts';
import type { Fact } from '../../src/domain/facts.ts';
import type { Question } from '../../src/domain/question.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { LANGUAGES, type Language } from '../../src/i18n/index.ts';
import { addresseeOf, byRelevance } from '../../src/report/addressee.ts';
import { escalationLines } from '../../src/report/escalation.ts';
import { EMPTY_RUN, hasStarted, withEvent } from '../../src/report/run-summary.ts';
import { parseRunFile } from '../../src/run-file/read.ts';
import { RECORDINGS } from '../run-file/recordings.ts';
import { CONCLUSION, REFUSED_RUN } from './refused-run.ts';

function note(events: readonly RunEvent[] = REFUSED_RUN, language: Language = 'en'): readonly string[] {
  const run = events.reduce(withEvent, EMPTY_RUN);
  if (!hasStarted(run)) throw new Error('not started');
  return escalationLines(run, LANGUAGES[language]);
}

function demo(name: string): readonly RunEvent[] {
  const read = parseRunFile(readFileSync(RECORDINGS.find(([file]) => file.startsWith(name))?.[1] ?? '', 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.recording.events;
}

function row(lines: readonly string[], label: string): string {
  return lines.find((line) => line.startsWith(`${label}:`))?.slice(label.length + 1).trim() ?? '';
}

function observed(id: string, question: Question, fact: Fact, vantage = 'target'): RunEvent {
  return { kind: 'observed', atMs: 18, observation: { id, vantage, question, fact, dialect: 'x', command: [], lines: [], startedAtMs: 16, durationMs: 2 } };
}

function concludedAfter(...events: readonly RunEvent[]): readonly RunEvent[] {
  return REFUSED_RUN.flatMap((event): readonly RunEvent[] => (event.kind === 'concluded' ? [...events, event] : [event]));
}

function withVerdict(change: Partial<Verdict>): readonly RunEvent[] {
  return REFUSED_RUN.map((event): RunEvent => (event.kind === 'concluded' ? { ...event, conclusion: { ...CONCLUSION, verdict: { ...CONCLUSION.verdict, ...change } } } : event));
}

describe('the note for those who have to act', () => {
  it.each(RECORDINGS)('fits a ticket: %s', (name) => {
    for (const language of ['en', 'es'] as const) {
      const lines = note(demo(name), language);
      expect(lines.length).toBeLessThanOrEqual(15);
      expect(lines.join('\n')).not.toMatch(/undefined|NaN|\[object/u);
    }
  });

  it('says who they are, for every cause there is', () => {
    const addressee = (status: Verdict['status'], cause: Verdict['cause']): string => addresseeOf({ ...CONCLUSION.verdict, status, cause });
    expect(CAUSE_IDS.map((cause) => addressee('fault', cause)).filter((one) => one === 'unsettled' || one === 'nobody')).toEqual([]);
    expect(['ip.path-dead-after', 'policy.egress-denied', 'dns.servfail', 'dns.cluster-dns-down', 'tls.expired', 'app.wrong-endpoint', 'proxy.denied'].map((cause) => addressee('fault', cause as Verdict['cause']))).toEqual(['network', 'cluster', 'names', 'cluster', 'destination', 'application', 'proxy']);
    expect(addressee('inconclusive', 'tcp.filtered')).toBe('unsettled');
    expect(note(withVerdict({ status: 'reachable', cause: null }))[0]).toBe('Connection works: nothing to check');
    expect(note(withVerdict({ cause: 'tcp.filtered' }))[0]).toBe('Network problem: please check');
  });

  it('says which packets vanish after which hop, and from where they do not', () => {
    const lines = note(demo('dead-path'));
    expect(row(lines, 'Packets')).toMatch(/^TCP to [\d.]+:\d+: timeout \(\d+ tries\); ping: 0 of \d answered; other ports \(\d+(?:, \d+)*\): timeout$/u);
    expect(row(lines, 'Last answer')).toMatch(/^from [\d.]+, hop 1; nothing from beyond it$/u);
    expect(row(lines, 'From elsewhere')).toBe('node: timeout; outside: connected');
    expect(row(lines, 'From')).toMatch(/, address [\d.]+, .*leaves as [\d.]+$/u);
    expect(row(lines, 'To')).toMatch(/^[\d.]+ tcp\/(\d+) \(http:\/\/[\w.-]+:\1\/\)$/u);
  });

  it('says what size of packets does not pass', () => {
    expect(row(note(demo('path-mtu')), 'Packets')).toMatch(/in full segments: timeout; in segments of \d+ bytes: HTTP 200; ping: \d of \d answered; ping of 1472 bytes: \d of \d answered/u);
  });

  it('says what changed before, where the API told', () => {
    expect(row(note(demo('policy-denial')), 'Changed')).toMatch(/^\d\d:\d\d:\d\d NetworkPolicy shop\/fault-dns-only created/u);
    expect(row(note(), 'Changed')).toBe('');
  });

  it('does not take a name that resolves elsewhere for a way there', () => {
    const resolve: Fact = { kind: 'resolve', name: 'db.example', nameserver: null, recordType: 'any', transport: null, outcome: 'answered', addresses: ['198.51.100.10'], canonicalNames: [], answeredName: null, truncated: false, elapsedMs: 1 };
    expect(row(note(concludedAfter(observed('o3', { kind: 'resolve', name: 'db.example' }, resolve, 'contrast:node'))), 'From elsewhere')).toBe('node: refused');
    const onlyNames = REFUSED_RUN.filter((event) => event.kind !== 'observed' || event.observation.vantage === 'target').flatMap((event): readonly RunEvent[] => (event.kind === 'concluded' ? [observed('o3', { kind: 'resolve', name: 'db.example' }, resolve, 'contrast:node'), event] : [event]));
    expect(row(note(onlyNames), 'From elsewhere')).toBe('nobody else was asked');
  });

  it('says that nothing was sent where the name has no address', () => {
    const lines = note(demo('dns-down'));
    expect(row(lines, 'To')).toBe('address not known tcp/443 (https://api.payments.example/)');
    expect(row(lines, 'Packets')).toBe('none were sent to the destination');
    expect(row(lines, 'Last answer')).toBe('no trace could be made');
  });

  it('tells an error that a router gives', () => {
    const trace: Fact = { kind: 'trace', host: null, address: '198.51.100.10', method: 'icmp', reached: false, pathMtuBytes: null, hops: [{ ttl: 1, replies: [{ address: '10.0.0.1', rttMs: 1, error: null }] }, { ttl: 2, replies: [{ address: '10.9.0.1', rttMs: 2, error: 'prohibited' }] }] };
    expect(row(note(concludedAfter(observed('o3', { kind: 'trace', address: '198.51.100.10', port: null }, trace))), 'Last answer')).toBe('from 10.9.0.1, hop 2, and it says prohibited');
  });

  it('names first of what was ruled out what they would look for', () => {
    expect(byRelevance('tcp.filtered', ['dns.nxdomain', 'ip.no-route', 'tcp.refused', 'tls.expired'])).toEqual(['tcp.refused', 'dns.nxdomain', 'ip.no-route', 'tls.expired']);
  });
});
