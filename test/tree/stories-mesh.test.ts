import { describe } from 'vitest';
import type { MeshProxyState } from '../../src/domain/facts.ts';
import { at, clusterDns, connects, files, httpFact, podState, requests, resolves, says, tools } from './facts.ts';
import { contrast } from './situation.ts';
import { tellStories } from './story.ts';

const A = '203.0.113.10';
const TO = `tcp://${A}:5432`;
const HTTP = `http://${A}/`;
const NS = '192.0.2.53';
const SIBLING = contrast('sibling', 'sibling', 'n2');
const sidecar = (more: Partial<MeshProxyState> = {}): MeshProxyState => ({ name: 'istio-proxy', ready: false, state: 'waiting', reason: 'CrashLoopBackOff', restarts: 3, ...more });
const pod = [podState('running', { ready: false, meshProxies: [sidecar()] }), tools('nc'), files({ nameservers: [NS] })];
const healthyPod = [podState('running', { meshProxies: [sidecar({ ready: true, state: 'running', reason: null, restarts: 0 })] }), tools('nc'), files({ nameservers: [NS] })];
const refused = [0, 1, 2].map((attempt) => connects(A, 5432, 'refused', { attempt, elapsedMs: 0.2 }));

describe('a sidecar that is not ready', () => {
  tellStories([
    { story: 'the pod is refused, and a replica connects', to: TO, pod: true, contrasts: [SIBLING], told: [...pod, ...refused, ...at('sibling', connects(A, 5432, 'connected'))], ends: 'mesh.proxy-not-ready likely', by: 'app.request/mesh-proxy', detail: 'istio-proxy, CrashLoopBackOff, 3 restarts', contrast: 'sibling', evidence: ['pod-state', 'connect', 'sibling connect'] },
    { story: 'the pod is refused, and there is nowhere else to ask', to: TO, pod: true, told: [...pod, ...refused], ends: 'mesh.proxy-not-ready likely' },
    { story: 'the pod is refused, and so is a replica whose sidecar is', to: TO, pod: true, contrasts: [SIBLING], told: [...pod, ...refused, ...at('sibling', connects(A, 5432, 'refused'))], ends: 'tcp.refused likely' },
    { story: 'it accepts and hangs up', to: HTTP, pod: true, told: [...pod, connects(A, 80, 'connected'), requests(HTTP, httpFact('reset', null))], ends: 'mesh.proxy-not-ready likely' },
    { story: 'it says that it knows no way', to: HTTP, pod: true, told: [...pod, connects(A, 80, 'connected'), requests(HTTP, httpFact('response', 503, { headers: { server: 'envoy' }, bodyStart: 'no healthy upstream' }))], ends: 'mesh.proxy-not-ready likely' },
    { story: 'the dependency itself answers with an error', to: HTTP, pod: true, told: [...pod, connects(A, 80, 'connected'), requests(HTTP, httpFact('response', 500))], ends: 'app.http-server-error certain' },
    { story: 'it takes the pod\'s DNS too', to: 'tcp://db.example:5432', pod: true, told: [...pod, resolves('db.example', 'try-again'), says(NS, 'db.example', 'unreachable'), clusterDns(NS, 2)], ends: 'mesh.proxy-not-ready likely' },
    { story: 'the name does not exist, which has nothing to do with it', to: 'tcp://db.example:5432', pod: true, told: [...pod, resolves('db.example', 'not-found'), says(NS, 'db.example', 'nxdomain')], ends: 'dns.nxdomain likely' },
    { story: 'packets vanish, which no redirect does', to: TO, pod: true, told: [...pod, connects(A, 5432, 'timeout')], ends: 'inconclusive tcp.filtered' },
    { story: 'all sidecars are ready, and the pod is refused', to: TO, pod: true, told: [...healthyPod, ...refused], ends: 'tcp.refused likely' },
  ]);
});
