import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../../../src/domain/run-event.ts';
import { LANGUAGES } from '../../../src/i18n/index.ts';
import { startConsole } from '../../../src/ui/index.ts';
import { container, fakePorts, pod } from '../fake-ports.ts';
import { FakeTerminal } from '../fake-terminal.ts';
import { screenSvg } from './svg.ts';

const SIZES = [[80, 24], [120, 40], [200, 60]] as const;
const RUN = 'test/ui/fixtures/run--dropped-on-the-way.jsonl';

/** As the cluster of the recorded run was. */
const CLUSTERS = { ok: true, value: { current: 'test', contexts: [{ name: 'test', cluster: 'test', namespace: 'shop' }] } } as const;
const NAMESPACES = ['default', 'kube-system', 'locked', 'shop'].map((name) => ({ name, status: 'Active', age: '84m' }));
const PODS = [
  pod('orders-7d69854697-gl5z2', { age: '42m', node: 'n2', ip: '10.244.1.9' }),
  pod('orders-7d69854697-z7pzj', { age: '42m', node: 'n1', ip: '10.244.0.8' }),
  pod('payments-6f477db7d9-4np9s', { age: '84m', node: 'n2', ip: '10.244.1.3' }),
  pod('web-b4d9548bd-vnrmq', { ready: '2/2', age: '84m', node: 'n1', ip: '10.244.0.4' }),
];

/** Drives the console through a recorded run at each size and writes its screens. Gives the files, relative to `root`. */
export async function take(root: string): Promise<readonly string[]> {
  const events = readFileSync(join(root, RUN), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as RunEvent);
  const files: string[] = [];
  for (const [columns, rows] of SIZES) {
    for (const [name, terminal] of await screens(events, columns, rows)) {
      const file = `docs/screens/${name}-${columns.toString()}x${rows.toString()}.svg`;
      mkdirSync(join(root, 'docs/screens'), { recursive: true });
      writeFileSync(join(root, file), terminal);
      files.push(file);
    }
  }
  return files;
}

async function screens(events: readonly RunEvent[], columns: number, rows: number): Promise<readonly (readonly [string, string])[]> {
  const terminal = new FakeTerminal(columns, rows);
  const half = Math.floor(events.findIndex((event) => event.kind === 'concluded') * 0.6);
  const goOn = Promise.withResolvers<undefined>();
  const run = async function* (): AsyncIterable<RunEvent> {
    yield* events.slice(0, half);
    await goOn.promise;
    yield* events.slice(half);
  };
  const { en } = LANGUAGES;
  const ended = startConsole({ messages: en, language: 'en', streams: terminal.streams, env: {}, ports: fakePorts({ run, clusters: CLUSTERS, namespaces: NAMESPACES, pods: PODS, containers: [container('web'), container('sidecar')] }), preset: { namespace: 'shop' } });
  const taken: [string, string][] = [];
  const snap = async (name: string): Promise<void> => {
    // Frames come at most every 80 ms while output streams.
    await new Promise((resolve) => setTimeout(resolve, 300));
    taken.push([name, screenSvg(terminal.emulator)]);
  };
  await terminal.shows('web-b4d9548bd-vnrmq');
  await snap('pods');
  terminal.type('G\r');
  await terminal.shows('sidecar');
  terminal.type('\r');
  await terminal.shows('PAYMENTS_URL');
  await snap('destination');
  terminal.type('https://api.payments.example/\r');
  await terminal.shows(en.ui.run.running);
  await snap('run');
  goOn.resolve(undefined);
  await terminal.shows(en.ui.verdict.status.fault);
  await snap('verdict');
  terminal.type('tz');
  await snap('tree');
  terminal.type('p');
  await snap('path');
  terminal.type('?');
  await snap('help');
  terminal.type('\u0003');
  await ended;
  return taken;
}
