import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import process from 'node:process';
import { expect, test } from 'vitest';
import type { CommandOutput, OutputLine } from '../../src/domain/command.ts';
import type { ToolsFact } from '../../src/domain/facts.ts';
import { connectDialects } from '../../src/tools/connect-dialects.ts';
import { parseSurvey, surveyArgv } from '../../src/tools/survey/survey.ts';

/** Runs each connect dialect that this machine has the tool for against its own loopback: a port that listens and one that just stopped. */
const tools = await survey();
const limits = { connectTimeoutMs: 3000, commandTimeoutMs: 10_000 };

for (const dialect of connectDialects) {
  const found = tools.tools[dialect.tool];
  const missing = found !== dialect.implementation;
  const name = missing ? `${dialect.id} (skipped: ${dialect.tool} here is ${found ?? 'missing'}, wanted ${dialect.implementation})` : dialect.id;
  test.skipIf(missing)(`${name} tells an open port from a closed one`, { timeout: 30_000 }, async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const { port } = server.address() as AddressInfo;
    const open = await ask(port);
    await new Promise((resolve) => { server.close(resolve); });
    const closed = await ask(port);
    expect([open, closed]).toEqual(['connected', 'refused']);
  });

  async function ask(port: number): Promise<string> {
    const argv = dialect.argv({ kind: 'connect', address: '127.0.0.1', port, attempt: 0 }, limits, tools);
    expect(argv).not.toBeNull();
    const facts = dialect.parse(await run(argv ?? []));
    return facts.map((fact) => (fact.kind === 'connect' ? fact.outcome : `${fact.kind}: ${JSON.stringify(fact)}`)).join(', ');
  }
}

async function survey(): Promise<ToolsFact> {
  const fact = parseSurvey(await run(surveyArgv()))[0];
  return fact?.kind === 'tools' ? fact : { kind: 'tools', tools: {}, versions: {} };
}

function run(argv: readonly string[]): Promise<CommandOutput> {
  const child = spawn(argv[0] ?? '', argv.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env: process.env });
  const started = performance.now();
  const text = { stdout: '', stderr: '' };
  const lines: OutputLine[] = [];
  const pending = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
      const parts = (pending[stream] + chunk).split('\n');
      pending[stream] = parts.pop() ?? '';
      for (const line of parts) lines.push({ stream, text: line.replace(/\r$/u, ''), atMs: performance.now() - started });
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => { resolve({ exitCode, ...text, lines, durationMs: performance.now() - started }); });
  });
}
