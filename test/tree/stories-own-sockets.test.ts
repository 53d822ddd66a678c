import { describe } from 'vitest';
import type { SocketsFact } from '../../src/domain/facts.ts';
import { connects, files, GOOD_LINK, handshakes, httpFact, requests, resolves, says, speaks, told, tlsFact, tools } from './facts.ts';
import type { Told } from './situation.ts';
import { tellStories } from './story.ts';

const A = '203.0.113.10';
const OLD = '203.0.113.99';
const HOST = 'db.example.com';
const TO = `tcp://${HOST}:5432`;
const HTTPS = `https://${HOST}/`;

type Socket = SocketsFact['sockets'][number];
const socket = (state: string, remoteAddress: string, remotePort: number, more: Partial<Socket> = {}): Socket => ({ state, localAddress: '10.1.0.7', localPort: 40_000, remoteAddress, remotePort, ...more });
const many = (count: number, one: Socket): readonly Socket[] => Array.from({ length: count }, (_, index) => ({ ...one, localPort: 40_000 + index }));
const sockets = (...list: readonly Socket[]): Told => told({ kind: 'sockets' }, { kind: 'sockets', sockets: list });
const socketsLater = (...list: readonly Socket[]): Told => told({ kind: 'sockets', again: true }, { kind: 'sockets', sockets: list });
const processes = (openFiles: number, openFilesLimit: number | null): Told => told({ kind: 'processes' }, { kind: 'processes', processes: [{ pid: 7, name: 'java', openFiles, openFilesLimit }] });

const open = [tools('nc'), files(), resolves(HOST, [A]), connects(A, 5432, 'connected'), connects(A, 5432, 'connected', { attempt: 1 }), speaks({ address: A, port: 5432, protocol: 'none' }, 'open', 'postgres'), ...GOOD_LINK];
const web = [tools('curl'), files(), resolves(HOST, [A]), connects(A, 443, 'connected'), handshakes(A, 443, HOST, null), requests(HTTPS, tlsFact(null), httpFact('response', 200)), ...GOOD_LINK];

describe('how many connections and files the application holds', () => {
  tellStories([
    { story: 'a few connections are open', to: TO, told: [...open, sockets(socket('ESTABLISHED', A, 5432), socket('TIME_WAIT', A, 5432)), processes(40, 1024)], ends: 'reachable certain' },
    { story: 'it never closes what the other side has closed', to: TO, told: [...open, sockets(...many(60, socket('CLOSE_WAIT', A, 5432)))], ends: 'app.connections-exhausted likely', detail: '60 CLOSE_WAIT' },
    { story: 'a pool has a dozen that it will look through in a while', to: TO, told: [...open, sockets(...many(12, socket('CLOSE_WAIT', A, 5432)))], ends: 'reachable certain' },
    { story: 'a busy pod holds hundreds, and uses them', to: TO, told: [...open, sockets(...many(400, socket('ESTABLISHED', A, 5432, { lastDataMs: 200 })))], ends: 'reachable certain' },
    { story: 'it holds hundreds that never carried anything', to: TO, told: [...open, sockets(...many(400, socket('ESTABLISHED', A, 5432, { lastDataMs: null })))], ends: 'inconclusive app.connections-exhausted', detail: '400' },
    { story: 'it holds hundreds, and nobody knows whether it uses them', to: TO, told: [...open, sockets(...many(400, socket('ESTABLISHED', A, 5432)))], ends: 'inconclusive app.connections-exhausted' },
    { story: 'it may open no more files', to: TO, told: [...open, sockets(), processes(1019, 1024)], ends: 'app.connections-exhausted likely', detail: 'java (7): 1019 / 1024', evidence: ['processes'] },
    { story: 'it may open as many files as it likes', to: TO, told: [...open, sockets(), processes(90_000, null)], ends: 'reachable certain' },
  ]);
});

describe('connections to an address that the name does not have', () => {
  tellStories([
    { story: 'two hang there, on a port of its own', to: TO, told: [...open, sockets(...many(2, socket('SYN_SENT', OLD, 5432)))], ends: 'app.stale-address possible', detail: OLD },
    { story: 'one hangs there: it may be a probe of somebody', to: TO, told: [...open, sockets(socket('SYN_SENT', OLD, 5432))], ends: 'reachable certain' },
    { story: 'they hang there, on a port that everybody uses', to: HTTPS, told: [...web, sockets(...many(2, socket('SYN_SENT', OLD, 443)))], ends: 'inconclusive app.stale-address' },
    { story: 'they are open, and the server there has the name\'s certificate', to: HTTPS, told: [...web, sockets(socket('ESTABLISHED', OLD, 443)), handshakes(OLD, 443, HOST, null)], ends: 'app.stale-address possible', detail: OLD, evidence: ['tls'] },
    { story: 'they are open, and lead to another service', to: HTTPS, told: [...web, sockets(socket('ESTABLISHED', OLD, 443)), handshakes(OLD, 443, HOST, 'hostname-mismatch')], ends: 'reachable certain' },
    { story: 'others lead to the right one', to: HTTPS, told: [...web, sockets(socket('ESTABLISHED', OLD, 443), socket('ESTABLISHED', A, 443, { lastDataMs: 100 })), handshakes(OLD, 443, HOST, null)], ends: 'reachable certain' },
    { story: 'others that lead to the right one are probes, and gone a moment later', to: HTTPS, told: [...web, sockets(socket('ESTABLISHED', OLD, 443), socket('ESTABLISHED', A, 443, { lastDataMs: 4 })), socketsLater(socket('ESTABLISHED', OLD, 443)), handshakes(OLD, 443, HOST, null)], ends: 'app.stale-address possible', detail: OLD },
    { story: 'the name rotates', to: HTTPS, told: [...web, says('192.0.2.53', HOST, ['203.0.113.55']), sockets(socket('ESTABLISHED', OLD, 443)), handshakes(OLD, 443, HOST, null)], ends: 'reachable certain' },
    { story: 'they are open, on a port of its own', to: TO, told: [...open, sockets(socket('ESTABLISHED', OLD, 5432))], ends: 'inconclusive app.stale-address' },
  ]);
});
