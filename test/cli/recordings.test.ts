import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { STORIES } from '../demos/stories.ts';
import { REFUSED_RUN } from '../report/refused-run.ts';
import { KEPT, RECORDINGS } from '../run-file/recordings.ts';
import { call, sessionOf, type Called } from './call.ts';

const RUN = ['run', '-n', 'shop', 'deploy/orders', '--to', 'postgres://db.example'];

let state = '';
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'state-'));
});
afterEach(() => { rmSync(state, { recursive: true }); });

function netdiag(argv: readonly string[], events: readonly RunEvent[] = REFUSED_RUN): Promise<Called> {
  return call(argv, { env: { XDG_STATE_HOME: state }, startSession: sessionOf(events).startSession });
}

function recorded(): readonly string[] {
  return readdirSync(join(state, 'netdiag-tui', 'runs'));
}

describe('recording', () => {
  it('keeps every run, says where, and prints the same again', async () => {
    const live = await netdiag(RUN);
    const [name = ''] = recorded();
    expect(live.stdout).toContain(`Recorded in ${join(state, 'netdiag-tui', 'runs', name)} (netdiag-tui replay r1)`);
    const again = await netdiag(['replay', 'r1', '--to-end']);
    expect(again.exitCode).toBe(live.exitCode);
    expect(live.stdout.startsWith(again.stdout)).toBe(true);
  });

  it('gives the same object from the file as from the run', async () => {
    const live = await netdiag([...RUN, '-o', 'json']);
    const again = await netdiag(['report', '-o', 'json']);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(live.stdout));
    expect(live.stderr).toBe('');
  });

  it('records where it is told to, or nowhere', async () => {
    const file = join(state, 'incident.jsonl');
    await netdiag([...RUN, '--record', file]);
    expect((await netdiag(['replay', file, '-o', 'json'])).exitCode).toBe(1);
    await netdiag([...RUN, '--no-record']);
    expect(readdirSync(state)).toEqual(['incident.jsonl']);
  });

  it('does not run when it cannot record where it was told to', async () => {
    const file = join(state, 'mine.jsonl');
    writeFileSync(file, 'mine');
    expect(await netdiag([...RUN, '--record', file])).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('cannot be written') as string });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(await netdiag([...RUN, '--record', join(state, 'absent', 'a.jsonl')])).toMatchObject({ exitCode: 3 });
    expect(await netdiag([...RUN, '--no-record', '--share'])).toMatchObject({ exitCode: 3 });
  });

  it('runs all the same when its own folder cannot be made, and says so', async () => {
    const file = join(state, 'a-file');
    writeFileSync(file, '');
    const answer = await call(RUN, { env: { XDG_STATE_HOME: file }, startSession: sessionOf(REFUSED_RUN).startSession });
    expect(answer.exitCode).toBe(1);
    expect(answer.stdout).toContain('== Fault found');
    expect(answer.stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('runs', () => {
  it('lists the newest first, with what came of each', async () => {
    await netdiag(RUN);
    writeFileSync(join(state, 'netdiag-tui', 'runs', '20200101T000000Z-broken01.jsonl'), 'nonsense\n');
    const { stdout } = await netdiag(['runs']);
    expect(stdout.split('\n')[1]).toMatch(/^r1 +2026-01-02 03:04:05Z +shop\/orders-6f7c +postgres:\/\/db.example +Fault found: tcp.refused$/u);
    expect(stdout.split('\n')[2]).toMatch(/^broken01 +cannot be read$/u);
    const { runs } = JSON.parse((await netdiag(['runs', '-o', 'json'])).stdout) as { runs: unknown[] };
    expect(runs).toMatchObject([{ id: 'r1', verdict: { cause: 'tcp.refused' } }, { id: 'broken01', verdict: null }]);
  });

  it('says what to do when nothing is recorded', async () => {
    expect(await netdiag(['runs'])).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('netdiag-tui demo') as string });
    expect(await netdiag(['replay'])).toMatchObject({ exitCode: 3 });
    expect(await netdiag(['replay', 'abcdef01'])).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('netdiag-tui runs') as string });
  });
});

