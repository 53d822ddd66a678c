import type { Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact, FactKind, FactOf } from '../../../src/domain/facts.ts';
import { askExchangeOverTunnel, askRequestOverTunnel, askTlsOverTunnel, type Trust } from '../../../src/probes/tunnel/index.ts';
import { bashChannel } from '../../../src/tools/bash/channel.ts';
import { pem, PORTS, startServer, type LabServer } from '../../tools/web-lab/servers.ts';
import { accessBy, relayDialect } from './process-vantage.ts';

const ports = new Map<LabServer, number>();
const servers: Server[] = [];
const address = '127.0.0.1';
const trust: Trust = { roots: pem('root'), nowMs: Date.parse('2027-01-01T00:00:00Z') };
const access = accessBy(relayDialect('tells'));

beforeAll(async () => {
  for (const name of Object.keys(PORTS) as LabServer[]) {
    const { server, port } = await startServer(name, address, 0);
    servers.push(server);
    ports.set(name, port);
  }
});
afterAll(() => { for (const server of servers) server.close(); });

function portOf(name: LabServer): number {
  return ports.get(name) ?? 0;
}

function factOf<K extends FactKind>(facts: readonly Fact[], kind: K): FactOf<K> | undefined {
  return facts.find((fact): fact is FactOf<K> => fact.kind === kind);
}

async function handshake(name: LabServer, more: object = {}): Promise<FactOf<'tls'> | undefined> {
  const { facts } = await askTlsOverTunnel(access, { address, port: portOf(name), serverName: 'web.test', host: 'web.test', trust, ...more });
  expect(factOf(facts, 'connect')).toMatchObject({ outcome: 'connected', port: portOf(name) });
  return factOf(facts, 'tls');
}

describe('a handshake from inside the pod', { concurrent: true }, () => {
  it('is trusted when the chain leads to a root and the name is right', async () => {
    const tls = await handshake('good');
    expect(tls).toMatchObject({ established: true, failure: null, verified: true, verifyCode: 0, version: 'TLSv1.3', clientCertificateRequested: false });
    expect(tls?.chain.map((certificate) => certificate.subject)).toEqual(['CN=web.test', 'CN=Lab Intermediate 1, O=Lab Trust']);
  });

  it.each([
    ['expired', { failure: 'expired', verifyCode: 10, detail: 'notAfter 2024-02-01T00:00:00.000Z' }],
    ['not-yet', { failure: 'not-yet-valid', verifyCode: 9 }],
    ['self-signed', { failure: 'self-signed', verifyCode: 18 }],
    ['wrong-name', { failure: 'hostname-mismatch', verifyCode: 62, detail: 'other.test' }],
    ['private-ca', { failure: 'unknown-ca', verifyCode: 21 }],
    ['private-ca-chain', { failure: 'unknown-ca', verifyCode: 19 }],
    ['incomplete', { failure: 'incomplete-chain', verifyCode: 21 }],
    ['tls10-only', { failure: 'version', established: false, alert: 70, version: 'TLSv1', detail: 'speaks TLSv1 ECDHE-ECDSA-AES256-SHA' }],
    ['one-cipher', { failure: 'no-shared-cipher', established: false, alert: 40 }],
    ['client-cert-12', { failure: 'client-certificate-required', clientCertificateRequested: true }],
    ['client-cert-13', { failure: 'client-certificate-required', clientCertificateRequested: true, alert: 116 }],
    ['client-cert-optional', { failure: null, established: true, clientCertificateRequested: true }],
    ['ok', { failure: 'plaintext', established: false }],
    ['ssh', { failure: 'plaintext', detail: 'ssh: SSH-2.0-OpenSSH_9.2p1 Debian-2' }],
    ['slam', { failure: 'closed', established: false }],
    ['reset', { failure: 'reset', established: false }],
    ['silent', { failure: 'timeout', established: false }],
  ] as const)('%s', async (name, expected) => {
    expect(await handshake(name)).toMatchObject(expected);
  });

  it('without a name fails where the name is needed, and says so no further', async () => {
    expect(await handshake('sni-required', { serverName: null })).toMatchObject({ failure: 'no-shared-cipher', serverName: null, alert: 40 });
    expect(await handshake('sni-required')).toMatchObject({ failure: null, serverName: 'web.test' });
  });
  it('describes an old server when asked to', async () => {
    expect(await handshake('tls10-only', { minVersion: 'TLSv1' })).toMatchObject({ failure: null, established: true, version: 'TLSv1' });
  });
  it('can be forced to a version that the server lacks', async () => {
    expect(await handshake('tls12-only', { minVersion: 'TLSv1.3' })).toMatchObject({ failure: 'version' });
  });
  it('is not called verified when the trust store could not be read', async () => {
    expect(await handshake('good', { trust: { ...trust, roots: null } })).toMatchObject({ failure: null, verified: false, verifyCode: null });
    expect(await handshake('expired', { trust: { ...trust, roots: null } })).toMatchObject({ failure: 'expired' });
  });
});

