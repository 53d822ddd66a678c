import { describe } from 'vitest';
import type { ConntrackFact } from '../../src/domain/facts.ts';
import { at, conntrack, connects, files, GOOD_LINK, pings, tools, traces } from './facts.ts';
import { contrast, type Told } from './situation.ts';
import { tellStories } from './story.ts';

const A = '203.0.113.10';
const TO = `tcp://${A}:5432`;
const NODE = contrast('node', 'node');
const NEIGHBOUR = contrast('neighbour', 'pod');

type Flow = NonNullable<ConntrackFact['flows']>[number];
const flow = (source: string, answersGoTo: string, answered: boolean): Flow => ({ source, destination: A, port: 5432, answersGoTo, answered });
const nodesOwn = flow('172.16.0.2', '172.16.0.2', true);

const tries = (...outcomes: readonly ('timeout' | 'connected')[]): readonly Told[] => outcomes.map((outcome, attempt) => connects(A, 5432, outcome, { attempt, elapsedMs: outcome === 'timeout' ? 3000 : 20 }));
const silent = [tools('nc'), files(), ...tries('timeout', 'timeout', 'timeout'), pings(A, 0), ...GOOD_LINK, traces(A, 5432, ['10.1.0.1', null, null])];
const node = (outcome: 'connected' | 'timeout', before: Partial<ConntrackFact>, after: Partial<ConntrackFact> = before): readonly Told[] =>
  at('node', connects(A, 5432, outcome), conntrack(before, A), conntrack(after, A, 1), traces(A, 5432, ['198.51.100.1', A], true));

describe('what the node\'s connection tracking saw', () => {
  tellStories([
    { story: 'the pod\'s packets left as they are', to: TO, contrasts: [NODE], told: [...silent, ...node('connected', { flows: [nodesOwn, flow('10.1.0.7', '10.1.0.7', false)] })], ends: 'ip.not-masqueraded likely', detail: '10.1.0.7', contrast: 'node', evidence: ['node conntrack'] },
    { story: 'the pod\'s packets never left', to: TO, contrasts: [NODE], told: [...silent, ...node('connected', { flows: [nodesOwn] })], ends: 'tcp.filtered-from-pods likely', contrast: 'node', evidence: ['node conntrack'] },
    { story: 'what is listed of the pod is of a better time', to: TO, contrasts: [NODE], told: [...silent, ...node('connected', { flows: [nodesOwn, flow('10.1.0.7', '172.16.0.2', true)] })], ends: 'tcp.filtered-from-pods likely' },
    { story: 'nothing may be listed, and only the node answers the trace', to: TO, contrasts: [NODE], told: [...silent, ...node('connected', { flows: null })], ends: 'ip.not-masqueraded likely', evidence: ['trace'] },
    { story: 'nothing at all is tracked: that the pod\'s are missing says nothing', to: TO, contrasts: [NODE], told: [...silent, ...node('connected', { flows: [] })], ends: 'ip.not-masqueraded likely', evidence: ['trace'] },
    { story: 'connections could not be entered while we tried', to: TO, contrasts: [NODE], told: [...silent, ...node('connected', { insertFailed: 10, dropped: 40 }, { insertFailed: 21, dropped: 51 })], ends: 'tcp.ports-exhausted likely', detail: '+11' },
    { story: 'failures of long ago, and one of somebody else', to: TO, contrasts: [NODE, NEIGHBOUR], told: [...silent, ...node('connected', { insertFailed: 900, dropped: 900 }, { insertFailed: 901, dropped: 901 }), ...at('neighbour', connects(A, 5432, 'timeout'))], ends: 'ip.not-masqueraded likely' },
    { story: 'the table is full', to: TO, contrasts: [NODE], told: [...silent, ...node('timeout', { entries: 999 })], ends: 'tcp.conntrack-full likely', detail: '999 / 1000' },
    { story: 'the table is full, and some tries find room', to: TO, contrasts: [NODE], told: [tools('nc'), files(), ...tries('timeout', 'connected', 'timeout'), pings(A, 3), ...node('connected', { entries: 1000 })], ends: 'tcp.conntrack-full likely' },
    { story: 'packets are dropped for want of room', to: TO, contrasts: [NODE], told: [...silent, ...node('timeout', { entries: 900, dropped: 1 }, { entries: 900, dropped: 30 })], ends: 'tcp.conntrack-full likely' },
    { story: 'the table has room', to: TO, contrasts: [NODE], told: [tools('nc'), files(), ...tries('timeout', 'connected', 'timeout'), pings(A, 3), ...node('connected', {})], ends: 'tcp.intermittent likely' },
  ]);
});
