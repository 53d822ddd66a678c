/** What is asked before the walk comes to it, because something is late or has failed. */
import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/domain/question.ts';
import { connects, files, httpFact, resolves, says, told, tools } from './facts.ts';
import { askedEarly, contrast, key, type Setting, type Told } from './situation.ts';

const A = '203.0.113.10';
const HOST = 'api.example.com';
const NS = '192.0.2.53';
const NODE = contrast('node', 'node');

/** A place where every command takes this long, and where the name resolves. */
function place(paceMs: number): readonly Told[] {
  return [{ ...tools('bash', 'curl', 'ping'), durationMs: paceMs }, { ...files({ nameservers: [NS] }), durationMs: paceMs }];
}

const named = [resolves(HOST, [A]), says(NS, HOST, [A])];

const connect = (attempt: number, port = 443): Question => ({ kind: 'connect', address: A, port, attempt });
const tls: Question = { kind: 'tls', address: A, port: 443, serverName: HOST };
const nameless: Question = { kind: 'tls', address: A, port: 443, serverName: null };
const request: Question = { kind: 'request', url: `https://${HOST}/`, address: null, direct: false, attempt: 0 };
const manyPings: Question = { kind: 'ping', address: A, many: true };

/** Sooner at a quick place, later at a slow one. */
const LATE_AT = [{ paceMs: 20, notYetMs: 499, nowMs: 500 }, { paceMs: 300, notYetMs: 899, nowMs: 900 }, { paceMs: 5000, notYetMs: 1199, nowMs: 1200 }];

describe('a handshake that is late', () => {
  const afterMs = (paceMs: number, ms: number): readonly string[] =>
    askedEarly({ to: `https://${HOST}/`, told: [...place(paceMs), ...named, connects(A, 443, 'connected')], contrasts: [NODE], waitingMs: [{ question: tls, ms }] });

  test.each([{ paceMs: 20, notYetMs: 599, nowMs: 600 }, ...LATE_AT.slice(1)])('is compared with one without a name and with other places: after $nowMs ms, with commands of $paceMs ms', ({ paceMs, notYetMs, nowMs }) => {
    expect(afterMs(paceMs, notYetMs)).not.toContain(key(tls, NODE.id));
    expect(afterMs(paceMs, notYetMs)).not.toContain(key(nameless));
    expect(afterMs(paceMs, nowMs)).toEqual(expect.arrayContaining([key(tls, NODE.id), key(nameless)]));
  });
});

describe('a nameserver that is late', () => {
  const { question: query } = says(NS, HOST, 'timeout');
  const afterMs = (paceMs: number, ms: number): readonly string[] => askedEarly({ to: `https://${HOST}/`, told: place(paceMs), waitingMs: [{ question: query, ms }] });

  test.each(LATE_AT)('is looked for by echoes: after $nowMs ms, with commands of $paceMs ms', ({ paceMs, notYetMs, nowMs }) => {
    const question = key({ kind: 'ping', address: NS, many: true });
    expect(afterMs(paceMs, notYetMs)).not.toContain(question);
    expect(afterMs(paceMs, nowMs)).toContain(question);
  });
});

describe('an answer that is late', () => {
  const afterMs = (paceMs: number, ms: number): readonly string[] =>
    askedEarly({ to: `https://${HOST}/`, told: [...place(paceMs), ...named, connects(A, 443, 'connected')], waitingMs: [{ question: request, ms }] });

  test.each(LATE_AT)('may be late for a lost packet: many echoes after $nowMs ms, with commands of $paceMs ms', ({ paceMs, notYetMs, nowMs }) => {
    expect(afterMs(paceMs, notYetMs)).not.toContain(key(manyPings));
    expect(afterMs(paceMs, nowMs)).toContain(key(manyPings));
  });

  test.each(LATE_AT)('through a proxy: the proxy is asked itself after $nowMs ms, with commands of $paceMs ms', ({ paceMs, notYetMs, nowMs }) => {
    const [surveyed] = place(paceMs);
    if (surveyed === undefined) throw new Error('a place has a survey');
    const throughProxy = (ms: number): readonly string[] => askedEarly({ to: `https://${HOST}/`, told: [surveyed, { ...files({ nameservers: [NS], proxies: { https_proxy: 'http://192.0.2.80:3128' } }), durationMs: paceMs }], waitingMs: [{ question: request, ms }] });
    const itself = key({ kind: 'request', url: 'http://192.0.2.80:3128/', address: null, direct: true, attempt: 0 });
    expect(throughProxy(notYetMs)).not.toContain(itself);
    expect(throughProxy(nowMs)).toContain(itself);
  });

  test('waits for the name where the same request without a look-up has its answer: the name is looked up again', () => {
    const pinned = told({ ...request, address: A }, httpFact('response', 200));
    const lookup = key({ kind: 'resolve', name: HOST, attempt: 1 });
    const base: Setting = { to: `https://${HOST}/`, told: [...place(20), ...named, connects(A, 443, 'connected')], waitingMs: [{ question: request, ms: 1200 }] };
    expect(askedEarly(base)).not.toContain(lookup);
    expect(askedEarly({ ...base, told: [...(base.told ?? []), pinned] })).toContain(lookup);
  });
});

