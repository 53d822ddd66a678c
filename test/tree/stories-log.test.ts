import { describe } from 'vitest';
import {
  connects, files, handshakes, httpFact, interfaces, logError, logged, logsNow, podState, requests, requestsAgain, resolves, speaks, tlsFact, told, tools, uses, usesEndpoint,
} from './facts.ts';
import type { Told } from './situation.ts';
import { tellStories } from './story.ts';

/** Everything works from the pod; what does the application's own log say? */
const A = '203.0.113.10';
const HOST = 'api.example.com';
const URL = `https://${HOST}/health`;
const DB = 'postgres://db.example.com';
const DB_ADDRESS = '203.0.113.20';

const sockets: Told = told({ kind: 'sockets' }, { kind: 'sockets', sockets: [] });
const works = (firstByteMs = 40): readonly Told[] => [
  podState('running'), tools('curl'), files(), resolves(HOST, [A]), connects(A, 443, 'connected'), connects(A, 443, 'connected', { attempt: 1 }), connects(A, 443, 'connected', { attempt: 2 }),
  interfaces(), sockets, handshakes(A, 443, HOST, null), requests(URL, tlsFact(null), httpFact('response', 200, { firstByteMs, totalMs: firstByteMs + 5 })),
];
const database: readonly Told[] = [
  podState('running'), tools('curl'), files(), resolves('db.example.com', [DB_ADDRESS]), connects(DB_ADDRESS, 5432, 'connected'), connects(DB_ADDRESS, 5432, 'connected', { attempt: 1 }),
  connects(DB_ADDRESS, 5432, 'connected', { attempt: 2 }), interfaces(), sockets,
  speaks({ kind: 'exchange', address: DB_ADDRESS, port: 5432, protocol: 'postgres', tls: false, serverName: 'db.example.com' }, 'answered'),
];
const ABOUT = `${HOST} ${A}`;
const one = logError('ERROR dial tcp: i/o timeout', { host: HOST, port: 443 });
const pods = { pod: true, to: URL } as const;
const openFiles = logError('accept4: too many open files', { meaning: 'other', cause: 'app.connections-exhausted', host: null });
const hikari = logError('HikariPool-1 - Connection is not available, request timed out after 30000ms', { cause: 'app.connections-exhausted', host: null });
const OWN = 'app.connections-exhausted';
const resets = [0, 60, 121, 180].map((second, index) => logError('read: connection reset by peer', { meaning: 'reset', host: HOST, at: new Date(Date.UTC(2026, 10, 25, 18, 0, second)).toISOString(), ageMs: 200_000 - second * 1000 - index }));

describe('a healthy destination stays healthy', () => {
  tellStories([
    { ...pods, story: 'a log without errors', told: [...works(), logged()], ends: 'reachable certain', by: 'app.log/no-error' },
    { ...pods, story: 'a second request was made while the first was slow, and both were answered', told: [...works(3700), requestsAgain(URL, tlsFact(null), httpFact('response', 200)), logged()], ends: 'reachable certain' },
    { ...pods, story: 'a log that cannot be read', told: works(), ends: 'reachable certain', by: 'app.log/not-read' },
    { ...pods, story: 'errors about other destinations', told: [...works(), logged(logError('x', { host: 'mail.other.org', port: 25 })), uses([usesEndpoint(HOST, 443), usesEndpoint('mail.other.org', 25, { state: 'failing' })])], ends: 'reachable certain', by: 'app.log/no-error' },
    { ...pods, story: 'errors that name no destination', told: [...works(), logged(logError('NullPointerException', { meaning: 'other' }))], ends: 'reachable certain', by: 'app.log/no-error' },
    { ...pods, story: 'an error of ten minutes ago', told: [...works(), logged({ ...one, ageMs: 600_000 })], ends: 'reachable certain', by: 'app.log/old-error' },
    { ...pods, story: 'an error of before the restart', told: [...works(), logged({ ...one, previous: true })], ends: 'reachable certain', by: 'app.log/no-error' },
    { ...pods, story: 'a young error, and none while it is watched', told: [...works(), logged(one), logsNow(12_000, ABOUT)], ends: 'reachable certain', by: 'app.log/old-error' },
    { ...pods, story: 'a young error, and a log that breaks off while it is watched', told: [...works(), logged(one)], ends: 'reachable certain', by: 'app.log/not-read', notes: [] },
    { ...pods, story: 'another error while it is watched, about somebody else', told: [...works(), logged(one), logsNow(12_000, ABOUT, logError('x', { host: 'other.example.org', port: 443 }))], ends: 'reachable certain', by: 'app.log/old-error' },
    { ...pods, story: 'it ran out of files, and does not while it is watched', told: [...works(), logged(openFiles), logsNow(12_000, OWN)], ends: 'reachable certain', by: 'app.log/old-error', notes: ['app.connections-exhausted'] },
    { ...pods, story: 'the pool of another kind of server is empty', told: [...works(), logged(hikari)], ends: 'reachable certain', by: 'app.log/old-error', notes: ['app.connections-exhausted'] },
    { ...pods, story: 'resets at a steady distance that have stopped', told: [...works(), logged(...resets.map((error) => ({ ...error, ageMs: (error.ageMs ?? 0) + 600_000 })))], ends: 'reachable certain', by: 'app.log/old-error' },
    { ...pods, story: 'three resets at a steady distance may be chance', told: [...works(), logged(...resets.slice(1)), logsNow(12_000, ABOUT)], ends: 'reachable certain', by: 'app.log/old-error' },
    { ...pods, story: 'the pool was exhausted an hour ago', told: [...works(), logged(logError('too many open files', { cause: 'app.connections-exhausted', ageMs: 3_600_000 }))], ends: 'reachable certain' },
  ]);
});

