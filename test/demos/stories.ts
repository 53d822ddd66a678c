import type { en } from '../../src/i18n/en.ts';
import { SCENARIOS as CLUSTER } from '../e2e/faults/index.ts';
import { fromShop, type Scenario as ClusterScenario } from '../e2e/faults/scenario.ts';
import { SCENARIOS as LAB } from '../lab/scenarios/index.ts';
import type { Scenario as LabScenario } from '../lab/scenario.ts';

export type DemoId = keyof typeof en.demos;

/** Where a demo's failure is made, and what the product has to find in it. */
export type Story = { readonly place: 'cluster'; readonly scenario: ClusterScenario } | { readonly place: 'lab'; readonly scenario: LabScenario };

const EXPIRED: ClusterScenario = {
  id: 'expired-certificate', inject: null, undo: null, run: fromShop('deploy/orders', 'https://expired.payments.example/'), expected: 'tls.expired', why: 'the server’s certificate ended in 2024',
};

/** Every demo has its failure here, or this does not compile. */
export const STORIES: Readonly<Record<DemoId, Story>> = {
  healthy: onCluster('healthy-payments'),
  'policy-denial': onCluster('policy-dns-only'),
  'dns-down': onCluster('dns-down'),
  'expired-certificate': { place: 'cluster', scenario: EXPIRED },
  'wrong-endpoint': onCluster('log-wrong-host'),
  'service-port': onCluster('service-wrong-target-port'),
  'crash-loop': onCluster('pod-crash'),
  'one-node': onCluster('node-pods-cut-one-target'),
  'path-mtu': inLab('ip.pmtu-blackhole-dropped-both-ways'),
  'fake-accept': inLab('tcp.fake-accept-https'),
  'dead-path': inLab('ip.path-dead-after-first-router-blackhole'),
};

function onCluster(id: string): Story {
  const scenario = CLUSTER.find((one) => one.id === id);
  if (scenario === undefined) throw new Error(`the cluster has no scenario ${id}`);
  return { place: 'cluster', scenario };
}

function inLab(id: string): Story {
  const scenario = LAB.find((one) => one.id === id);
  if (scenario === undefined) throw new Error(`the lab has no scenario ${id}`);
  return { place: 'lab', scenario };
}
