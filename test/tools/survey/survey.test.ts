import { describe, expect, test } from 'vitest';
import type { ToolsFact } from '../../../src/domain/facts.ts';
import { fallbackSurveys } from '../../../src/tools/survey/fallback-surveys.ts';
import { busyboxArgv } from '../../../src/tools/survey/busybox.ts';
import { implementationOf } from '../../../src/tools/survey/implementations.ts';
import { parseSurvey } from '../../../src/tools/survey/survey.ts';
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
