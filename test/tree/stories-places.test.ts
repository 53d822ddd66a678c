import { describe, expect, test } from 'vitest';
import { cannot, clusterDns, connects, files, nodeState, podState, resolves, says, service, told, tools } from './facts.ts';
import { tellStories } from './story.ts';
import { contrast, situation, unavailable, walkToEnd, type Told } from './situation.ts';

const VIP = '10.96.7.7';
const TO = 'svc/pay:8080';
const NAME = 'pay.shop.svc';
const pod = [podState('running'), tools('nc'), files()];
const one = { address: '10.1.0.8', port: 9000, ready: true };
const two = { address: '10.1.0.9', port: 9000, ready: true };

describe('a Service', () => {
  const failing = [...pod, resolves(NAME, [VIP]), connects(VIP, 8080, 'timeout')];
  tellStories([
    { story: 'there is none', to: TO, pod: true, told: [...pod, service('pay', { exists: false })], ends: 'service.not-found certain', detail: 'shop/pay', evidence: ['service'] },
    { story: 'it has other ports', to: TO, pod: true, told: [...pod, service('pay', { ports: [80, 443] })], ends: 'service.wrong-port certain', detail: '80/TCP, 443/TCP' },
    { story: 'it has no endpoints', to: TO, pod: true, told: [...pod, service('pay', {})], ends: 'service.no-endpoints certain' },
    { story: 'none of its endpoints is ready', to: TO, pod: true, told: [...pod, service('pay', { endpoints: [{ ...one, ready: false }] })], ends: 'service.no-endpoints certain' },
    { story: 'an endpoint connects, its own address does not', to: TO, pod: true, told: [...failing, service('pay', { endpoints: [one, two] }), connects('10.1.0.8', 9000, 'connected')], ends: 'service.proxy-broken likely', evidence: ['connect', 'service'] },
    { story: 'its endpoints refuse', to: TO, pod: true, told: [...failing, service('pay', { endpoints: [one, two] }), connects('10.1.0.8', 9000, 'refused'), connects('10.1.0.9', 9000, 'refused')], ends: 'service.wrong-port likely' },
    { story: 'one endpoint refuses and the other could not be tried', to: TO, pod: true, told: [...failing, service('pay', { endpoints: [one, two] }), connects('10.1.0.8', 9000, 'refused')], ends: 'inconclusive tcp.filtered' },
    { story: 'it may not be read, and its address refuses', to: TO, pod: true, told: [...pod, cannot({ kind: 'service', namespace: 'shop', name: 'pay' }), resolves(NAME, [VIP]), connects(VIP, 8080, 'refused')], ends: 'tcp.refused likely' },
    { story: 'it is named from outside a cluster', to: TO, told: [tools('nc'), files(), resolves('pay.default.svc', 'not-found'), says('192.0.2.53', 'pay.default.svc', 'nxdomain')], ends: 'dns.nxdomain likely' },
  ]);
});

describe('a pod', () => {
  tellStories([
    { story: 'its container crashes', to: 'tcp://203.0.113.10:80', pod: true, told: [podState('waiting', { reason: 'CrashLoopBackOff' })], ends: 'pod.not-running certain', detail: 'CrashLoopBackOff' },
    { story: 'its sandbox has no network', to: 'tcp://203.0.113.10:80', pod: true, told: [podState('waiting', { reason: 'ContainerCreating', sandboxFailure: 'no IP addresses available' })], ends: 'pod.sandbox-failed certain', detail: 'no IP' },
    { story: 'it ended with an error', to: 'tcp://203.0.113.10:80', pod: true, told: [podState('waiting', { reason: 'CrashLoopBackOff', exitCode: 3 }), nodeState(false)], ends: 'pod.not-running certain', detail: 'exit code 3' },
    { story: 'nobody has started it, and its node is silent', to: 'tcp://203.0.113.10:80', pod: true, told: [podState('waiting', { reason: 'ContainerCreating' }), nodeState(false)], ends: 'node.not-ready certain', by: 'pod.running/node-fails' },
    { story: 'its node is silent, and the pod cannot be entered', to: 'tcp://203.0.113.10:80', pod: true, told: [podState('running'), told({ kind: 'tools' }, unavailable('vantage-lost')), nodeState(false)], ends: 'node.not-ready certain', evidence: ['node-state'] },
    { story: 'its node is silent, and nobody may enter', to: 'tcp://203.0.113.10:80', pod: true, told: [podState('running'), told({ kind: 'tools' }, unavailable('not-permitted')), nodeState(false)], ends: 'inconclusive node.not-ready' },
    { story: 'nobody may enter, and the cluster has no DNS', to: 'tcp://db.example:80', pod: true, told: [podState('running'), told({ kind: 'tools' }, unavailable('not-permitted')), nodeState(true), clusterDns('10.96.0.10', 0)], ends: 'inconclusive dns.cluster-dns-down' },
    { story: 'it ended before, and cannot be entered', to: 'tcp://203.0.113.10:80', pod: true, told: [podState('running', { ready: false, exitCode: 1 }), told({ kind: 'tools' }, unavailable('vantage-lost')), nodeState(true)], ends: 'pod.not-running likely' },
    { story: 'its state may not be read, and a name does not resolve', to: 'tcp://db.example:80', pod: true, told: [cannot({ kind: 'pod-state' }), tools('dig'), files(), resolves('db.example', 'not-found'), says('192.0.2.53', 'db.example', 'nxdomain')], ends: 'dns.nxdomain likely' },
    { story: 'it has no tool at all', to: 'tcp://203.0.113.10:80', pod: true, told: [podState('running'), tools()], ends: 'inconclusive', by: 'pod.tools/none' },
    { story: 'it may not be entered', to: 'tcp://203.0.113.10:80', pod: true, told: [podState('running'), told({ kind: 'tools' }, unavailable('not-permitted'))], ends: 'inconclusive', by: 'pod.tools/no-entry', detail: 'not-permitted' },
  ]);
});

const A = '203.0.113.10';
const EVERY_KIND = [`https://${A}/`, 'https://api.example.com/', 'http://api.example.com/', `tcp://${A}:5432`, 'tcp://db.example:5432', 'tls://db.example', 'postgres://db.example', 'rediss://db.example', 'grpcs://db.example', `udp://${A}:514`, `dns://${A}`, 'dns://ns.example', 'tcp://[2001:db8::1]:80', 'svc/pay:8080', 'svc/pay.other:8080'];
const CONTRASTS = [contrast('node', 'node', 'n1'), contrast('sibling', 'sibling', 'n2')];

describe('where nothing can be asked', () => {
  const withTools: readonly (readonly [string, readonly Told[]])[] = [['no tool survey', []], ['bash alone', [tools('bash')]], ['busybox alone', [tools('busybox')]]];
  for (const to of EVERY_KIND) {
    for (const [what, have] of withTools) {
      test(`${to}, ${what}: inconclusive, and nothing is claimed`, () => {
        for (const setting of [{}, { pod: true }, { contrasts: CONTRASTS }, { pod: true, contrasts: CONTRASTS }]) {
          const { walk } = walkToEnd(situation({ to, told: have, ...setting }));
          expect(walk.ending?.status).toBe('inconclusive');
          expect(walk.ending?.confidence).toBe('possible');
        }
      });
    }
  }
});
