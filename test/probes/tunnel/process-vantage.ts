/** A vantage of this machine whose channels are the relay in a process of its own; and the context of a probe around it. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { CommandResult, CommandSpec, OutputLine } from '../../../src/domain/command.ts';
import type { ChannelDialect } from '../../../src/domain/dialect.ts';
import type { ByteChannel, RunOptions, Vantage } from '../../../src/domain/vantage.ts';
import type { TunnelAccess } from '../../../src/probes/tunnel/open.ts';
import { connectOutcomeOf } from '../../../src/tools/errno/strerror.ts';

const RELAY = fileURLToPath(new URL('./relay.mjs', import.meta.url));

export function relayDialect(mode: 'tells' | 'quiet'): ChannelDialect {
  return {
    id: `relay-${mode}`,
    tool: 'node',
    implementation: 'node',
    tellsConnected: mode === 'tells',
    argv: ({ address, port }) => [process.execPath, RELAY, mode, address, String(port)],
    parse: (output) => [
      {
        kind: 'connect', host: null, address: null, port: null, transport: 'tcp', elapsedMs: null, detail: output.stderr.trim(),
        outcome: output.stderr.trim() === '' ? 'connected' : connectOutcomeOf(output.stderr),
      },
    ],
  };
}

export function accessBy(dialect: ChannelDialect, signal: AbortSignal = new AbortController().signal): TunnelAccess {
  return {
    dialect,
    context: {
      vantage: processVantage(),
      tools: { kind: 'tools', tools: {}, versions: {} },
      limits: { connectTimeoutMs: 1000, commandTimeoutMs: 3500 },
      signal,
      watch: { started: () => 'c1', line: () => undefined, ended: () => undefined },
    },
  };
}

function processVantage(): Vantage {
  return {
    identity: { id: 'target', role: 'target', kind: 'local', name: 'this machine', node: null, pod: null, relation: 'self', prefix: [] },
    run: () => Promise.reject(new Error('only channels here')),
    openChannel,
    close: () => Promise.resolve(),
  };
}

function openChannel(spec: CommandSpec, options: RunOptions): ByteChannel {
  const [program = '', ...args] = spec.argv;
  const child = spawn(program, args, { signal: options.signal, timeout: spec.timeoutMs });
  const lines: OutputLine[] = [];
  let stderr = '';
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk: Buffer) => {
    const parts = (stderr + chunk.toString()).split('\n');
    stderr += chunk.toString();
    for (const text of parts.slice(lines.length, -1)) {
      const line: OutputLine = { stream: 'stderr', text, atMs: 0 };
      lines.push(line);
      options.onLine?.(line);
    }
  });
  const result = new Promise<CommandResult>((resolve) => {
    child.on('error', () => undefined);
    child.on('close', (exitCode) => { resolve({ exitCode, failure: options.signal.aborted ? 'cancelled' : null, detail: null, stdout: '', stderr, lines, durationMs: 0 }); });
  });
  return { write: (bytes) => { child.stdin.write(bytes); }, output: child.stdout, result, close: () => { child.kill('SIGKILL'); } };
}
