import { z } from 'zod';
import type { Change, ClusterEvent, FactOf, MeshProxyState, ServiceEndpoint } from '../../domain/facts.ts';
import { exactly } from './exactly.ts';
import { containerName, count, hostName, labels, ms, namespaceName, nodeName, objectName, podName, port, serviceName, text, texts, userName, word, words } from './values.ts';

const clusterEvent = exactly<ClusterEvent>()(
  z.object({
    at: word.nullable(),
    type: word,
    reason: word,
    message: text,
    object: z.object({ kind: word, namespace: namespaceName.nullable(), name: objectName }),
    count,
  }),
).meta({ id: 'cluster-event' });

const nodeAgent = { node: nodeName, agentPod: objectName.nullable(), ready: z.boolean().nullable(), reason: word.nullable(), restarts: count, lastErrors: texts };

type ServerPod = FactOf<'dns-server'>['pods'][number];
const serverPod = exactly<ServerPod>()(
  z.object({ name: podName, node: nodeName.nullable(), phase: word, ready: z.boolean(), reason: word.nullable(), restarts: count }),
).meta({ id: 'server-pod' });

const meshProxy = exactly<MeshProxyState>()(
  z.object({ name: containerName, ready: z.boolean(), state: z.enum(['running', 'waiting', 'terminated', 'unknown']), reason: word.nullable(), restarts: count }),
);

const change = exactly<Change>()(
  z.object({ at: word, object: objectName, what: z.enum(['created', 'changed', 'condition', 'event']), by: userName.nullable(), detail: text.nullable() }),
);

const endpoint = exactly<ServiceEndpoint>()(
  z.object({
    address: text,
    port: port.or(z.literal('any')).nullable(),
    portName: word.nullable(),
    ready: z.boolean(),
    serving: z.boolean(),
    node: nodeName.nullable(),
    pod: podName.nullable(),
  }),
);

/** Facts that a cluster's API gives. */
export const clusterFacts = {
  'pod-state': exactly<FactOf<'pod-state'>>()(
    z.object({
      kind: z.literal('pod-state'),
      namespace: namespaceName,
      pod: podName,
      node: nodeName.nullable(),
      phase: word,
      ready: z.boolean(),
      containerState: z.enum(['running', 'waiting', 'terminated', 'unknown']),
      reason: word.nullable(),
      message: text.nullable(),
      restarts: count,
      lastTermination: z.object({ reason: word.nullable(), exitCode: z.int(), at: word.nullable() }).nullable(),
      addresses: texts,
      hostNetwork: z.boolean(),
      dnsPolicy: word,
      sandboxFailure: text.nullable(),
      events: z.array(clusterEvent),
      meshProxies: z.array(meshProxy).exactOptional(),
    }),
  ),
  'node-state': exactly<FactOf<'node-state'>>()(
    z.object({
      kind: z.literal('node-state'),
      node: nodeName,
      ready: z.boolean().nullable(),
      networkUnavailable: z.boolean().nullable(),
      leaseAgeMs: ms.nullable(),
      message: text.nullable(),
      pressures: words,
      taints: texts,
      peers: texts,
    }),
  ),
  'cni-state': exactly<FactOf<'cni-state'>>()(z.object({ kind: z.literal('cni-state'), plugin: text.nullable(), ...nodeAgent })),
  'proxy-state': exactly<FactOf<'proxy-state'>>()(z.object({ kind: z.literal('proxy-state'), ...nodeAgent })),
  'cluster-dns': exactly<FactOf<'cluster-dns'>>()(
    z.object({
      kind: z.literal('cluster-dns'),
      namespace: namespaceName,
      service: serviceName,
      serviceAddress: text.nullable(),
      serviceAddresses: texts,
      selector: labels.nullable(),
      readyEndpoints: count,
      endpoints: count,
      replicas: z.array(z.object({ address: text, ready: z.boolean(), node: nodeName.nullable(), pod: podName.nullable() })),
      targetPorts: z.array(port).exactOptional(),
    }),
  ),
  'dns-server': exactly<FactOf<'dns-server'>>()(
    z.object({
      kind: z.literal('dns-server'),
      namespace: namespaceName,
      pods: z.array(serverPod),
      forwarders: texts.nullable(),
      concerning: texts,
      loop: text.nullable(),
      errors: texts,
      nodeLocal: serverPod.nullable(),
      unreadable: texts,
    }),
  ),
  changes: exactly<FactOf<'changes'>>()(z.object({ kind: z.literal('changes'), windowMs: ms, changes: z.array(change), unreadable: texts })),
  service: exactly<FactOf<'service'>>()(
    z.object({
      kind: z.literal('service'),
      namespace: namespaceName,
      name: serviceName,
      exists: z.boolean(),
      type: word.nullable(),
      headless: z.boolean(),
      clusterAddresses: texts,
      externalName: hostName.nullable(),
      selector: labels.nullable(),
      ports: z.array(z.object({ name: word.nullable(), port, protocol: word, targetPort: word, nodePort: port.nullable() })),
      endpoints: z.array(endpoint),
      onlyOwnNode: z.boolean().exactOptional(),
    }),
  ),
  policy: exactly<FactOf<'policy'>>()(
    z.object({
      kind: z.literal('policy'),
      direction: z.enum(['egress', 'ingress']),
      pod: objectName,
      verdict: z.enum(['allowed', 'denied', 'depends-on-cni']),
      usual: z.enum(['allowed', 'denied']).nullable(),
      doubts: words,
      selectedBy: z.array(objectName).max(10_000),
      deciding: z.array(z.object({ policy: objectName, rule: count.nullable(), effect: z.enum(['allows', 'denies', 'passes']) })),
      suggestedPolicy: text.nullable(),
      customPolicies: z.array(objectName).max(10_000),
      unreadable: texts,
    }),
  ),
};