describe('the application fails while the probes pass', () => {
  tellStories([
    { ...pods, story: 'with an error that no network makes', told: [...works(), logged(one), logsNow(12_000, ABOUT, logError('401 from upstream', { meaning: 'http-status', host: HOST }))], ends: 'app.not-network likely', evidence: ['log', 'request'] },
    { ...pods, story: 'with a certificate error of its own', told: [...works(), logged(one), logsNow(12_000, ABOUT, logError('PKIX path building failed', { meaning: 'tls-untrusted', host: HOST }))], ends: 'app.not-network likely' },
    { ...pods, story: 'with an error of a network', told: [...works(), logged(one), logsNow(12_000, ABOUT, { ...one, ageMs: 0 })], ends: 'app.not-network possible' },
    { ...pods, story: 'because it does not wait long enough, as the log says', told: [...works(800), logged({ ...one, limitMs: 500 }), logsNow(12_000, ABOUT, { ...one, limitMs: 500 })], ends: 'app.timeout-too-short certain', detail: '800 ms > 500 ms' },
    { ...pods, story: 'because it does not wait long enough, as the environment says', told: [...works(800), logged(one), logsNow(12_000, ABOUT, one), uses([], [{ name: 'API_TIMEOUT_MS', limitMs: 500 }])], ends: 'app.timeout-too-short likely', detail: 'API_TIMEOUT_MS' },
    { ...pods, story: 'with a timeout far longer than the answer takes', told: [...works(), logged({ ...one, limitMs: 5000 }), logsNow(12_000, ABOUT, { ...one, limitMs: 5000 })], ends: 'app.not-network possible' },
    { ...pods, story: 'with resets at a steady distance', told: [...works(), logged(...resets)], ends: 'tcp.idle-timeout likely', detail: '60 s' },
    { ...pods, story: 'because it has run out of files', told: [...works(), logged(openFiles), logsNow(12_000, OWN, openFiles)], ends: 'app.connections-exhausted likely', evidence: ['log'] },
    { pod: true, to: DB, story: 'because its pool for databases is empty', told: [...database, logged(hikari), logsNow(12_000, OWN, hikari)], ends: 'app.connections-exhausted likely', evidence: ['log'] },
  ]);
});

describe('the application uses another endpoint', () => {
  const failing = { state: 'failing' } as const;
  const slip = logError('lookup db.exmaple.com: no such host', { meaning: 'dns', host: 'db.exmaple.com' });
  tellStories([
    { pod: true, to: DB, story: 'a slip in the name', told: [...database, logged(slip), uses([usesEndpoint('db.exmaple.com', 5432, failing)]), resolves('db.exmaple.com', 'nxdomain')], ends: 'app.wrong-endpoint likely', detail: 'db.exmaple.com:5432, DB_URL', evidence: ['endpoints', 'resolve'] },
    { pod: true, to: DB, story: 'another port, and nothing names the right one', told: [...database, logged(logError('x', { host: 'db.example.com', port: 5433 })), uses([usesEndpoint('db.example.com', 5433, failing)]), connects(DB_ADDRESS, 5433, 'refused')], ends: 'app.wrong-endpoint likely', evidence: ['connect'] },
    { pod: true, to: DB, story: 'another port of the same database, while another variable is right', told: [...database, logged(logError('x', { host: 'db.example.com', port: 5433 })), uses([usesEndpoint('db.example.com', 5433, { ...failing, application: 'postgres' }), usesEndpoint('db.example.com', 5432)]), connects(DB_ADDRESS, 5433, 'refused')], ends: 'app.wrong-endpoint likely' },
    { pod: true, to: DB, story: 'a slip, and the probe works there', told: [...database, logged(slip), uses([usesEndpoint('db.exmaple.com', 5432, failing)]), resolves('db.exmaple.com', [A]), connects(A, 5432, 'connected')], ends: 'reachable certain' },
    { pod: true, to: DB, story: 'another database that is configured too', told: [...database, logged(logError('x', { host: 'reports.example.com', port: 5432 })), uses([usesEndpoint('reports.example.com', 5432, failing), usesEndpoint('db.example.com', 5432)]), resolves('reports.example.com', 'nxdomain')], ends: 'reachable certain' },
    { pod: true, to: DB, story: 'another host, and nobody answers for its name', told: [...database, logged(logError('x', { host: 'old.example.com', port: 5432 })), uses([usesEndpoint('old.example.com', 5432, failing)]), resolves('old.example.com', 'try-again')], ends: 'reachable certain' },
    { pod: true, to: DB, story: 'the wrong host, and nothing names the right one', told: [...database, logged(logError('x', { host: 'old.example.com', port: 5432 })), uses([usesEndpoint('old.example.com', 5432, failing)]), resolves('old.example.com', 'nxdomain')], ends: 'app.wrong-endpoint likely' },
    { ...pods, story: 'another web API that is not configured as this one', told: [...works(), logged(logError('x', { host: 'mail.other.org', port: 443 })), uses([usesEndpoint('mail.other.org', 443, { ...failing, application: 'http' })]), resolves('mail.other.org', 'nxdomain')], ends: 'reachable certain' },
  ]);
});
