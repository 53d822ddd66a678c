import { isSubject } from './admin-policy.ts';
import { parseCalicoSelector } from './calico-selector.ts';
import type { CustomPolicy, CustomSelector, Direction, Pod } from './model.ts';
import { selects, type Labels, type LabelSelector } from './selector.ts';
import { NAMESPACE_NAME_LABEL, type World } from './world.ts';

/** A policy of a network plugin that selects the pod, and so may deny. */
export interface CustomMatch {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  /** False when its selector could not be read, or asks for labels that could not. */
  readonly certain: boolean;
}

type Answer = 'yes' | 'no' | 'perhaps';

/** Policies of Cilium, Calico and of later admin APIs that select the pod for the direction. */
export function customPoliciesOf(pod: Pod, direction: Direction, world: World): readonly CustomMatch[] {
  return world.objects.customPolicies.flatMap((policy) => {
    const answer = policy.directions.includes(direction) ? customSelects(policy, pod, world) : 'no';
    return answer === 'no' ? [] : [{ kind: policy.kind, namespace: policy.namespace, name: policy.name, certain: answer === 'yes' }];
  });
}

function customSelects(policy: CustomPolicy, pod: Pod, world: World): Answer {
  if (policy.namespace !== null && policy.namespace !== pod.namespace) return 'no';
  const answers = policy.selectors.map((selector) => selectorSelects(selector, pod, world));
  return answers.find((answer) => answer === 'yes') ?? answers.find((answer) => answer === 'perhaps') ?? 'no';
}

function selectorSelects(selector: CustomSelector, pod: Pod, world: World): Answer {
  const namespaceLabels = world.namespaceLabels(pod.namespace);
  switch (selector.kind) {
    case 'unreadable':
      return 'perhaps';
    case 'admin':
      if (!isSubject(selector.subject, pod, world, new Set(['unknown-peer']))) return 'no';
      return namespaceLabels === null ? 'perhaps' : 'yes';
    case 'cilium': {
      if (pod.hostNetwork) return 'no'; // Endpoint policies: the host has policies of its own (nodeSelector).
      const isOnNamespace = JSON.stringify(selector.selector).includes(CILIUM_NAMESPACE_LABELS);
      if (namespaceLabels === null && isOnNamespace) return 'perhaps';
      return selects(withoutSources(selector.selector), ciliumLabels(pod, namespaceLabels ?? {})) ? 'yes' : 'no';
    }
    case 'calico':
      if (pod.hostNetwork) return 'no'; // Calico makes no workload endpoint for it.
      return calicoSelects(selector, pod, namespaceLabels);
  }
}

// --- Cilium ------------------------------------------------------------------------------------------------------

/** Cilium's names for what it knows of a pod's namespace (cilium pkg/k8s/apis/cilium.io: PodNamespaceLabel, PodNamespaceMetaLabels). */
const CILIUM_NAMESPACE = 'io.kubernetes.pod.namespace';
const CILIUM_NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels';
const CILIUM_SERVICE_ACCOUNT = 'io.cilium.k8s.policy.serviceaccount';

function ciliumLabels(pod: Pod, namespaceLabels: Labels): Labels {
  const ofNamespace = Object.entries({ ...namespaceLabels, [NAMESPACE_NAME_LABEL]: pod.namespace });
  return {
    ...pod.labels,
    ...Object.fromEntries(ofNamespace.map(([key, value]) => [`${CILIUM_NAMESPACE_LABELS}.${key}`, value])),
    [CILIUM_NAMESPACE]: pod.namespace,
    [CILIUM_SERVICE_ACCOUNT]: pod.serviceAccount,
  };
}

/** `k8s:app` and `any:app` mean the pod's label app; labels of other sources (`reserved:host`) no pod has. */
function withoutSources({ labels, expressions }: LabelSelector): LabelSelector {
  const plain = (key: string): string => key.replace(/^(k8s|any)[:.](?=\S)/u, '');
  return {
    labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [plain(key), value])),
    expressions: expressions.map((expression) => ({ ...expression, key: plain(expression.key) })),
  };
}

// --- Calico ------------------------------------------------------------------------------------------------------

function calicoSelects(selector: Extract<CustomSelector, { kind: 'calico' }>, pod: Pod, namespaceLabels: Labels | null): Answer {
  const [pods, namespaces, accounts] = [selector.pods, selector.namespaces, selector.serviceAccounts].map(parseCalicoSelector);
  // Labels of service accounts are not read: a selector over them may or may not hold.
  if (pods === null || namespaces === null || accounts === null || selector.serviceAccounts !== '') return 'perhaps';
  const podLabels = {
    ...pod.labels,
    'projectcalico.org/namespace': pod.namespace,
    'projectcalico.org/orchestrator': 'k8s',
    'projectcalico.org/serviceaccount': pod.serviceAccount,
  };
  if (pods?.(podLabels) !== true) return 'no';
  if (selector.namespaces === '') return 'yes';
  const ofName = { 'projectcalico.org/name': pod.namespace, [NAMESPACE_NAME_LABEL]: pod.namespace };
  if (namespaceLabels === null) return 'perhaps';
  return namespaces?.({ ...namespaceLabels, ...ofName }) === true ? 'yes' : 'no';
}
