import { describe, expect, test } from 'vitest';
import type { ToolsFact } from '../../../src/domain/facts.ts';
import { fallbackSurveys } from '../../../src/tools/survey/fallback-surveys.ts';
import { busyboxArgv } from '../../../src/tools/survey/busybox.ts';
import { implementationOf } from '../../../src/tools/survey/implementations.ts';
import { SURVEYED_TOOLS } from '../../../src/tools/survey/script.ts';
import { parseFirstLook, parseSurvey } from '../../../src/tools/survey/survey.ts';
import { boundedArgv } from '../../../src/tools/survey/timeout.ts';
import { loadFixtures, parseFixture } from '../fixture.ts';

const fixtures = loadFixtures(new URL('./fixtures/', import.meta.url));

function toolsOf(name: string): ToolsFact {
  const fact = fixtures.filter((fixture) => fixture.name === `survey--${name}`).flatMap(({ output }) => parseSurvey(output))[0];
  return fact?.kind === 'tools' ? fact : { kind: 'tools', tools: {}, versions: {} };
}

describe.each(fixtures)('$name', ({ output, expected }) => {
  test('lists the tools and what they are', () => {
    expect(parseSurvey(output)).toEqual(expected);
  });

  test('is unavailable when it was cut short', () => {
    const cut = { ...output, stdout: output.stdout.slice(0, -25) };
    expect(parseSurvey(cut)).toEqual([expect.objectContaining({ kind: 'unavailable' })]);
  });
});

test('a Debian image without network tools offers bash and perl', () => {
  const { tools } = toolsOf('debian-without-tools');
  expect([tools['bash'], tools['perl'], tools['timeout'], tools['curl'], tools['nc']]).toEqual(['bash', 'perl', 'coreutils', undefined, undefined]);
});

test('the names of a busybox image are known to be busybox', () => {
  const { tools } = toolsOf('busybox-image');
  expect([tools['nc'], tools['wget'], tools['ping'], tools['nslookup'], tools['timeout']]).toEqual(Array(5).fill('busybox'));
});

test('applets without links are called through busybox, linked ones by their name', () => {
  expect(busyboxArgv(toolsOf('busybox-without-links'), 'nc', ['-w', '4'])).toEqual(['busybox', 'nc', '-w', '4']);
  expect(busyboxArgv(toolsOf('busybox-image'), 'nc', ['-w', '4'])).toEqual(['nc', '-w', '4']);
});

test('each timeout gets its limit in its own words, and none is invented', () => {
  const having = (timeout: string): ToolsFact => ({ kind: 'tools', tools: { timeout }, versions: {} });
  expect(boundedArgv(having('coreutils'), 3500, ['telnet'])).toEqual(['timeout', '3.5', 'telnet']);
  expect(boundedArgv(having('busybox'), 3500, ['telnet'])).toEqual(['timeout', '4', 'telnet']);
  expect(boundedArgv(having('busybox-t'), 3500, ['telnet'])).toEqual(['timeout', '-t', '4', 'telnet']);
  expect(boundedArgv({ kind: 'tools', tools: {}, versions: {} }, 3500, ['telnet'])).toBeNull();
});

test('a tool that says nothing known is unknown, never a guess', () => {
  expect(implementationOf('nc', 'usage: nc whatever')).toBe('unknown');
  expect(implementationOf('ping', '')).toBe('unknown');
});

test('without a shell, single commands add what they prove and failures add nothing', () => {
  const empty: ToolsFact = { kind: 'tools', tools: {}, versions: {} };
  const python = fallbackSurveys.find(({ tool }) => tool === 'python3');
  const { output } = parseFixture('# exit: 0\n# ---\nout: Python 3.11.7\n');
  expect(python?.parse(output, empty).tools).toEqual({ python3: 'python3' });
  expect(python?.parse({ ...output, exitCode: 127 }, empty)).toEqual(empty);
});

describe('a first look', () => {
  const firstLook = (name: string): ReturnType<typeof parseFirstLook> =>
    parseFirstLook(fixtures.find((fixture) => fixture.name === `survey--${name}`)?.output.stdout.split('\n') ?? []);

  test('knows the shells, and the tools that are never something else', () => {
    const look = firstLook('debian-full');
    expect(look?.tools.tools).toMatchObject({ sh: 'sh', bash: 'bash', timeout: 'coreutils', curl: 'curl', perl: 'perl' });
    expect(['sh', 'bash', 'timeout', 'curl', 'perl'].map((tool) => look?.isOpen(tool))).toEqual(Array(5).fill(false));
  });

  test('leaves open what has not been asked yet', () => {
    const look = firstLook('debian-full');
    expect(['nc', 'ping', 'ip', 'wget'].map((tool) => look?.isOpen(tool))).toEqual(Array(4).fill(true));
  });

  test('knows what is not there, unless busybox is', () => {
    expect(firstLook('debian-without-tools')?.isOpen('nc')).toBe(false);
    expect(firstLook('busybox-without-links')?.isOpen('nc')).toBe(true);
    expect(firstLook('busybox-image')?.isOpen('bash')).toBe(true);
  });

  test.each(fixtures)('agrees with the whole survey on all that it does not leave open: $name', ({ output, expected }) => {
    const look = parseFirstLook(output.stdout.split('\n'));
    const whole = expected?.[0];
    if (look === null || whole?.kind !== 'tools') throw new Error('both can be read');
    const settled = SURVEYED_TOOLS.filter((tool) => !look.isOpen(tool));
    expect(settled.length).toBeGreaterThan(0);
    expect(settled.map((tool) => [tool, look.tools.tools[tool]])).toEqual(settled.map((tool) => [tool, whole.tools[tool]]));
  });

  test('is none before its line, and none of other output', () => {
    expect(parseFirstLook(['netdiag-survey 1', 'have sh /bin/sh'])).toBeNull();
    expect(parseFirstLook(['netdiag-survey named'])).toBeNull();
  });
});
