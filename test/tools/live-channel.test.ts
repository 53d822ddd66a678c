import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ToolsFact } from '../../src/domain/facts.ts';
import { CHANNEL_CONNECTED, CHANNEL_HELLO } from '../../src/domain/dialect.ts';
import { channelDialects } from '../../src/tools/channel-dialects.ts';
import { parseSurvey, surveyArgv } from '../../src/tools/survey/survey.ts';

/** Each channel that this machine has the tool for, against its own loopback. */
const limits = { connectTimeoutMs: 3000, commandTimeoutMs: 10_000 };
const BYTES = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7 + (index >> 8)) & 255));
const echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
const hangUp = createServer((socket: Socket) => socket.on('error', () => undefined).end());
const tools = await survey();

beforeAll(async () => {
  await Promise.all([echo, hangUp].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
});
afterAll(() => { echo.close(); hangUp.close(); });

for (const dialect of channelDialects) {
  const found = tools.tools[dialect.tool];
  const missing = found !== dialect.implementation;
  const name = missing ? `${dialect.id} (skipped: ${dialect.tool} here is ${found ?? 'missing'}, wanted ${dialect.implementation})` : dialect.id;
  describe.skipIf(missing)(name, { timeout: 30_000 }, () => {
    test('says hello and connected, and carries every byte both ways', async () => {
      const channel = open(echo.address() as AddressInfo);
      channel.child.stdin.write(BYTES);
      while (channel.output().length < BYTES.length && channel.child.exitCode === null) await once(channel.child.stdout, 'data');
      channel.child.stdin.end();
      await channel.ended;
      expect(channel.output().equals(BYTES)).toBe(true);
      const said = channel.messages().split('\n');
      expect(said[0]).toBe(CHANNEL_HELLO);
      expect(said.includes(CHANNEL_CONNECTED)).toBe(dialect.tellsConnected);
    });

    test.skipIf(segmentedArgv(0) === null)('carries every byte in small segments', async () => {
      const channel = start(segmentedArgv((echo.address() as AddressInfo).port) ?? []);
      channel.child.stdin.write(BYTES);
      while (channel.output().length < BYTES.length && channel.child.exitCode === null) await once(channel.child.stdout, 'data');
      channel.child.stdin.end();
      await channel.ended;
      expect(channel.output().equals(BYTES)).toBe(true);
    });

    test('ends when the peer closes, though its input stays open', async () => {
      const channel = open(hangUp.address() as AddressInfo);
      await channel.ended;
      expect(channel.output()).toHaveLength(0);
      channel.child.stdin.end();
    });

    test('names a refused connection', async () => {
      const server = createServer();
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const address = server.address() as AddressInfo;
      await new Promise((resolve) => { server.close(resolve); });
      const channel = open(address);
      await channel.ended;
      const lines = channel.messages().trimEnd().split('\n').map((text) => ({ stream: 'stderr' as const, text, atMs: 0 }));
      const facts = dialect.parse({ exitCode: channel.child.exitCode, stdout: '', stderr: channel.messages(), lines, durationMs: 0 });
      expect(facts).toEqual([expect.objectContaining({ kind: 'connect', outcome: 'refused' })]);
    });
  });

  function segmentedArgv(port: number): readonly string[] | null {
    return dialect.argv({ address: '127.0.0.1', port, transport: 'tcp', segmentBytes: 500 }, limits, tools);
  }

  function open({ port }: AddressInfo): Channel {
    const argv = dialect.argv({ address: '127.0.0.1', port, transport: 'tcp' }, limits, tools);
    return start(argv ?? []);
  }
}

interface Channel {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: () => Buffer;
  readonly messages: () => string;
  /** Standard output and error are at their end: no process of the channel holds them any more. */
  readonly ended: Promise<unknown>;
}

function start(argv: readonly string[]): Channel {
  const child = spawn(argv[0] ?? '', argv.slice(1));
  const chunks: Buffer[] = [];
  let messages = '';
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { messages += chunk; });
  child.stdin.write(`${CHANNEL_HELLO}\n`);
  return { child, output: () => Buffer.concat(chunks), messages: () => messages, ended: once(child, 'close') };
}

async function survey(): Promise<ToolsFact> {
  const argv = surveyArgv();
  const child = spawn(argv[0] ?? '', argv.slice(1));
  let stdout = '';
  child.stdin.end();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { stdout += chunk; });
  await once(child, 'close');
  const fact = parseSurvey({ exitCode: 0, stdout, stderr: '', lines: [], durationMs: 0 })[0];
  return fact?.kind === 'tools' ? fact : { kind: 'tools', tools: {}, versions: {} };
}
