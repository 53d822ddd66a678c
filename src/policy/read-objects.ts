import type { KubernetesObject } from '../domain/policy-objects.ts';
import { customPolicyOf } from './read-custom.ts';
import type { AdminPolicy, EndpointSet, Namespace, NetworkPolicy, Node, Pod, PolicyObjects, Service } from './model.ts';
import * as schema from './schema.ts';
import { SELECT_ALL } from './selector.ts';
import type { z } from 'zod';

/** An object that is not what its kind says: the API server would refuse it. */
export interface ObjectProblem {
  /** `NetworkPolicy shop/deny-all`. */
  readonly object: string;
  /** `spec.egress[0].to[0].ipBlock.cidr: not a CIDR`. */
  readonly detail: string;
}

export interface ReadResult {
  readonly objects: PolicyObjects;
  readonly problems: readonly ObjectProblem[];
  /** Kinds that say nothing about policies, each once. */
  readonly ignored: readonly string[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

export const NO_OBJECTS: PolicyObjects = {
  namespaces: [],
  pods: [],
  nodes: [],
  services: [],
  endpoints: [],
  networkPolicies: [],
  adminPolicies: [],
  customPolicies: [],
};

/** Reads objects of all kinds that matter; those without a namespace are in `defaultNamespace`. A list is read item by item. */
export function readObjects(all: readonly KubernetesObject[], defaultNamespace: string): ReadResult {
  const found: Mutable<PolicyObjects> = Object.fromEntries(Object.keys(NO_OBJECTS).map((key) => [key, []])) as never;
  const problems: ObjectProblem[] = [];
  const ignored = new Set<string>();
  for (const object of all) {
    const result = readObject(object, defaultNamespace, found);
    if (result === 'ignored') ignored.add(object.kind);
    else if (result !== null) problems.push({ object: nameOf(object, defaultNamespace), detail: result });
  }
  return { objects: found, problems, ignored: [...ignored] };
}

/** @returns null when it was read, `ignored` for other kinds, or what is wrong with it. */
function readObject(object: KubernetesObject, defaultNamespace: string, found: Mutable<PolicyObjects>): string | null {
  const group = object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '';
  const take = <T, V>(parser: z.ZodType<T>, convert: (value: T, namespace: string) => V, list: V[]): string | null => {
    const parsed = parser.safeParse(object);
    if (!parsed.success) return firstIssue(parsed.error);
    const namespace = object.metadata.namespace;
    list.push(convert(parsed.data, namespace === undefined || namespace === null || namespace === '' ? defaultNamespace : namespace));
    return null;
  };
  switch (`${object.kind}.${group}`) {
    case 'Namespace.':
      return take(schema.namespace, ({ metadata }): Namespace => ({ name: metadata.name, labels: metadata.labels }), found.namespaces);
    case 'Pod.':
      return isFinished(object) ? null : take(schema.pod, podOf, found.pods);
    case 'Node.':
      return take(schema.node, nodeOf, found.nodes);
    case 'Service.':
      return take(schema.service, serviceOf, found.services);
    case 'EndpointSlice.discovery.k8s.io':
      return take(schema.endpointSlice, endpointsOf, found.endpoints);
    case 'NetworkPolicy.networking.k8s.io':
      return take(schema.networkPolicy, networkPolicyOf, found.networkPolicies);
    case 'AdminNetworkPolicy.policy.networking.k8s.io':
      return take(schema.adminPolicy, (policy): AdminPolicy => adminPolicyOf(policy, 'AdminNetworkPolicy'), found.adminPolicies);
    case 'BaselineAdminNetworkPolicy.policy.networking.k8s.io':
      return take(schema.adminPolicy, (policy): AdminPolicy => adminPolicyOf(policy, 'BaselineAdminNetworkPolicy'), found.adminPolicies);
    case 'Deployment.apps':
    case 'StatefulSet.apps':
    case 'DaemonSet.apps':
    case 'ReplicaSet.apps':
    case 'ReplicationController.':
    case 'Job.batch':
      return take(schema.workload, ({ metadata, spec }, namespace): Pod => templatePod(object.kind, metadata.name, namespace, spec.template), found.pods);
    case 'CronJob.batch':
      return take(schema.cronJob, ({ metadata, spec }, namespace): Pod => templatePod(object.kind, metadata.name, namespace, spec.jobTemplate.spec.template), found.pods);
    default: {
      const custom = customPolicyOf(object, group, defaultNamespace);
      if (custom === null) return 'ignored';
      found.customPolicies.push(custom);
      return null;
    }
  }
}

function isFinished(object: KubernetesObject): boolean {
  const { phase } = (object['status'] ?? {}) as { readonly phase?: unknown };
  return phase === 'Succeeded' || phase === 'Failed';
}

function firstIssue(error: z.ZodError): string {
  const issue = deepest(error.issues);
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`)).join('');
  return `${path.replace(/^\./u, '')}: ${issue?.message ?? 'not understood'}`;
}

/** Inside a union, the branch that came furthest says best what is wrong. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [first] = issues;
  if (first?.code !== 'invalid_union') return first;
  const inner = first.errors.flatMap((branch) => deepest(branch) ?? []).toSorted((a, b) => b.path.length - a.path.length)[0];
  return inner === undefined ? first : { ...inner, path: [...first.path, ...inner.path] };
}

export function nameOf(object: KubernetesObject, defaultNamespace: string): string {
  const name = typeof object.metadata.name === 'string' ? object.metadata.name : '?';
  return `${object.kind} ${object.metadata.namespace ?? defaultNamespace}/${name}`;
}

// --- conversions -------------------------------------------------------------------------------------------------

type PodSpec = z.infer<typeof schema.podSpec>;

function podOf({ metadata, spec, status }: z.infer<typeof schema.pod>, namespace: string): Pod {
  return {
    namespace,
    name: metadata.name,
    labels: metadata.labels,
    ...specPart(spec),
    addresses: addressesOf(status?.podIP, status?.podIPs),
    nodeAddresses: addressesOf(status?.hostIP, status?.hostIPs),
    // A manifest has no conditions: nothing says that it is not ready.
    ready: status?.conditions.find(({ type }) => type === 'Ready')?.status !== 'False',
    workload: null,
  };
}

function templatePod(kind: string, name: string, namespace: string, template: z.infer<typeof schema.workload>['spec']['template']): Pod {
  const labels = template.metadata?.labels ?? {};
  return { namespace, name, labels, ...specPart(template.spec), addresses: [], nodeAddresses: [], ready: true, workload: `${kind.toLowerCase()}/${name}` };
}

function specPart(spec: PodSpec | null | undefined): Pick<Pod, 'node' | 'hostNetwork' | 'serviceAccount' | 'ports'> {
  // Init containers that stay (sidecars) have ports that named ports mean, too.
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return {
    node: spec?.nodeName ?? null,
    hostNetwork: spec?.hostNetwork ?? false,
    serviceAccount: spec?.serviceAccountName ?? 'default',
    ports: [...(spec?.containers ?? []), ...sidecars].flatMap(({ ports }) => ports),
  };
}

function addressesOf(one: string | null | undefined, all: readonly { readonly ip: string }[] | undefined): readonly string[] {
  const several = (all ?? []).map(({ ip }) => ip);
  return several.length > 0 || one === null || one === undefined || one === '' ? several : [one];
}

function nodeOf({ metadata, status }: z.infer<typeof schema.node>): Node {
  const addresses = (status?.addresses ?? []).filter(({ type }) => type.endsWith('IP')).map(({ address }) => address);
  return { name: metadata.name, labels: metadata.labels, addresses };
}

function serviceOf({ metadata, spec, status }: z.infer<typeof schema.service>, namespace: string): Service {
  const own = spec.clusterIPs.length > 0 ? spec.clusterIPs : [spec.clusterIP ?? ''];
  const balanced = (status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip ?? '');
  return {
    namespace,
    name: metadata.name,
    type: spec.type ?? 'ClusterIP',
    addresses: [...own, ...spec.externalIPs, ...balanced].filter((address) => address !== '' && address !== 'None'),
    externalName: spec.externalName ?? null,
    headless: own.includes('None'),
    selector: spec.selector === null || spec.selector === undefined || Object.keys(spec.selector).length === 0 ? null : spec.selector,
    ports: spec.ports.map(({ name, port, nodePort, protocol, targetPort }) => ({
      name: name ?? null,
      port,
      nodePort: nodePort ?? null,
      protocol,
      // 0 and absent mean the Service's own port (core/v1 ServicePort).
      targetPort: targetPort === null || targetPort === undefined || targetPort === 0 || targetPort === '' ? port : targetPort,
    })),
  };
}

function endpointsOf({ metadata, endpoints, ports }: z.infer<typeof schema.endpointSlice>, namespace: string): EndpointSet {
  return {
    namespace,
    service: metadata.labels['kubernetes.io/service-name'] ?? '',
    addresses: endpoints.flatMap(({ addresses }) => addresses),
    ports: ports.map(({ name, port, protocol }) => ({ name: name ?? null, port: port ?? null, protocol })),
  };
}

/**
 * Which directions a policy is about: policyTypes, and where it is absent Ingress, and Egress with at least one egress rule
 * (SetDefaults_NetworkPolicy of the API server).
 */
function networkPolicyOf({ metadata, spec }: z.infer<typeof schema.networkPolicy>, namespace: string): NetworkPolicy {
  const { podSelector = SELECT_ALL, policyTypes = [], ingress = [], egress = [] } = spec ?? {};
  const types = policyTypes.length > 0 ? policyTypes : egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  return {
    namespace,
    name: metadata.name,
    podSelector,
    egress: types.includes('Egress') ? egress : null,
    ingress: types.includes('Ingress') ? ingress : null,
  };
}

function adminPolicyOf({ metadata, spec }: z.infer<typeof schema.adminPolicy>, kind: AdminPolicy['kind']): AdminPolicy {
  return { kind, name: metadata.name, priority: spec.priority ?? 0, subject: spec.subject, egress: spec.egress, ingress: spec.ingress };
}
