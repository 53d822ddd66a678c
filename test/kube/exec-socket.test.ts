import { describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { VantageIdentity } from '../../src/domain/vantage.ts';
import { readStatus } from '../../src/kube/exec-socket.ts';
import { createPodExecVantage } from '../../src/vantage/pod-exec.ts';
import { connectTo, forbidden, startApiServer, type FakeApiOptions } from '../fakes/api-server.ts';

const IDENTITY: VantageIdentity = {
  id: 'target', role: 'target', kind: 'container', name: 'shop/p/app', node: null, pod: null, relation: 'self', prefix: [],
};
const signal = new AbortController().signal;
const say = (socket: WebSocket, channel: number, text: string): void => { socket.send(Buffer.concat([Uint8Array.of(channel), Buffer.from(text)])); };
const SUCCESS = '{"metadata":{},"status":"Success"}';
const exitStatus = (code: number): string => JSON.stringify({
  status: 'Failure', reason: 'NonZeroExitCode', message: `command terminated with non-zero exit code`, details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
});

async function run(options: FakeApiOptions, argv: readonly string[] = ['true'], stdin?: string): Promise<{ result: unknown; urls: URL[] }> {
  await using server = await startApiServer(options);
  const { reader, exec } = await connectTo(server);
  const vantage = createPodExecVantage(IDENTITY, exec, { namespace: 'shop', pod: 'p', container: 'app' });
  const result = await vantage.run({ argv, timeoutMs: 10_000, ...(stdin === undefined ? {} : { stdin }) }, { signal });
  await vantage.close();
  await reader.close();
  return { result, urls: server.requests.map(({ url }) => url) };
}

describe('a command in a container', () => {
  test('gives its output and its status', async () => {
    const onExec = (socket: WebSocket): void => {
      say(socket, 1, 'out\n');
      say(socket, 2, 'err\n');
      say(socket, 3, exitStatus(7));
    };
    const { result, urls } = await run({ onExec }, ['curl', '--', '-x y&z']);
    expect(result).toMatchObject({ exitCode: 7, failure: null, stdout: 'out\n', stderr: 'err\n' });
    expect(urls[0]?.pathname).toBe('/api/v1/namespaces/shop/pods/p/exec');
    expect(urls[0]?.searchParams.getAll('command')).toEqual(['curl', '--', '-x y&z']);
    expect(urls[0]?.searchParams.get('stdin')).toBe('false');
  });

  test('gets its input, and the end of it', async () => {
    const onExec = (socket: WebSocket): void => {
      socket.on('message', (data: Buffer) => {
        if (data[0] === 0) say(socket, 1, data.subarray(1).toString());
        else if (data[0] === 255 && data[1] === 0) say(socket, 3, SUCCESS);
      });
    };
    expect((await run({ onExec }, ['cat'], 'hello\n')).result).toMatchObject({ exitCode: 0, stdout: 'hello\n' });
  });

  test('runs on a server that knows v4 only, which is not asked to close the input', async () => {
    const onExec = (socket: WebSocket): void => {
      socket.on('message', (data: Buffer) => { say(socket, 3, data[0] === 255 ? exitStatus(99) : SUCCESS); });
    };
    expect((await run({ onExec, protocols: ['v4.channel.k8s.io'] }, ['cat'], 'x')).result).toMatchObject({ exitCode: 0 });
  });

  test('is lost when the connection ends without a status, whatever it said before', async () => {
    const onExec = (socket: WebSocket): void => {
      say(socket, 1, 'all is well\n');
      socket.close();
    };
    expect((await run({ onExec })).result).toMatchObject({ exitCode: null, failure: 'vantage-lost', stdout: 'all is well\n' });
    expect((await run({ onExec: (socket) => { socket.terminate(); } })).result).toMatchObject({ exitCode: null, failure: 'vantage-lost' });
  });

  test('is not permitted when the API server says so, in its words', async () => {
    const refuseExec = forbidden('pods "p" is forbidden: User "viewer" cannot create resource "pods/exec" in API group ""');
    expect((await run({ refuseExec })).result).toMatchObject({ failure: 'not-permitted', detail: expect.stringContaining('cannot create resource "pods/exec"') });
  });

  test('is lost when the other end falls silent and the connection stays', async () => {
    const onExec = (socket: WebSocket): void => {
      say(socket, 1, 'so far\n');
      // Neither answers nor reads: as after a firewall has forgotten the connection.
      socket.pause();
    };
    expect((await run({ onExec })).result).toMatchObject({ exitCode: null, failure: 'vantage-lost', stdout: 'so far\n', detail: expect.stringContaining('silent for 6 s') });
  }, 15_000);

  test('is lost, and not on the network, when the server speaks another protocol than ours', async () => {
    const detail = expect.stringContaining('does not speak v5.channel.k8s.io or v4.channel.k8s.io over WebSocket');
    expect((await run({ onExec: () => undefined, protocols: ['SPDY/3.1'] })).result).toMatchObject({ exitCode: null, failure: 'vantage-lost', detail });
    const body = { kind: 'Status', status: 'Failure', message: 'Upgrade request required', reason: 'BadRequest', code: 400 };
    expect((await run({ refuseExec: { status: 400, body } })).result).toMatchObject({ failure: 'vantage-lost', detail: expect.stringContaining('was not made a WebSocket') });
  });

  test.each([
    [404, 'pods "p" not found'],
    [400, 'container app is not valid for pod p'],
    [500, 'error dialing backend: dial tcp 10.10.0.11:10250: connect: connection refused'],
  ])('is lost when the server answers %i', async (status, message) => {
    expect((await run({ refuseExec: { status, body: { kind: 'Status', message } } })).result).toMatchObject({ exitCode: null, failure: 'vantage-lost', detail: message });
  });

  test('that does not exist is told from a container that is gone', async () => {
    // containerd 1.6, runc 1.1
    const oci = 'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown';
    const failing = (message: string) => (socket: WebSocket): void => { say(socket, 3, JSON.stringify({ status: 'Failure', reason: 'InternalError', message })); };
    expect((await run({ onExec: failing(`Internal error occurred: ${oci}`) }, ['nosuch'])).result).toMatchObject({ failure: 'no-such-command' });
    expect((await run({ onExec: failing('container not running (1234)') }, ['nosuch'])).result).toMatchObject({ failure: 'vantage-lost' });
  });
});

describe('a command that was started and is not waited for any more', () => {
  const pidOf = (url: URL): string => `${url.searchParams.getAll('command')[4] ?? ''} 4711\n`;

  test.each(['cancelled', 'broken off'])('is ended by its process id when it is %s', async (how) => {
    const commands: string[][] = [];
    const controller = new AbortController();
    await using server = await startApiServer({
      onExec: (socket, url) => {
        commands.push(url.searchParams.getAll('command'));
        if (commands.length > 1) return void say(socket, 3, SUCCESS);
        say(socket, 2, pidOf(url));
        setTimeout(() => { if (how === 'cancelled') controller.abort(); else socket.terminate(); }, 50);
      },
    });
    const { reader, exec } = await connectTo(server);
    const vantage = createPodExecVantage(IDENTITY, exec, { namespace: 'shop', pod: 'p', container: 'app' });
    vantage.learn?.({ kind: 'tools', tools: { sh: 'sh', timeout: 'coreutils' }, versions: {} });
    const result = await vantage.run({ argv: ['curl', 'x'], timeoutMs: 10_000 }, { signal: controller.signal });
    expect(result).toMatchObject({ exitCode: null, failure: how === 'cancelled' ? 'cancelled' : 'vantage-lost', lines: [] });
    await vantage.close();
    expect(commands[0]?.slice(5)).toEqual(['timeout', '-k', '1', '13', 'curl', 'x']);
    expect(commands[1]?.slice(-2)).toEqual(['sh', '4711']);
    expect(commands).toHaveLength(2);
    await reader.close();
  });
});

describe('commands that are started together in one pod', () => {
  test('are started six at a time; one that says something makes room, and one that is not wanted any more ends at once', async () => {
    const asked: WebSocket[] = [];
    const onExec = (socket: WebSocket): void => { asked.push(socket); };
    await using server = await startApiServer({ onExec });
    const { reader, exec } = await connectTo(server);
    const sinks = { stdout: () => undefined, stderr: () => undefined };
    const sessions = Array.from({ length: 9 }, () => exec.start({ namespace: 'shop', pod: 'p', container: 'app' }, ['true'], 'none', sinks));
    const inAnother = exec.start({ namespace: 'shop', pod: 'q', container: 'app' }, ['true'], 'none', sinks);
    await expect.poll(() => asked.length).toBe(7);
    sessions[8]?.disconnect();
    expect(await sessions[8]?.ended).toMatchObject({ kind: 'lost' });
    // Empty messages, with which servers begin, start nothing.
    for (const socket of asked) say(socket, 1, '');
    const [first] = asked;
    if (first !== undefined) say(first, 2, 'netdiag-pid 7\n');
    await expect.poll(() => asked.length).toBe(8);
    for (const socket of asked) say(socket, 3, SUCCESS);
    await expect.poll(() => asked.length).toBe(9);
    for (const socket of asked.slice(8)) say(socket, 3, SUCCESS);
    for (const session of [...sessions.slice(0, 8), inAnother]) expect(await session.ended).toEqual({ kind: 'exited', exitCode: 0 });
    await reader.close();
  });
});

test('output is held back while its reader is slow, and nothing of it is lost', async () => {
  let isThrough = false;
  await using server = await startApiServer({
    onExec: (socket) => {
      for (let part = 0; part < 64; part += 1) say(socket, 1, 'x'.repeat(1_000_000));
      socket.send(Buffer.concat([Uint8Array.of(3), Buffer.from(SUCCESS)]), () => { isThrough = true; });
    },
  });
  const { reader, exec } = await connectTo(server);
  let length = 0;
  const session = exec.start({ namespace: 'shop', pod: 'p', container: 'app' }, ['cat'], 'none', {
    stdout(bytes) {
      if (length === 0) session.pause();
      length += bytes.length;
    },
    stderr: () => undefined,
  });
  await expect.poll(() => length).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(isThrough).toBe(false);
  session.resume();
  expect(await session.ended).toEqual({ kind: 'exited', exitCode: 0 });
  expect(length).toBe(64_000_000);
  await reader.close();
});

test('a status that is not understood is an error, never success', () => {
  expect(readStatus(SUCCESS)).toEqual({ kind: 'exited', exitCode: 0 });
  expect(readStatus('{"status":"Failure"}')).toMatchObject({ kind: 'error' });
  expect(readStatus('not json')).toEqual({ kind: 'error', detail: 'not json' });
  expect(readStatus('{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[]}}')).toMatchObject({ kind: 'error' });
});
