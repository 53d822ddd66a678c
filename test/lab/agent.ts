/**
 * Runs inside a namespace and opens servers there: one JSON command a line on standard input, one JSON answer a line on standard
 * output. It ends with its input.
 */
import { createInterface } from 'node:readline';
import net from 'node:net';
import process from 'node:process';
import { openServer, type OpenServer } from './servers/open.ts';
import type { ServerSpec } from './servers/spec.ts';

type Command = { readonly id: number } & (
  | { readonly op: 'serve'; readonly spec: ServerSpec }
  /** Opens connections and keeps them; `waits` when they are not expected to come about. */
  | { readonly op: 'hold'; readonly address: string; readonly port: number; readonly count: number; readonly waits: boolean; readonly says: string }
  | { readonly op: 'reset' }
);

const servers: OpenServer[] = [];
const held: net.Socket[] = [];

async function obey(command: Command): Promise<void> {
  if (command.op === 'serve') servers.push(await openServer(command.spec));
  else if (command.op === 'hold') await Promise.all(Array.from({ length: command.count }, () => hold(command)));
  else {
    for (const socket of held.splice(0)) socket.resetAndDestroy();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  }
}

function hold({ address, port, waits, says }: Extract<Command, { op: 'hold' }>): Promise<void> {
  const socket = net.connect({ host: address, port, allowHalfOpen: true });
  held.push(socket);
  socket.on('error', () => undefined).resume();
  if (says !== '') socket.once('connect', () => socket.write(says));
  return waits ? Promise.resolve() : new Promise((resolve) => { socket.once('connect', () => { resolve(); }).once('error', () => { resolve(); }); });
}

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  const command = JSON.parse(line) as Command;
  obey(command).then(
    () => { answer(command.id, null); },
    (error: unknown) => { answer(command.id, error instanceof Error ? `${JSON.stringify(command).slice(0, 200)}: ${error.message}` : String(error)); },
  );
});
input.on('close', () => process.exit(0));
// A client that goes away in the middle is no reason for the other servers to end.
process.on('uncaughtException', (error) => { process.stderr.write(`${String(error.stack)}\n`); });

function answer(id: number, error: string | null): void {
  process.stdout.write(`${JSON.stringify({ id, error })}\n`);
}