describe('replay', () => {
  it.each(RECORDINGS)('of %s gives the recorded verdict, and today’s tree gives it too', async (_name, path) => {
    const concluded = readFileSync(path, 'utf8').split('\n').find((line) => line.startsWith('{"kind":"concluded"'));
    const { conclusion } = JSON.parse(concluded ?? '') as { conclusion: { verdict: { cause: string | null; status: string } } };
    const { status, cause } = conclusion.verdict;
    expect(JSON.parse((await netdiag(['replay', path, '-o', 'json'])).stdout)).toMatchObject({ verdict: { status, cause } });
    const again = await netdiag(['replay', path, '--redecide']);
    expect(again.stdout).toContain('The same verdict.');
    expect(again.exitCode).toBe(0);
  });

  it('shows how the verdict changed when the tree decides otherwise', async () => {
    const [, path = ''] = RECORDINGS.find(([name]) => name.startsWith('expired')) ?? [];
    const other = join(state, 'other.jsonl');
    writeFileSync(other, readFileSync(path, 'utf8').replace(/"cause":"tls.expired"/gu, '"cause":"tls.self-signed"'));
    const { stdout, exitCode } = await netdiag(['replay', other, '--redecide']);
    expect(stdout).toContain('[tls.self-signed]');
    expect(stdout).toContain('The verdict changed.');
    expect(exitCode).toBe(1);
  });

  it('says what today’s tree would ask more', async () => {
    const [, path] = RECORDINGS[0] ?? ['', ''];
    const poor = join(state, 'poor.jsonl');
    writeFileSync(poor, readFileSync(path, 'utf8').split('\n').filter((line) => !line.startsWith('{"kind":"observed"')).join('\n'));
    const { stdout, exitCode } = await netdiag(['replay', poor, '--redecide']);
    expect(stdout).toContain('It asks: ');
    expect(exitCode).toBe(2);
  });

  it('leaves out lines of kinds that came later, and says so', async () => {
    const newer = join(state, 'newer.jsonl');
    writeFileSync(newer, readFileSync(RECORDINGS[0]?.[1] ?? '', 'utf8').replace('{"kind":"run-ended"', '{"kind":"telepathy","atMs":1}\n{"kind":"run-ended"'));
    const { exitCode, stderr } = await netdiag(['replay', newer, '--to-end']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('telepathy (1)');
    expect((await netdiag(['replay', newer, '--to-end', '--lang', 'es'])).stderr).toContain('telepathy (1)');
  });

  it.each(KEPT)('of %s, which a former state of the program made, gives the recorded verdict', async (name, path) => {
    expect(JSON.parse((await netdiag(['replay', path, '-o', 'json'])).stdout)).toMatchObject({ verdict: { cause: `tls.${name.startsWith('expired') ? 'expired' : ''}` } });
  });

  it('names file, line and field of what is wrong, in both languages and as JSON', async () => {
    const bad = join(state, 'bad.jsonl');
    writeFileSync(bad, readFileSync(RECORDINGS[0]?.[1] ?? '', 'utf8').replace('"hasCluster":true', '"hasCluster":"yes"'));
    expect((await netdiag(['replay', bad])).stderr).toContain(`${bad}: line 2, field hasCluster`);
    expect((await netdiag(['report', bad, '--lang', 'es'])).stderr).toContain('línea 2, campo hasCluster');
    expect(JSON.parse((await netdiag(['report', bad, '-o', 'json'])).stdout)).toMatchObject({ error: { code: 'bad-recording' } });
  });
});

describe('--privacy', () => {
  it('prints and records tokens alone, when the run has ended', async () => {
    const answer = await netdiag([...RUN, '--privacy']);
    const file = readFileSync(join(state, 'netdiag-tui', 'runs', recorded()[0] ?? ''), 'utf8');
    expect(answer.exitCode).toBe(1);
    expect(answer.stdout).toContain('namespace-1/pod-1');
    for (const text of [answer.stdout, file]) expect(text).not.toMatch(/orders|shop|db\.example|198\.51\.100|\bn1\b/u);
    expect(answer.stdout).not.toContain(state);
    expect(answer.stderr).toContain('Recorded in');
    const again = await netdiag(['replay', 'r1', '--to-end']);
    expect(again.stdout).toBe(answer.stdout);
  });

  it('makes a recording without names, which can be reported and not be decided again', async () => {
    const [, path = ''] = RECORDINGS.find(([name]) => name.startsWith('expired')) ?? [];
    const copy = join(state, 'copy.jsonl');
    writeFileSync(copy, (await netdiag(['report', path, '-o', 'recording', '--privacy'])).stdout);
    expect(readFileSync(copy, 'utf8')).not.toContain('payments.example');
    expect(JSON.parse((await netdiag(['replay', copy, '-o', 'json'])).stdout)).toMatchObject({ verdict: { cause: 'tls.expired' } });
    expect(await netdiag(['replay', copy, '--redecide'])).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('tokens') as string });
    expect((await netdiag(['report', copy, '-o', 'recording'])).stdout).toBe(readFileSync(copy, 'utf8'));
  });

  it('does not go with what needs names', async () => {
    expect(await netdiag(['replay', RECORDINGS[0]?.[1] ?? '', '--redecide', '--privacy'])).toMatchObject({ exitCode: 3 });
    expect(await netdiag(['run', 'deploy/orders', '--to', 'https://api.example', '--all', '--privacy'])).toMatchObject({ exitCode: 3 });
  });
});

describe('demo', () => {
  const ids = Object.keys(LANGUAGES.en.demos);

  it('tells each story in both languages, and how to play one', async () => {
    for (const language of ['en', 'es'] as const) {
      const { stdout, exitCode } = await netdiag(['demo', '--lang', language]);
      for (const [id, story] of Object.entries(LANGUAGES[language].demos)) expect(stdout).toMatch(new RegExp(`^  ${id} +${story.replace(/[?.()]/gu, '\\$&')}$`, 'mu'));
      expect(exitCode).toBe(0);
    }
  });

  it.each(Object.entries(STORIES))('%s is a recording of the failure that it tells of', async (id, { scenario }) => {
    const { stdout } = await netdiag(['demo', id, '-o', 'json']);
    const { verdict } = JSON.parse(stdout) as { verdict: { status: string; cause: string | null } };
    expect(verdict.cause ?? verdict.status).toBe(scenario.expected);
  });

  it('has a recording for every story, and no other', () => {
    expect(RECORDINGS.map(([name]) => name.replace('.jsonl', '')).sort()).toEqual([...ids].sort());
  });

  it('finds the name that was meant', async () => {
    expect(await netdiag(['demo', 'dns-donw'])).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('dns-down') as string });
  });
});
