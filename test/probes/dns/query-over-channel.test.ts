import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryOverChannel } from '../../../src/probes/dns/query-over-channel.ts';
import type { Query } from '../../../src/tools/dns-message/message.ts';
import { startDnsServer, type DnsServer } from '../../lab/dns-server.ts';
import { ZONE } from '../../tools/dns/zone.ts';
import { tcpChannel, udpChannel } from './socket-channel.ts';

const LIMITS = { connectTimeoutMs: 1000, commandTimeoutMs: 5000 };
const never = new AbortController().signal;
let server: DnsServer;
let port = 0;

beforeAll(async () => {
  port = await freePort();
  const lateFirst = { name: 'late.lab.example', reply: { delayMs: 600, answers: [{ type: 'A' as const, name: 'late.lab.example', ttl: 1, data: '203.0.113.16' }] } };
  const garbage = { name: 'garbage.lab.example', reply: { raw: Buffer.from('not a message').toString('base64') } };
  server = await startDnsServer({ address: '127.0.0.1', port, transports: ['udp', 'tcp'], rules: [lateFirst, garbage, ...ZONE] });
});
afterAll(async () => { await server.close(); });

async function ask(name: string, change: Partial<Query> = {}): Promise<unknown> {
  const question: Query = { kind: 'query', name, nameserver: '127.0.0.1', recordType: 'A', transport: 'udp', ...change };
  const channel = question.transport === 'udp' ? udpChannel('127.0.0.1', port) : tcpChannel('127.0.0.1', port);
  return queryOverChannel(channel, question, LIMITS, never);
}

describe.each(['udp', 'tcp'] as const)('a question over a %s channel', (transport) => {
  it.each([
    ['api.lab.example', 'answered', ['203.0.113.10']],
    ['api.lab.example.', 'answered', ['203.0.113.10']],
    ['alias.lab.example', 'answered', ['203.0.113.10']],
    ['nope.lab.example', 'nxdomain', []],
    ['empty.lab.example', 'no-data', []],
    ['broken.lab.example', 'servfail', []],
    ['forbidden.lab.example', 'refused', []],
  ])('%s is %s', async (name, outcome, addresses) => {
    expect(await ask(name, { transport })).toMatchObject({ kind: 'resolve', outcome, addresses, transport, truncated: false });
  });

  it('names the aliases', async () => {
    expect(await ask('alias.lab.example', { transport })).toMatchObject({ canonicalNames: ['edge.lab.example', 'api.lab.example'] });
  });

  it('is a timeout when nothing comes, or nothing that answers it', async () => {
    expect(await ask('silent.lab.example', { transport })).toMatchObject({ outcome: 'timeout' });
    expect(await ask('garbage.lab.example', { transport })).toMatchObject({ outcome: 'timeout', addresses: [] });
  });

  it('hears an answer that comes after the query was sent again', async () => {
    expect(await ask('late.lab.example', { transport })).toMatchObject({ outcome: 'answered', addresses: ['203.0.113.16'] });
  });

  it('is unavailable when it is cancelled', async () => {
    const controller = new AbortController();
    const question: Query = { kind: 'query', name: 'silent.lab.example', nameserver: '127.0.0.1', recordType: 'A', transport };
    const channel = transport === 'udp' ? udpChannel('127.0.0.1', port) : tcpChannel('127.0.0.1', port);
    const answer = queryOverChannel(channel, question, LIMITS, controller.signal);
    controller.abort();
    expect(await answer).toMatchObject({ kind: 'unavailable', reason: 'cancelled' });
  });
});

describe('a large answer', () => {
  it('is truncated over UDP and whole over TCP', async () => {
    expect(await ask('large.lab.example')).toMatchObject({ outcome: 'answered', truncated: true });
    expect(await ask('large.lab.example', { transport: 'tcp' })).toMatchObject({ outcome: 'answered', truncated: false, addresses: expect.arrayContaining(['203.0.113.60']) as unknown });
  });
});

describe('a nameserver that is not there', () => {
  it('is unreachable when its port is closed', async () => {
    const closed = await freePort();
    const question: Query = { kind: 'query', name: 'api.lab.example', nameserver: '127.0.0.1', recordType: 'A', transport: 'tcp' };
    expect(await queryOverChannel(tcpChannel('127.0.0.1', closed), question, LIMITS, never)).toMatchObject({ outcome: 'unreachable' });
    const overUdp = await queryOverChannel(udpChannel('127.0.0.1', closed), { ...question, transport: 'udp' }, LIMITS, never);
    expect(overUdp).toMatchObject({ outcome: 'unreachable' });
  });

  it('failed when it accepts and closes', async () => {
    expect(await ask('hangup.lab.example', { transport: 'tcp' })).toMatchObject({ outcome: 'failed' });
  });
});

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => { probe.listen(0, '127.0.0.1', resolve); });
  const address = probe.address();
  await new Promise((resolve) => { probe.close(resolve); });
  return typeof address === 'object' && address !== null ? address.port : 0;
}
