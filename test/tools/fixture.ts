/**
 * Captured outputs of real tools. A fixture is a pair: `<dialect>--<case>.out`, what the tool printed, and
 * `<dialect>--<case>.json`, the facts that must be read from it.
 *
 *     # command: nc -v -z -n -w 3 10.9.0.2 80
 *     # exit: 0
 *     # tool: OpenBSD netcat (Debian patchlevel 1.219-1)
 *     # duration-ms: 7
 *     # ---
 *     err: Connection to 10.9.0.2 80 port [tcp/*] succeeded!
 *
 * Lines stand in order of arrival. `out@12: text` says that the line arrived 12 ms after the start; without it, 0 ms.
 * `exit: none` is a command that was ended before it gave a status; `duration-ms` is optional.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { CommandOutput, OutputLine } from '../../src/domain/command.ts';
import type { Fact } from '../../src/domain/facts.ts';

export interface Fixture {
  /** File name without its ending: `openbsd--refused`. */
  readonly name: string;
  /** The part before `--`. */
  readonly dialect: string;
  readonly command: string;
  readonly tool: string;
  readonly output: CommandOutput;
  /** null when there is no .json beside it. */
  readonly expected: readonly Fact[] | null;
}

/** All fixtures of a folder, by name: `loadFixtures(new URL('./fixtures/', import.meta.url))`. */
export function loadFixtures(folder: URL): readonly Fixture[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.out'))
    .sort()
    .map((file) => loadFixture(new URL(file, folder)));
}

export function loadFixture(file: URL): Fixture {
  const name = decodeURIComponent(file.pathname.split('/').at(-1) ?? '').replace(/\.out$/u, '');
  const json = new URL(file.href.replace(/\.out$/u, '.json'));
  return {
    name,
    dialect: name.split('--')[0] ?? name,
    ...parseFixture(readFileSync(file, 'utf8')),
    expected: existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as Fact[]) : null,
  };
}

export function parseFixture(text: string): Pick<Fixture, 'command' | 'tool' | 'output'> {
  const [head = '', body = ''] = splitOnce(text, '# ---\n');
  const header = (name: string): string | null => new RegExp(`^# ${name}: (.*)$`, 'mu').exec(head)?.[1] ?? null;
  const lines = body.split('\n').flatMap(parseLine);
  const textOf = (stream: OutputLine['stream']): string =>
    lines.filter((line) => line.stream === stream).map((line) => `${line.text}\n`).join('');
  const exit = header('exit') ?? 'none';
  return {
    command: header('command') ?? '',
    tool: header('tool') ?? '',
    output: {
      exitCode: /^\d+$/u.test(exit) ? Number(exit) : null,
      stdout: textOf('stdout'),
      stderr: textOf('stderr'),
      lines,
      durationMs: Number(header('duration-ms') ?? lines.at(-1)?.atMs ?? 0),
    },
  };
}

function parseLine(line: string): readonly OutputLine[] {
  const match = /^(out|err)(?:@(\d+))?:(?: (.*))?$/u.exec(line);
  if (match === null) return [];
  return [{ stream: match[1] === 'out' ? 'stdout' : 'stderr', text: match[3] ?? '', atMs: Number(match[2] ?? 0) }];
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
