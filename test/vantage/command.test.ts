import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OutputLine } from '../../src/domain/command.ts';
import type { Vantage, VantageIdentity } from '../../src/domain/vantage.ts';
import { composeArgv } from '../../src/domain/shell-words.ts';
import { createCommandVantage } from '../../src/vantage/command.ts';
import { MAX_OUTPUT_LENGTH } from '../../src/vantage/output-collector.ts';

const IDENTITY: VantageIdentity = {
  id: 'target', role: 'target', kind: 'via', name: 'test', node: null, pod: null, relation: 'self', prefix: [],
};
const TOOLS = { kind: 'tools', tools: { sh: 'sh', timeout: 'coreutils' }, versions: {} } as const;
const never = (): AbortSignal => new AbortController().signal;
const run = (vantage: Vantage, argv: readonly string[], timeoutMs = 10_000, stdin?: string): ReturnType<Vantage['run']> =>
  vantage.run({ argv, timeoutMs, ...(stdin === undefined ? {} : { stdin }) }, { signal: never() });

/** A `sleep` time that no other process on this machine has. */
let sleeps = 0;
const uniqueSleep = (): string => `3${String(process.pid).padStart(7, '0')}.${String((sleeps += 1))}`;

function processesWith(argument: string): readonly string[] {
  return readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(argument);
    } catch {
      return false;
    }
  });
}

/** Behaves as ssh does: joins its arguments for a shell, in a session that does not end with it. */
function fakeFarEnd(name: string, body: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'vantage-')), name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
}
/** Its first argument is the host. */
const fakeSsh = (): string => fakeFarEnd('ssh', `shift\necho 'Welcome to n3' >&2\nsetsid sh -c "$*" &\nwait $!`);
const fakeExec = (): string => fakeFarEnd('enter', `setsid "$@" &\nwait $!`);

async function cancelWhenRunning(vantage: Vantage, argv: readonly string[], argument: string): Promise<string | null> {
  const controller = new AbortController();
  const result = vantage.run({ argv, timeoutMs: 60_000 }, { signal: controller.signal });
  await expect.poll(() => processesWith(argument).length, { timeout: 5_000 }).toBeGreaterThan(0);
  controller.abort();
  const { failure } = await result;
  await vantage.close();
  return failure;
}

describe('on this machine', () => {
  const here = (): Vantage => createCommandVantage(IDENTITY, []);

  test('output, status and input of a command come back', async () => {
    const result = await run(here(), ['sh', '-c', 'cat; echo problem >&2; exit 7'], 10_000, 'hello\n');
    expect(result).toMatchObject({ exitCode: 7, failure: null, stdout: 'hello\n', stderr: 'problem\n' });
    expect(result.lines.map(({ stream, text }) => `${stream}:${text}`).sort()).toEqual(['stderr:problem', 'stdout:hello']);
  });

  test('without input, standard input is empty and not the terminal', async () => {
    expect(await run(here(), ['cat'])).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('a host name with shell characters stays one argument', async () => {
    expect(await run(here(), ['printf', '%s|', '$(id); `id`', "it's"])).toMatchObject({ stdout: "$(id); `id`|it's|" });
  });

  test('lines are given out as they come, clean', async () => {
    const lines: OutputLine[] = [];
    const spec = { argv: ['printf', '\\033[31mred\\033[0m\\n\\033]0;title\\007text'], timeoutMs: 5_000 };
    await here().run(spec, { signal: never(), onLine: (line) => lines.push(line) });
    expect(lines.map((line) => line.text)).toEqual(['red', 'text']);
  });

  test('the C locale is asked for', async () => {
    expect(await run(here(), ['sh', '-c', 'echo "$LC_ALL"'])).toMatchObject({ stdout: 'C\n' });
  });

  test('a program that is not there is no-such-command, one that may not run is not-permitted', async () => {
    expect(await run(here(), ['no-such-program-here'])).toMatchObject({ exitCode: null, failure: 'no-such-command' });
    expect(await run(here(), ['/etc/passwd'])).toMatchObject({ exitCode: null, failure: 'not-permitted' });
  });

  test('status 127 of a command that ran is its own status', async () => {
    expect(await run(here(), ['sh', '-c', 'no-such-program-here'])).toMatchObject({ exitCode: 127, failure: null });
  });

  test('a crash is a status, as shells give it', async () => {
    expect(await run(here(), ['sh', '-c', 'kill -SEGV $$'])).toMatchObject({ exitCode: 139, failure: null });
  });

  test('output without an end is bounded, and says so', async () => {
    const result = await run(here(), ['sh', '-c', 'yes | head -c 5000000']);
    expect(result.stdout.length).toBeLessThanOrEqual(MAX_OUTPUT_LENGTH);
    expect(result.detail).toContain('dropped');
    // Its status 0 speaks of an end that nobody read.
    expect(result).toMatchObject({ exitCode: null, failure: 'too-much-output' });
  });

  test('after the time limit no process of the command is left', async () => {
    const time = uniqueSleep();
    const vantage = here();
    const result = await run(vantage, ['sh', '-c', 'echo begun; sleep "$1" & sleep "$1"', 'sh', time], 1_000);
    expect(result).toMatchObject({ exitCode: null, failure: 'timed-out', stdout: 'begun\n' });
    await vantage.close();
    expect(processesWith(time)).toEqual([]);
  });

  test('after cancelling no process is left, not even one that ignores TERM', async () => {
    const time = uniqueSleep();
    const failure = await cancelWhenRunning(here(), ['sh', '-c', 'trap "" TERM; sleep "$1"; sleep "$1"', 'sh', time], time);
    expect(failure).toBe('cancelled');
    expect(processesWith(time)).toEqual([]);
  });

  test('what was cancelled before it began is never started', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'vantage-')), 'made');
    const result = await here().run({ argv: ['touch', file], timeoutMs: 1_000 }, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ failure: 'cancelled', lines: [] });
    await run(here(), ['sleep', '0.2']);
    expect(existsSync(file)).toBe(false);
  });
});