async function get(name: LabServer, url: string, proxy: LabServer | null = null): Promise<readonly Fact[]> {
  const through = proxy === null ? null : { address, port: portOf(proxy), name: `127.0.0.1:${String(portOf(proxy))}` };
  return (await askRequestOverTunnel(access, { url: url.replace('PORT', String(portOf(name))), address, proxy: through, trust })).facts;
}

describe('a request from inside the pod', { concurrent: true }, () => {
  it.each([
    ['ok', { outcome: 'response', status: 200, bodyStart: '{"ok":true}' }],
    ['error-503', { outcome: 'response', status: 503, bodyStart: 'upstream down' }],
    ['redirect', { outcome: 'response', status: 301 }],
    ['too-many', { outcome: 'response', status: 429 }],
    ['tls-port-400', { outcome: 'response', status: 400 }],
    ['partial', { outcome: 'partial', status: 200, bodyStart: 'only this' }],
    ['stalled-body', { outcome: 'no-answer', status: 200 }],
    ['slow-headers', { outcome: 'response', status: 200 }],
    ['silent', { outcome: 'no-answer', status: null }],
    ['slam', { outcome: 'closed', status: null }],
    ['reset', { outcome: 'reset', status: null }],
    ['garbage', { outcome: 'not-http', status: null }],
    ['ssh', { outcome: 'not-http', status: null, bodyStart: 'SSH-2.0-OpenSSH_9.2p1 Debian-2' }],
  ] as const)('%s', async (name, expected) => {
    const facts = await get(name, 'http://web.test:PORT/');
    expect(facts.map((fact) => fact.kind)).toEqual(['connect', 'http']);
    expect(factOf(facts, 'http')).toMatchObject(expected);
  });

  it('over TLS is a connection, a handshake and an answer', async () => {
    const facts = await get('good', 'https://web.test:PORT/health');
    expect(facts.map((fact) => fact.kind)).toEqual(['connect', 'tls', 'http']);
    expect(factOf(facts, 'http')).toMatchObject({ outcome: 'response', status: 200, remoteAddress: address });
  });
  it('stops at a certificate that is not trusted', async () => {
    expect((await get('expired', 'https://web.test:PORT/')).map((fact) => fact.kind)).toEqual(['connect', 'tls']);
  });
  it('does not keep what a redirect carries in its query', async () => {
    expect(factOf(await get('redirect', 'http://web.test:PORT/'), 'http')?.headers['location']).toBe('https://web.test/login');
  });
});

describe('a request through a proxy', { concurrent: true }, () => {
  it('reaches the server through a tunnel', async () => {
    const facts = await get('good', 'https://web.test:PORT/', 'proxy');
    expect(factOf(facts, 'connect')).toMatchObject({ port: portOf('proxy'), outcome: 'connected' });
    expect(factOf(facts, 'tls')).toMatchObject({ failure: null, port: portOf('good') });
    expect(factOf(facts, 'http')).toMatchObject({ status: 200, proxy: `127.0.0.1:${String(portOf('proxy'))}` });
  });
  it.each([
    ['proxy-403', { outcome: 'proxy-refused', status: 403 }],
    ['proxy-407', { outcome: 'proxy-refused', status: 407 }],
    ['proxy-502', { outcome: 'proxy-refused', status: 502 }],
    ['proxy-silent', { outcome: 'no-answer', status: null }],
    ['slam', { outcome: 'closed', status: null }],
    ['ssh', { outcome: 'no-answer', status: null }],
  ] as const)('%s', async (proxy, expected) => {
    const facts = await get('good', 'https://web.test:PORT/', proxy);
    expect(factOf(facts, 'tls')).toBeUndefined();
    expect(factOf(facts, 'http')).toMatchObject(expected);
  });
  it('in the clear is answered by the proxy', async () => {
    expect(factOf(await get('ok', 'http://web.test:PORT/', 'proxy'), 'http')).toMatchObject({ status: 200, bodyStart: 'through the proxy' });
  });
});

async function exchange(name: LabServer, protocol: string, dialect = relayDialect('tells')): Promise<readonly Fact[]> {
  return (await askExchangeOverTunnel(accessBy(dialect), { address, port: portOf(name), protocol, tls: null })).facts;
}

