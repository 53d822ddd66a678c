import { describe, expect, test } from 'vitest';
import type { CommandOutput } from '../../src/domain/command.ts';
import type { Dialect } from '../../src/domain/dialect.ts';
import type { Fact } from '../../src/domain/facts.ts';
import { askDialects } from '../../src/probes/ask-dialects.ts';
import { unavailable } from '../../src/probes/probe.ts';
import { runAndParse } from '../../src/probes/run-command.ts';
import { pingDialects } from '../../src/tools/ping-dialects.ts';
import type { Reply } from '../fakes/scripted-vantage.ts';
import { loadFixture } from '../tools/fixture.ts';
import { pings } from '../tree/facts.ts';
import { context } from './context.ts';

const QUESTION = { kind: 'ping', address: '203.0.113.10' } as const;
const PING: Fact = pings(QUESTION.address, 3).facts[0] ?? unavailable('no-tool', '');

/** Understands `fine`, and nothing else. */
function parse(output: CommandOutput): readonly Fact[] {
  return [output.stdout.includes('fine') ? PING : unavailable('not-understood', output.stdout.trim() || output.stderr.trim())];
}

function dialect(id: string, more: Partial<Dialect<'ping'>> = {}): Dialect<'ping'> {
  return { id, tool: id, implementation: id, argv: ({ address }) => [id, address], parse, ...more };
}

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => dialect(id)) as [Dialect<'ping'>, Dialect<'ping'>, Dialect<'ping'>, Dialect<'ping'>];
const ALL = { a: 'a', b: 'b', c: 'c', d: 'd' };
const says = (replies: Readonly<Record<string, Reply>>) => (argv: readonly string[]): Reply | null => replies[argv[0] ?? ''] ?? null;

