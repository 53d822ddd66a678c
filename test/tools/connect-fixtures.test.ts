import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { connectDialects } from '../../src/tools/connect-dialects.ts';
import { loadFixtures, parseFixture } from './fixture.ts';

const FOLDERS = ['bash', 'curl-connect', 'nc', 'node', 'perl', 'python3', 'socat', 'telnet'];
const OUTCOME_OF_CASE: Readonly<Record<string, string>> = {
  connected: 'connected',
  'connected-ipv6': 'connected',
  refused: 'refused',
  'refused-ipv6': 'refused',
  timeout: 'timeout',
  'host-unreachable': 'host-unreachable',
  prohibited: 'host-unreachable',
  'network-unreachable': 'network-unreachable',
  'not-permitted': 'not-permitted',
  'name-not-resolved': 'name-not-resolved',
};

const fixtures = FOLDERS.map((folder) => new URL(`./${folder}/fixtures/`, import.meta.url))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => loadFixtures(folder))
  .filter((fixture) => connectDialects.some((dialect) => dialect.id === fixture.dialect));

describe.each(fixtures)('$name', ({ name, dialect: id, output, expected }) => {
  const dialect = connectDialects.find((candidate) => candidate.id === id);

  test('is read as what happened on the network', () => {
    const facts = dialect?.parse(output) ?? [];
    expect(facts).toEqual(expected);
    expect(facts.map((fact) => (fact.kind === 'connect' ? fact.outcome : fact.kind))).toEqual([OUTCOME_OF_CASE[name.split('--')[1] ?? '']]);
  });

  test('cut off anywhere, it is never read as connected when it was not', () => {
    for (let count = 0; count < output.lines.length; count += 1) {
      const facts = dialect?.parse({ ...output, exitCode: null, lines: output.lines.slice(0, count) }) ?? [];
      const claims = facts.some((fact) => fact.kind === 'connect' && fact.outcome === 'connected');
      expect(claims && !name.includes('--connected')).toBe(false);
    }
  });
});

test('every dialect reads silence as unavailable, whatever the exit status', () => {
  for (const exitCode of [0, 1, null]) {
    const { output } = parseFixture('# ---\n');
    for (const dialect of connectDialects) {
      expect(dialect.parse({ ...output, exitCode })).toEqual([expect.objectContaining({ kind: 'unavailable' })]);
    }
  }
});

test('a UDP port that nc calls succeeded is no connection', () => {
  const { output } = parseFixture('# ---\nerr: Connection to 10.72.0.2 53 port [udp/domain] succeeded!\n');
  const dialect = connectDialects.find((candidate) => candidate.id === 'nc-openbsd');
  expect(dialect?.parse(output)).toEqual([expect.objectContaining({ kind: 'unavailable' })]);
});