describe('behind a prefix', () => {
  test('a prefix that does not exist is the place lost, not the command missing', async () => {
    const vantage = createCommandVantage(IDENTITY, ['no-such-prefix']);
    expect(await run(vantage, ['sh', '-c', 'true'])).toMatchObject({ failure: 'vantage-lost', detail: 'no-such-prefix: no such program' });
  });

  test('a prefix that starts but cannot enter is the place lost, in its own words', async () => {
    const vantage = createCommandVantage(IDENTITY, [fakeFarEnd('enter', 'echo "no such container: app" >&2; exit 1')]);
    expect(await run(vantage, ['sh', '-c', 'true'])).toMatchObject({ failure: 'vantage-lost', detail: 'no such container: app' });
  });

  test('a prefix that succeeds without running the command is the place lost, never success', async () => {
    expect(await run(createCommandVantage(IDENTITY, ['true']), ['sh', '-c', 'true'])).toMatchObject({ exitCode: null, failure: 'vantage-lost' });
  });

  test.each([['with nothing known', null], ['wrapped', TOOLS]])('a missing command inside is no-such-command (%s)', async (_, tools) => {
    const vantage = createCommandVantage(IDENTITY, ['env']);
    if (tools !== null) vantage.learn?.(tools);
    expect(await run(vantage, ['no-such-program-here'])).toMatchObject({ exitCode: null, failure: 'no-such-command' });
    expect(await run(vantage, ['/etc/passwd'])).toMatchObject({ exitCode: null, failure: 'not-permitted' });
  });

  test('the process id and the banner are not output of the command', async () => {
    const result = await run(createCommandVantage(IDENTITY, [fakeSsh(), 'n3']), ['sh', '-c', 'echo out; echo err >&2']);
    expect(result).toMatchObject({ exitCode: 0, stdout: 'out\n', stderr: 'err\n' });
  });

  test('arguments pass ssh as they are, whatever they contain', async () => {
    const hostile = `a b'c"d$(id)\`id\`;|&*?~\\`;
    const vantage = createCommandVantage(IDENTITY, [fakeSsh(), 'n3']);
    vantage.learn?.(TOOLS);
    expect(await run(vantage, ['printf', '%s', hostile])).toMatchObject({ exitCode: 0, stdout: hostile });
    expect(composeArgv(['ssh', 'a', 'ssh', 'b'], ["it's"])).toEqual(['ssh', 'a', 'ssh', 'b', `''\\''it'\\''\\'\\'''\\''s'\\'''`]);
    expect(composeArgv(['docker', 'exec', 'app'], ["it's"])).toEqual(['docker', 'exec', 'app', "it's"]);
  });

  test.each([
    ['a session of its own', (): string[] => [fakeExec()], true],
    ['a session of its own, before the survey', (): string[] => [fakeExec()], false],
    ['ssh', (): string[] => [fakeSsh(), 'n3'], true],
    ['a prefix that becomes the command', (): string[] => ['env'], true],
  ])('after cancelling nothing is left at the far end: %s', async (_, prefix, isSurveyed) => {
    const time = uniqueSleep();
    const vantage = createCommandVantage(IDENTITY, prefix());
    if (isSurveyed) vantage.learn?.(TOOLS);
    const argv = isSurveyed ? ['sleep', time] : ['sh', '-c', 'sleep "$1"; true', 'sh', time];
    expect(await cancelWhenRunning(vantage, argv, time)).toBe('cancelled');
    expect(processesWith(time)).toEqual([]);
  });

  test.skipIf(process.getuid?.() !== 0)('after cancelling nothing is left in a network namespace (needs root)', async () => {
    const name = `vantage-${String(process.pid)}`;
    const here = createCommandVantage(IDENTITY, []);
    expect(await run(here, ['ip', 'netns', 'add', name])).toMatchObject({ exitCode: 0 });
    const vantage = createCommandVantage(IDENTITY, ['ip', 'netns', 'exec', name]);
    vantage.learn?.(TOOLS);
    expect(await run(vantage, ['no-such-program-here'])).toMatchObject({ failure: 'no-such-command' });
    const time = uniqueSleep();
    expect(await cancelWhenRunning(vantage, ['sleep', time], time)).toBe('cancelled');
    expect(processesWith(time)).toEqual([]);
    await run(here, ['ip', 'netns', 'delete', name]);
    expect(await run(vantage, ['sleep', '1'])).toMatchObject({ failure: 'vantage-lost' });
  });

  test('cancelling before the far end has answered still ends what starts later', async () => {
    const time = uniqueSleep();
    const slow = fakeFarEnd('enter', `sleep 0.3; setsid "$@" & wait $!`);
    const vantage = createCommandVantage(IDENTITY, [slow]);
    vantage.learn?.(TOOLS);
    const controller = new AbortController();
    const result = vantage.run({ argv: ['sleep', time], timeoutMs: 60_000 }, { signal: controller.signal });
    controller.abort();
    expect(await result).toMatchObject({ failure: 'cancelled' });
    await vantage.close();
    expect(processesWith(time)).toEqual([]);
  });
});