describe('a connect that was slow by a retransmission', () => {
  const having = (elapsedMs: number): readonly string[] =>
    askedEarly({ to: `https://${HOST}/`, told: [...place(20), ...named, connects(A, 443, 'connected'), connects(A, 443, 'connected', { attempt: 1, elapsedMs })] });

  test('is followed by more connects and echoes at once', () => {
    expect(having(1020)).toEqual(expect.arrayContaining([key(connect(5)), key(connect(9)), key(manyPings)]));
  });

  test.each(LATE_AT)('so is one that goes on where another has connected: after $nowMs ms and the other\'s time, with commands of $paceMs ms', ({ paceMs, notYetMs, nowMs }) => {
    const waiting = (ms: number): readonly string[] =>
      askedEarly({ to: `https://${HOST}/`, told: [...place(paceMs), ...named, connects(A, 443, 'connected', { elapsedMs: 30 })], waitingMs: [{ question: connect(2), ms: 30 + ms }] });
    expect(waiting(notYetMs)).not.toContain(key(connect(5)));
    expect(waiting(nowMs)).toEqual(expect.arrayContaining([key(connect(5)), key(connect(9)), key(manyPings)]));
  });

  test('not so one that was slow by anything else', () => {
    expect(having(500)).not.toContain(key(connect(5)));
    expect(having(500)).not.toContain(key(manyPings));
  });
});

describe('a connect that was refused', () => {
  const base: Setting = { to: `https://${HOST}/`, told: [...place(20), ...named, connects(A, 443, 'refused')], contrasts: [NODE] };

  test('is asked for again, everywhere, with other ports and what others know of the name and of a proxy', () => {
    expect(askedEarly(base)).toEqual(expect.arrayContaining([
      key(connect(1)), key(connect(6)), key(connect(0, 80)), key({ kind: 'ping', address: A }), key(connect(0), NODE.id), key({ kind: 'resolve', name: HOST }, NODE.id), key({ kind: 'files' }, NODE.id),
    ]));
  });

  test('and by those who have a proxy, through it', () => {
    const at = (proxies: Readonly<Record<string, string>>): readonly string[] => askedEarly({ ...base, told: [...(base.told ?? []), { ...files({ nameservers: [NS], proxies }), vantage: NODE.id }] });
    expect(at({ https_proxy: 'http://192.0.2.80:3128' })).toContain(key(request, NODE.id));
    expect(at({})).not.toContain(key(request, NODE.id));
  });

  test('is no matter where another address connects, or where a proxy stands between', () => {
    const other = '203.0.113.11';
    const connected = [...place(20), resolves(HOST, [A, other]), says(NS, HOST, [A, other]), connects(A, 443, 'refused'), connects(other, 443, 'connected')];
    expect(askedEarly({ ...base, told: connected })).not.toContain(key(connect(0), NODE.id));
    const [surveyed] = place(20);
    if (surveyed === undefined) throw new Error('a place has a survey');
    const proxied = [surveyed, files({ nameservers: [NS], proxies: { https_proxy: 'http://192.0.2.80:3128' } }), ...named, connects(A, 443, 'refused')];
    expect(askedEarly({ ...base, told: proxied })).not.toContain(key(connect(0), NODE.id));
  });
});