describe('the first words of a protocol', { concurrent: true }, () => {
  it.each([
    ['postgres', 'postgres', 'answered'], ['postgres-tls', 'postgres', 'answered'], ['postgres-rejects', 'postgres', 'rejected'],
    ['mysql', 'mysql', 'answered'], ['mysql-rejects', 'mysql', 'rejected'],
    ['redis', 'redis', 'answered'], ['redis-noauth', 'redis', 'rejected'],
    ['amqp', 'amqp', 'answered'], ['mongodb', 'mongodb', 'answered'], ['kafka', 'kafka', 'answered'], ['smtp', 'smtp', 'answered'], ['grpc', 'grpc', 'answered'],
    ['ok', 'redis', 'other-protocol'], ['ssh', 'mysql', 'other-protocol'], ['smtp', 'postgres', 'other-protocol'],
    ['silent', 'redis', 'silent'], ['slam', 'postgres', 'closed'], ['reset', 'redis', 'reset'],
    ['listening', 'none', 'open'], ['slam', 'none', 'closed'], ['ssh', 'none', 'open'],
  ] as const)('%s asked as %s: %s', async (name, protocol, outcome) => {
    expect(factOf(await exchange(name, protocol), 'exchange')).toMatchObject({ outcome, protocol });
  });
  it('names a banner', async () => {
    expect(factOf(await exchange('ssh', 'none'), 'exchange')).toMatchObject({ recognised: 'ssh', firstBytes: 'SSH-2.0-OpenSSH_9.2p1 Debian-2' });
  });
  it('inside TLS', async () => {
    const { facts } = await askExchangeOverTunnel(access, { address, port: portOf('good'), protocol: 'http', tls: { serverName: 'web.test', host: 'web.test', trust } });
    expect(facts.map((fact) => fact.kind)).toEqual(['connect', 'tls', 'exchange']);
    expect(factOf(facts, 'exchange')).toMatchObject({ outcome: 'answered' });
  });
});

describe('through bash alone', { concurrent: true }, () => {
  const byBash = accessBy(bashChannel);
  const withTools = { ...byBash, context: { ...byBash.context, tools: { kind: 'tools', tools: { bash: 'bash', cat: 'coreutils', sleep: 'coreutils' }, versions: {} } as const } };
  it('a request over TLS is answered', async () => {
    const { facts } = await askRequestOverTunnel(withTools, { url: `https://web.test:${String(portOf('good'))}/`, address, proxy: null, trust });
    expect(facts.map((fact) => fact.kind)).toEqual(['connect', 'tls', 'http']);
    expect(factOf(facts, 'http')).toMatchObject({ outcome: 'response', status: 200 });
  });
  it('a closed port is refused, a reset is a reset', async () => {
    const refused = await askTlsOverTunnel(withTools, { address, port: 1, serverName: null, host: null, trust });
    expect(refused.facts).toMatchObject([{ kind: 'connect', outcome: 'refused' }]);
    const reset = await askRequestOverTunnel(withTools, { url: `http://web.test:${String(portOf('reset'))}/`, address, proxy: null, trust });
    expect(factOf(reset.facts, 'http')).toMatchObject({ outcome: 'reset' });
  });
});

describe('what a channel does not prove is not said', { concurrent: true }, () => {
  it('a refused port is refused, whether the tool tells of connections or not', async () => {
    for (const mode of ['tells', 'quiet'] as const) {
      const { facts } = await askTlsOverTunnel(accessBy(relayDialect(mode)), { address, port: 1, serverName: null, host: null, trust });
      expect(facts).toMatchObject([{ kind: 'connect', outcome: 'refused', address, port: 1 }]);
    }
  });
  it('listening through a tool that does not tell is no proof of a connection', async () => {
    expect(await exchange('listening', 'none', relayDialect('quiet'))).toMatchObject([{ kind: 'unavailable', reason: 'not-understood' }]);
  });
  it('bytes prove a connection even when the tool does not tell', async () => {
    expect((await exchange('redis', 'redis', relayDialect('quiet'))).map((fact) => fact.kind)).toEqual(['connect', 'exchange']);
  });
  it('a command that does not read its input says nothing of the network', async () => {
    const mute = { ...relayDialect('tells'), argv: () => ['sleep', '30'] };
    const { facts } = await askTlsOverTunnel(accessBy(mute), { address, port: portOf('good'), serverName: null, host: null, trust });
    expect(facts).toMatchObject([{ kind: 'unavailable', reason: 'command-failed', detail: 'standard input is not attached' }]);
  }, 10_000);
  it('a command that ends at once says nothing of the network', async () => {
    const missing = { ...relayDialect('tells'), argv: () => ['sh', '-c', 'echo "Connection refused" >&2; exit 1'] };
    const { facts } = await askTlsOverTunnel(accessBy(missing), { address, port: portOf('good'), serverName: null, host: null, trust });
    expect(facts).toMatchObject([{ kind: 'unavailable', reason: 'command-failed' }]);
  });
  it('a stopped run has no answer', async () => {
    const controller = new AbortController();
    setTimeout(() => { controller.abort(); }, 300);
    const { facts } = await askRequestOverTunnel(accessBy(relayDialect('tells'), controller.signal), { url: 'http://web.test/', address, proxy: null, trust });
    expect(facts.every((fact) => fact.kind === 'unavailable' || (fact.kind === 'connect' && fact.outcome !== 'connected'))).toBe(true);
    const silent = new AbortController();
    setTimeout(() => { silent.abort(); }, 500);
    const asked = await askExchangeOverTunnel(accessBy(relayDialect('tells'), silent.signal), { address, port: portOf('silent'), protocol: 'redis', tls: null });
    expect(asked.facts).toMatchObject([{ kind: 'unavailable', reason: 'cancelled' }]);
  });
});
