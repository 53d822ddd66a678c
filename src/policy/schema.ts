/** The API's shapes as far as policies need them. Fields that are not named here pass; null counts as absent, as for the API server. */
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { SELECT_ALL, type LabelSelector } from './selector.ts';

const labels = z.record(z.string(), z.string()).nullish().transform((value) => value ?? {});
const protocol = z.enum(['TCP', 'UDP', 'SCTP']).nullish().transform((value) => value ?? 'TCP');
const portNumber = z.int().min(1).max(65_535);
const cidr = z.string().refine((text) => ipaddr.isValidCIDR(text), { error: 'not a CIDR' });

/** A list that is absent is empty. */
function listOf<T extends z.ZodType>(item: T) {
  return z.array(item).nullish().transform((value) => value ?? []);
}

const expression = z
  .object({ key: z.string(), operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']), values: listOf(z.string()) })
  // The API server refuses both: the words of apimachinery's validation.
  .refine(({ operator, values }) => operator === 'Exists' || operator === 'DoesNotExist' || values.length > 0, { error: 'values must be specified for In and NotIn' })
  .refine(({ operator, values }) => operator === 'In' || operator === 'NotIn' || values.length === 0, { error: 'values may not be specified for Exists and DoesNotExist' });

/** null when absent, which is not the same as empty. */
export const labelSelector = z
  .object({ matchLabels: labels, matchExpressions: listOf(expression) })
  .nullish()
  .transform((value): LabelSelector | null => (value === null || value === undefined ? null : { labels: value.matchLabels, expressions: value.matchExpressions }));

/** A required selector that is absent is an empty struct, which selects everything. */
const requiredSelector = labelSelector.transform((value) => value ?? SELECT_ALL);

export const metadata = z.object({ name: z.string(), namespace: z.string().nullish(), labels });

const containerPort = z
  .object({ name: z.string().nullish(), containerPort: portNumber, protocol })
  .transform((port) => ({ name: port.name ?? null, port: port.containerPort, protocol: port.protocol }));

const container = z.object({ ports: listOf(containerPort), restartPolicy: z.string().nullish() });

export const podSpec = z.object({
  hostNetwork: z.boolean().nullish(),
  nodeName: z.string().nullish(),
  serviceAccountName: z.string().nullish(),
  containers: listOf(container),
  initContainers: listOf(container),
});

export const pod = z.object({
  metadata,
  spec: podSpec.nullish(),
  status: z
    .object({
      phase: z.string().nullish(),
      podIP: z.string().nullish(),
      podIPs: listOf(z.object({ ip: z.string() })),
      hostIP: z.string().nullish(),
      hostIPs: listOf(z.object({ ip: z.string() })),
      conditions: listOf(z.object({ type: z.string(), status: z.string() })),
    })
    .nullish(),
});

const template = z.object({ metadata: z.object({ labels }).nullish(), spec: podSpec });
export const workload = z.object({ metadata, spec: z.object({ template }) });
export const cronJob = z.object({ metadata, spec: z.object({ jobTemplate: z.object({ spec: z.object({ template }) }) }) });

export const namespace = z.object({ metadata });

export const node = z.object({ metadata, status: z.object({ addresses: listOf(z.object({ type: z.string(), address: z.string() })) }).nullish() });

const servicePort = z.object({
  name: z.string().nullish(),
  port: portNumber,
  nodePort: z.int().nullish(),
  protocol,
  targetPort: z.union([portNumber, z.string(), z.literal(0)]).nullish(),
});

export const service = z.object({
  metadata,
  spec: z.object({
    type: z.string().nullish(),
    clusterIP: z.string().nullish(),
    clusterIPs: listOf(z.string()),
    externalIPs: listOf(z.string()),
    externalName: z.string().nullish(),
    selector: z.record(z.string(), z.string()).nullish(),
    ports: listOf(servicePort),
  }),
  status: z.object({ loadBalancer: z.object({ ingress: listOf(z.object({ ip: z.string().nullish() })) }).nullish() }).nullish(),
});

export const endpointSlice = z.object({
  metadata,
  endpoints: listOf(z.object({ addresses: listOf(z.string()) })),
  ports: listOf(z.object({ name: z.string().nullish(), port: portNumber.nullish(), protocol })),
});

// --- networking.k8s.io/v1 ----------------------------------------------------------------------------------------

const peer = z
  .object({
    podSelector: labelSelector,
    namespaceSelector: labelSelector,
    ipBlock: z
      .object({ cidr, except: listOf(cidr) })
      .nullish()
      .transform((value) => value ?? null),
  })
  .refine(({ podSelector, namespaceSelector, ipBlock }) => podSelector !== null || namespaceSelector !== null || ipBlock !== null, {
    error: 'must specify a peer',
  })
  .refine(({ podSelector, namespaceSelector, ipBlock }) => ipBlock === null || (podSelector === null && namespaceSelector === null), {
    error: 'may not specify both ipBlock and another peer',
  });

const policyPort = z
  .object({ protocol, port: z.union([portNumber, z.string()]).nullish(), endPort: portNumber.nullish() })
  .transform(({ protocol: spoken, port, endPort }) => ({ protocol: spoken, port: port ?? null, endPort: endPort ?? null }))
  .refine(({ port, endPort }) => endPort === null || (typeof port === 'number' && endPort >= port), { error: 'endPort needs a smaller numeric port' });

const egressRule = z
  .object({ to: listOf(peer), ports: listOf(policyPort) })
  .nullable()
  .transform((rule) => ({ peers: rule?.to ?? [], ports: rule?.ports ?? [] }));
const ingressRule = z
  .object({ from: listOf(peer), ports: listOf(policyPort) })
  .nullable()
  .transform((rule) => ({ peers: rule?.from ?? [], ports: rule?.ports ?? [] }));

export const networkPolicy = z.object({
  metadata,
  spec: z
    .object({ podSelector: requiredSelector, policyTypes: listOf(z.enum(['Ingress', 'Egress'])), ingress: listOf(ingressRule), egress: listOf(egressRule) })
    .nullish(),
});

// --- policy.networking.k8s.io/v1alpha1 ---------------------------------------------------------------------------

export const subject = z
  .object({
    namespaces: labelSelector,
    pods: z.object({ namespaceSelector: requiredSelector, podSelector: requiredSelector }).nullish(),
  })
  .transform(({ namespaces, pods }, issues) => {
    if (pods !== null && pods !== undefined) return { kind: 'pods' as const, ...pods };
    if (namespaces !== null) return { kind: 'namespaces' as const, namespaceSelector: namespaces };
    issues.addIssue('must specify namespaces or pods');
    return z.NEVER;
  });

const otherAdminPeer = z
  .object({ nodes: labelSelector, networks: z.array(cidr).nullish(), domainNames: z.array(z.string()).nullish() })
  .transform(({ nodes, networks, domainNames }, issues) => {
    if (nodes !== null) return { kind: 'nodes' as const, nodeSelector: nodes };
    if (networks !== null && networks !== undefined) return { kind: 'networks' as const, networks };
    if (domainNames !== null && domainNames !== undefined) return { kind: 'domain-names' as const, names: domainNames };
    issues.addIssue('must specify a peer that is known');
    return z.NEVER;
  });
const adminPeer = z.union([subject, otherAdminPeer]);

const adminPort = z
  .object({
    portNumber: z.object({ protocol, port: portNumber }).nullish(),
    portRange: z.object({ protocol, start: portNumber, end: portNumber }).nullish(),
    namedPort: z.string().nullish(),
  })
  .transform(({ portNumber: single, portRange, namedPort }, issues) => {
    if (single !== null && single !== undefined) return { kind: 'range' as const, protocol: single.protocol, start: single.port, end: single.port };
    if (portRange !== null && portRange !== undefined) return { kind: 'range' as const, ...portRange };
    if (namedPort !== null && namedPort !== undefined) return { kind: 'named' as const, name: namedPort };
    issues.addIssue('must specify a port');
    return z.NEVER;
  });

const action = z.enum(['Allow', 'Deny', 'Pass']);
const adminEgress = z
  .object({ action, to: listOf(adminPeer), ports: listOf(adminPort) })
  .transform(({ to, ...rule }) => ({ ...rule, peers: to }));
const adminIngress = z
  .object({ action, from: listOf(adminPeer), ports: listOf(adminPort) })
  .transform(({ from, ...rule }) => ({ ...rule, peers: from }));

export const adminPolicy = z.object({
  metadata,
  spec: z.object({ priority: z.int().nullish(), subject, egress: listOf(adminEgress), ingress: listOf(adminIngress) }),
});

// --- policies of network plugins ---------------------------------------------------------------------------------

const anyRules = z.array(z.unknown()).nullish();
const ciliumSpec = z.object({
  endpointSelector: labelSelector,
  nodeSelector: labelSelector,
  egress: anyRules,
  egressDeny: anyRules,
  ingress: anyRules,
  ingressDeny: anyRules,
});
export const ciliumPolicy = z.object({ metadata, spec: ciliumSpec.nullish(), specs: listOf(ciliumSpec) });

export const calicoPolicy = z.object({
  metadata,
  spec: z.object({
    selector: z.string().nullish(),
    namespaceSelector: z.string().nullish(),
    serviceAccountSelector: z.string().nullish(),
    types: listOf(z.string()),
    egress: anyRules,
    ingress: anyRules,
  }),
});

export const clusterNetworkPolicy = z.object({ metadata, spec: z.object({ subject, egress: anyRules, ingress: anyRules }) });
