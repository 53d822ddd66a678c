import { canonical } from './addresses.ts';
import type { AdminPolicy, EndpointSet, NetworkPolicy, Pod, PolicyObjects, Service } from './model.ts';
import { isEmptySelector, selects, type Labels, type LabelSelector } from './selector.ts';
import type { Reading } from './crossing.ts';
import { PolicyIndex } from './policy-index.ts';

/** Set by the API server on every namespace since Kubernetes 1.21 (KEP-2161). */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** What the objects leave out because it could not be read. */
export interface Gaps {
  /** An address may be a pod's or a Service's although none of the objects has it. */
  readonly addresses: boolean;
  /** Namespaces whose policies are not all there. */
  readonly policiesIn: ReadonlySet<string>;
  /** Policies of the whole cluster are not all there. */
  readonly clusterPolicies: boolean;
}

const NO_GAPS: Gaps = { addresses: false, policiesIn: new Set(), clusterPolicies: false };

/** The objects with the indexes that make one pod's question independent of how many there are. */
export class World {
  readonly objects: PolicyObjects;
  readonly #policies: ReadonlyMap<string, PolicyIndex>;
  readonly #podsByNamespace: ReadonlyMap<string, readonly Pod[]>;
  readonly #podsByAddress = new Map<string, Pod[]>();
  readonly #servicesByAddress = new Map<string, Service>();
  readonly #namespaceLabels = new Map<string, Labels | null>();
  readonly #endpoints: ReadonlyMap<string, readonly EndpointSet[]>;
  /** By priority, then by name. */
  readonly adminPolicies: readonly AdminPolicy[];
  readonly baselinePolicies: readonly AdminPolicy[];
  readonly #gaps: Gaps;

  constructor(objects: PolicyObjects, gaps: Gaps = NO_GAPS) {
    this.objects = objects;
    this.#gaps = gaps;
    this.#policies = new Map([...groupBy(objects.networkPolicies, ({ namespace }) => namespace)].map(([namespace, policies]) => [namespace, new PolicyIndex(policies)]));
    this.#podsByNamespace = groupBy(objects.pods, ({ namespace }) => namespace);
    this.#endpoints = groupBy(objects.endpoints, ({ namespace, service }) => `${namespace}/${service}`);
    for (const pod of objects.pods) for (const address of pod.addresses) push(this.#podsByAddress, canonical(address), pod);
    for (const service of objects.services) for (const address of service.addresses) this.#servicesByAddress.set(canonical(address), service);
    for (const { name, labels } of objects.namespaces) {
      this.#namespaceLabels.set(name, labels === null ? null : { ...labels, [NAMESPACE_NAME_LABEL]: name });
    }
    const byRank = objects.adminPolicies.toSorted((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1));
    this.adminPolicies = byRank.filter(({ kind }) => kind === 'AdminNetworkPolicy');
    this.baselinePolicies = byRank.filter(({ kind }) => kind === 'BaselineAdminNetworkPolicy');
  }

  /** False when an address may be a pod's or a Service's that could not be read. */
  get knowsEveryAddress(): boolean {
    return !this.#gaps.addresses;
  }

  hasUnreadPolicies(namespace: string): boolean {
    return this.#gaps.clusterPolicies || this.#gaps.policiesIn.has(namespace);
  }

  /** Policies of the namespace that may select a pod with these labels: no other one does. */
  policiesFor(namespace: string, labels: Labels): readonly NetworkPolicy[] {
    return this.#policies.get(namespace)?.candidatesFor(labels) ?? [];
  }

  podsIn(namespace: string): readonly Pod[] {
    return this.#podsByNamespace.get(namespace) ?? [];
  }

  podNamed(namespace: string, name: string): Pod | null {
    return this.podsIn(namespace).find((pod) => pod.name === name && pod.workload === null) ?? null;
  }

  /** `kind` in the singular: `deployment`. */
  podOfWorkload(namespace: string, kind: string, name: string): Pod | null {
    return this.podsIn(namespace).find(({ workload }) => workload === `${kind}/${name}`) ?? null;
  }

  serviceNamed(namespace: string, name: string): Service | null {
    return this.objects.services.find((service) => service.namespace === namespace && service.name === name) ?? null;
  }

  serviceAt(address: string): Service | null {
    return this.#servicesByAddress.get(canonical(address)) ?? null;
  }

  endpointsOf({ namespace, name }: Service): readonly EndpointSet[] {
    return this.#endpoints.get(`${namespace}/${name}`) ?? [];
  }

  /**
   * The pod behind an address. Pods with hostNetwork share their node's address: the one that declares the port is meant, and
   * without one it is the node itself.
   */
  podAt(address: string, port: number): Pod | null {
    const pods = this.#podsByAddress.get(canonical(address)) ?? [];
    return pods.find(({ hostNetwork }) => !hostNetwork) ?? pods.find(({ ports }) => ports.some((one) => one.port === port)) ?? null;
  }

  /** null: this namespace's labels could not be read. A namespace that is not listed has only the label of its name. */
  namespaceLabels(namespace: string): Labels | null {
    const known = this.#namespaceLabels.get(namespace);
    return known === undefined ? { [NAMESPACE_NAME_LABEL]: namespace } : known;
  }

  selectsNamespace(selector: LabelSelector, namespace: string, reading: Reading): boolean {
    const labels = this.namespaceLabels(namespace);
    if (labels !== null) return selects(selector, labels);
    // Its name is known whatever else is not.
    const ofName: LabelSelector = {
      labels: Object.hasOwn(selector.labels, NAMESPACE_NAME_LABEL) ? { [NAMESPACE_NAME_LABEL]: selector.labels[NAMESPACE_NAME_LABEL] ?? '' } : {},
      expressions: selector.expressions.filter(({ key }) => key === NAMESPACE_NAME_LABEL),
    };
    if (!selects(ofName, { [NAMESPACE_NAME_LABEL]: namespace })) return false;
    const asksMore = Object.keys(selector.labels).length > Object.keys(ofName.labels).length || selector.expressions.length > ofName.expressions.length;
    return isEmptySelector(selector) || !asksMore || reading.has('unknown-peer');
  }
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) push(groups, keyOf(value), value);
  return groups;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