describe('one question, several ways to ask it', () => {
  test('the first way that gives an answer is the only one', async () => {
    const given = context(ALL, says({ a: { out: ['fine'] }, b: { out: ['fine'] } }));
    const finding = await askDialects([a, b], QUESTION, given);
    expect(finding).toMatchObject({ dialect: 'a', facts: [PING], command: ['a', QUESTION.address], lines: ['fine'] });
    expect(given.vantage.ran).toHaveLength(1);
  });

  test('what is not understood, not permitted or not there hands over to the next', async () => {
    for (const bad of [{ out: ['gibberish'] }, { failure: 'not-permitted' as const }, { failure: 'no-such-command' as const }]) {
      const finding = await askDialects([a, b], QUESTION, context(ALL, says({ a: bad, b: { out: ['fine'] } })));
      expect(finding.dialect).toBe('b');
    }
  });

  test('a program that is not permitted is not tried with other options', async () => {
    const given = context(ALL, says({ a: { failure: 'not-permitted' }, b: { out: ['fine'] } }));
    expect((await askDialects([a, { ...c, id: 'a-slow', tool: 'a', implementation: 'a' }, b], QUESTION, given)).dialect).toBe('b');
    expect(given.vantage.ran.map(({ argv }) => argv[0])).toEqual(['a', 'b']);
  });

  test('a busybox without fractions is asked again without them', async () => {
    const [complains, answers] = ['busybox--invalid-number', 'busybox--ok'].map((name) =>
      loadFixture(new URL(`../tools/ping/fixtures/${name}.out`, import.meta.url)).output.lines.map(({ text }) => text));
    const given = context({ ping: 'busybox' }, (argv): Reply => (argv.includes('-i') ? { err: complains ?? [], exitCode: 1 } : { out: answers ?? [] }));
    const finding = await askDialects(pingDialects, { kind: 'ping', address: '10.77.3.2' }, given);
    expect(finding).toMatchObject({ dialect: 'ping-busybox-slow', command: ['ping', '-c', '2', '-W', '1', '10.77.3.2'], facts: [{ kind: 'ping', received: 3 }] });
  });

  test('three ways are tried, and no more; the first one\'s words are kept', async () => {
    const given = context(ALL, says({ a: { err: ['first words'] }, b: {}, c: {}, d: { out: ['fine'] } }));
    const finding = await askDialects([a, b, c, d], QUESTION, given);
    expect(given.vantage.ran.map(({ argv }) => argv[0])).toEqual(['a', 'b', 'c']);
    expect(finding).toMatchObject({ dialect: 'a', lines: ['first words'], facts: [{ kind: 'unavailable', reason: 'not-understood', detail: 'first words' }] });
  });

  test('a way that cannot ask this very question costs no try', async () => {
    const cannot = ['x', 'y', 'z'].map((id) => dialect(id, { argv: () => null }));
    const given = context({ ...ALL, x: 'x', y: 'y', z: 'z' }, says({ a: { out: ['fine'] } }));
    expect((await askDialects([...cannot, a], QUESTION, given)).dialect).toBe('a');
  });

  test('another program of the same name is not asked', async () => {
    const given = context({ a: 'unknown', b: 'b' }, says({ a: { out: ['fine'] }, b: { out: ['fine'] } }));
    expect((await askDialects([a, b], QUESTION, given)).dialect).toBe('b');
  });

  test('without any tool nothing runs, and the tools looked for are named', async () => {
    const given = context({}, () => ({ out: ['fine'] }));
    const finding = await askDialects([a, b], QUESTION, given);
    expect(given.vantage.ran).toEqual([]);
    expect(finding.facts).toEqual([unavailable('no-tool', 'a, b')]);
  });

  test('after a time limit the same silence is not waited for again', async () => {
    const given = context(ALL, says({ a: { failure: 'timed-out' }, b: { out: ['fine'] } }));
    const finding = await askDialects([a, b], QUESTION, given);
    expect(given.vantage.ran).toHaveLength(1);
    expect(finding.facts[0]).toMatchObject({ kind: 'unavailable', reason: 'timed-out' });
  });

  test('a question that is cancelled goes no further', async () => {
    const stop = new AbortController();
    const given = context(ALL, (argv) => {
      stop.abort();
      return argv[0] === 'a' ? {} : { out: ['fine'] };
    }, stop.signal);
    const finding = await askDialects([a, b], QUESTION, given);
    expect(given.vantage.ran).toHaveLength(1);
    expect(finding.facts[0]).toMatchObject({ kind: 'unavailable', reason: 'cancelled' });
  });

  test('what the dialect says on standard input is given', async () => {
    const given = context(ALL, says({ a: { out: ['fine'] } }));
    await askDialects([{ ...a, stdin: 'QUIT\n' }], QUESTION, given);
    expect(given.vantage.ran[0]?.spec).toMatchObject({ stdin: 'QUIT\n', timeoutMs: 2000 });
  });
});

describe('a command', () => {
  test('is shown with its lines as they come, and its end', async () => {
    const given = context({}, () => ({ out: ['one', 'two'], err: ['three'] }));
    await runAndParse(given, 'a', { argv: ['a'], timeoutMs: 1000 }, parse);
    expect(given.shown.started).toEqual([['a']]);
    expect(given.shown.lines.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(given.shown.ended).toEqual(['c1']);
  });

  test('that was cut short still proves what it had said', async () => {
    const finding = await runAndParse(context({}, () => ({ out: ['fine'], failure: 'timed-out' })), 'a', { argv: ['a'], timeoutMs: 1000 }, parse);
    expect(finding.facts).toEqual([PING]);
  });

  test('that was cut short before it said anything is unavailable for its time limit, not for its words', async () => {
    const finding = await runAndParse(context({}, () => ({ out: ['hal'], failure: 'timed-out', detail: 'ended after 1 s' })), 'a', { argv: ['a'], timeoutMs: 1000 }, parse);
    expect(finding.facts).toEqual([unavailable('timed-out', 'ended after 1 s')]);
    expect(finding.lines).toEqual(['hal']);
  });

  test('of a lost place proves nothing, whatever came before', async () => {
    for (const failure of ['vantage-lost', 'cancelled', 'not-permitted', 'no-such-command'] as const) {
      const finding = await runAndParse(context({}, () => ({ out: ['fine'], failure })), 'a', { argv: ['a'], timeoutMs: 1000 }, parse);
      expect(finding.facts).toHaveLength(1);
      expect(finding.facts[0]?.kind).toBe('unavailable');
    }
  });
});