describe('a channel', () => {
  test('carries bytes both ways, keeps standard error, and ends with the command', async () => {
    const vantage = createCommandVantage(IDENTITY, ['env']);
    vantage.learn?.(TOOLS);
    const errors: string[] = [];
    const argv = ['sh', '-c', 'echo hello >&2; head -c 4'];
    const channel = vantage.openChannel({ argv, timeoutMs: 5_000 }, { signal: never(), onLine: (line) => errors.push(line.text) });
    channel.write(Uint8Array.of(0, 27, 255, 10));
    const received: number[] = [];
    for await (const bytes of channel.output) received.push(...bytes);
    expect(received).toEqual([0, 27, 255, 10]);
    expect(errors).toEqual(['hello']);
    expect(await channel.result).toMatchObject({ exitCode: 0, stdout: '', stderr: 'hello\n' });
  });

  test('closing it ends the command', async () => {
    const time = uniqueSleep();
    const vantage = createCommandVantage(IDENTITY, [fakeExec()]);
    vantage.learn?.(TOOLS);
    const channel = vantage.openChannel({ argv: ['sleep', time], timeoutMs: 60_000 }, { signal: never() });
    await expect.poll(() => processesWith(time).length, { timeout: 5_000 }).toBeGreaterThan(0);
    channel.close();
    expect(await channel.result).toMatchObject({ failure: 'cancelled' });
    await vantage.close();
    expect(processesWith(time)).toEqual([]);
  });
});
