/** When the explanation of a silence is asked for: before the silence is over, and at a slow place not too soon. */
import { describe, expect, test } from 'vitest';
import { askedKey, type Question } from '../../src/domain/question.ts';
import { walk } from '../../src/tree/walk.ts';
import { connects, files, interfaces, pings, resolves, routes, says, tools, traces } from './facts.ts';
import { askedEarly, contrast, key, situation, type Setting } from './situation.ts';

const A = '203.0.113.10';
const HOST = 'db.example.com';
const NS = '192.0.2.53';
const connect = (attempt: number): Question => ({ kind: 'connect', address: A, port: 5432, attempt });
const trace: Question = { kind: 'trace', address: A, port: 5432 };
const neighboursAgain: Question = { kind: 'neighbours', again: true };

function surveyed(durationMs: number): Setting['told'] {
  return [{ ...tools('nc', 'traceroute', 'ping'), durationMs }, files({ nameservers: [NS] })];
}

describe('a trace is asked for', () => {
  const afterMs = (surveyMs: number, ms: number, to = `tcp://${HOST}:5432`): boolean =>
    askedEarly({ to, told: [...(surveyed(surveyMs) ?? []), resolves(HOST, [A]), says(NS, HOST, [A])], waitingMs: [{ question: connect(0), ms }] }).includes(key(trace));

  test.each([
    { surveyMs: 20, notYetMs: 149, nowMs: 150 },
    { surveyMs: 250, notYetMs: 249, nowMs: 250 },
    { surveyMs: 4000, notYetMs: 399, nowMs: 400 },
  ])('once a connect waits for longer than a survey of $surveyMs ms, within limits', ({ surveyMs, notYetMs, nowMs }) => {
    expect(afterMs(surveyMs, notYetMs)).toBe(false);
    expect(afterMs(surveyMs, nowMs)).toBe(true);
  });

  test('that long after the survey, where a connect waits for the survey as well', () => {
    expect(afterMs(200, 399, `tcp://${A}:5432`)).toBe(false);
    expect(afterMs(200, 400, `tcp://${A}:5432`)).toBe(true);
  });
});

describe('further tries', () => {
  const base: Setting = { to: `tcp://${HOST}:5432`, told: [...(surveyed(100) ?? []), resolves(HOST, [A]), says(NS, HOST, [A])] };

  test('wait until the trace has had a start', () => {
    const waiting = (ms: number): Setting => ({ ...base, waitingMs: [{ question: connect(0), ms: 500 }, { question: trace, ms }] });
    expect(askedEarly(waiting(119))).not.toContain(key(connect(1)));
    expect(askedEarly(waiting(120))).toContain(key(connect(1)));
  });

  test('do not wait for a trace that is over', () => {
    const setting: Setting = { ...base, told: [...(base.told ?? []), traces(A, 5432, [null, null])], waitingMs: [{ question: connect(0), ms: 500 }] };
    expect(askedEarly(setting)).toContain(key(connect(4)));
  });
});

describe('a trace one hop at a time, for a router that sends few errors', () => {
  const unheard: Setting = { to: `tcp://${HOST}:5432`, told: [...(surveyed(100) ?? []), resolves(HOST, [A]), says(NS, HOST, [A]), interfaces(), routes(), connects(A, 5432, 'host-unreachable')] };
  const sparing = key({ ...trace, sparing: true });
  const needs = (ms: number): readonly string[] => walk(situation({ ...unheard, waitingMs: [{ question: trace, ms }] })).needs.map(askedKey);

  test('is asked for at once where none goes on', () => {
    expect(walk(situation(unheard)).needs.map(askedKey)).toContain(sparing);
  });

  test('and beside one that has gone on for a second, which will not hear of it any more', () => {
    expect(needs(999)).not.toContain(sparing);
    expect(needs(1000)).toContain(sparing);
  });
});

describe('what a silence leaves behind', () => {
  const told = [...(surveyed(100) ?? []), resolves(HOST, [A]), says(NS, HOST, [A]), pings(A, 0), traces(A, 5432, [null, null])];
  const node = contrast('node', 'node');
  const waiting = (...ms: readonly number[]): Setting => ({
    to: `tcp://${HOST}:5432`, told, contrasts: [node], waitingMs: ms.map((one, attempt) => ({ question: connect(attempt), ms: one })),
  });

  test('is read while the last try still waits', () => {
    const conntrackAgain = key({ kind: 'conntrack', address: A, attempt: 1 }, node.id);
    expect(askedEarly(waiting(3000, 2600, 2600, 2600, 2499))).not.toContain(key(neighboursAgain));
    expect(askedEarly(waiting(3000, 2600, 2600, 2600, 2499))).not.toContain(conntrackAgain);
    expect(askedEarly(waiting(3000, 2600, 2600, 2600, 2500))).toEqual(expect.arrayContaining([key(neighboursAgain), conntrackAgain]));
  });

  test('and so is whether the places to compare with go through a proxy, for a request', () => {
    const filesThere = key({ kind: 'files' }, node.id);
    expect(askedEarly({ ...waiting(3000, 2600, 2600, 2600, 2600), to: `http://${HOST}:5432/` })).toContain(filesThere);
    expect(askedEarly(waiting(3000, 2600, 2600, 2600, 2600))).not.toContain(filesThere);
  });
});
