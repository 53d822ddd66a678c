/**
 * Runs one command and writes what it printed as a fixture (the format is in fixture.ts):
 *
 *     node test/tools/capture.ts OUT.out "TOOL VERSION LINE" [--stdin TEXT] [--limit-ms N] -- PREFIX... -- COMMAND...
 *
 * PREFIX puts the command into a network namespace (`ip netns exec NAME`) and is not written down.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import process from 'node:process';

interface Line {
  readonly stream: 'out' | 'err';
  readonly atMs: number;
  readonly text: string;
}

const [outFile = '', tool = '', ...rest] = process.argv.slice(2);
const firstDashes = rest.indexOf('--');
const options = rest.slice(0, firstDashes);
const words = rest.slice(firstDashes + 1);
const secondDashes = words.indexOf('--');
const command = words.slice(secondDashes + 1);
const [program = '', ...args] = [...words.slice(0, secondDashes), ...command];
const optionValue = (name: string): string | null => {
  const at = options.indexOf(name);
  return at < 0 ? null : (options[at + 1] ?? null);
};

const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C', LANG: 'C' } });
const started = performance.now();
const lines: Line[] = [];
const pending = { out: '', err: '' };

function collect(stream: 'out' | 'err', chunk: string): void {
  const parts = (pending[stream] + chunk).split('\n');
  pending[stream] = parts.pop() ?? '';
  for (const text of parts) lines.push({ stream, atMs: Math.round(performance.now() - started), text: text.replace(/\r$/u, '') });
}

child.stdout.setEncoding('utf8').on('data', (chunk: string) => { collect('out', chunk); });
child.stderr.setEncoding('utf8').on('data', (chunk: string) => { collect('err', chunk); });
child.stdin.on('error', () => undefined);
child.stdin.end(optionValue('--stdin') ?? '');
const limit = setTimeout(() => child.kill('SIGKILL'), Number(optionValue('--limit-ms') ?? 15_000));
child.on('close', (code) => {
  clearTimeout(limit);
  const durationMs = Math.round(performance.now() - started);
  for (const stream of ['out', 'err'] as const) if (pending[stream] !== '') collect(stream, '\n');
  const head = [
    `# command: ${command.map(quoted).join(' ')}`,
    `# exit: ${code === null ? 'none' : String(code)}`,
    `# tool: ${tool}`,
    `# duration-ms: ${String(durationMs)}`,
    '# ---',
  ];
  const body = lines.map((line) => `${line.stream}@${String(line.atMs)}: ${line.text}`);
  writeFileSync(outFile, `${[...head, ...body].join('\n')}\n`);
});

/** For the eye only: one line, so a script's text is shown with its line ends escaped. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/u.test(word) ? word : `'${word.replaceAll('\n', '\\n').replaceAll("'", `'\\''`)}'`;
}
