import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { READ_ONLY } from '../../src/cli/access/access-options.ts';
import { createConsolePorts } from '../../src/cli/console-ports.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { startConsole } from '../../src/ui/index.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { esc } from './session.ts';

/** The console on a real client and an API server that takes connections and never says anything. */

let folder = '';
let server: Server;
const sockets = new Set<Socket>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-dead-'));
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as { readonly port: number };
  const cluster = (name: string): object => ({ name, cluster: { server: `https://127.0.0.1:${port.toString()}` } });
  const context = (name: string): object => ({ name, context: { cluster: name, user: 'anna' } });
  const config = { apiVersion: 'v1', kind: 'Config', 'current-context': 'dead', clusters: [cluster('dead'), cluster('other')], contexts: [context('dead'), context('other')], users: [{ name: 'anna', user: { token: 't' } }] };
  writeFileSync(join(folder, 'config'), JSON.stringify(config));
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a context that answers nothing keeps no key waiting, says that it is loading, and then why it failed', async () => {
  const terminal = new FakeTerminal(100, 30);
  const { en } = LANGUAGES;
  const env = { KUBECONFIG: join(folder, 'config'), HOME: folder };
  const ports = createConsolePorts({ language: 'en', messages: en, env, streams: terminal.streams, signals: process }, READ_ONLY, { to: { kind: 'nowhere' }, shared: false });
  const exitCode = startConsole({ messages: en, language: 'en', streams: terminal.streams, env: {}, ports, preset: null });
  await terminal.shows('Loading');
  expect(terminal.screen).not.toContain(en.ui.lists.none.namespaces);
  // Every way on is open while nothing answers.
  terminal.type('?');
  await terminal.shows(en.ui.help.intro.slice(0, 30));
  await esc(terminal);
  terminal.type('0');
  await terminal.shows(en.console.lists.allPods);
  await terminal.shows('Loading');
  await esc(terminal);
  terminal.type(':ctx\r');
  await terminal.shows('Contexts (2)');
  await esc(terminal);
  await terminal.shows('The API server cannot be reached');
  // And after it has failed, as well.
  terminal.type(':ctx\rj\r');
  await terminal.shows('context other');
  await terminal.shows('Loading');
  terminal.type('q');
  expect(await exitCode).toBe(0);
}, 30_000);
