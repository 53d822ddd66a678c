import { afterColon, endpoint, inBrackets, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const policy: CauseTexts<'policy'> = {
  'policy.egress-denied': {
    title: 'A NetworkPolicy denies the way out',
    wrong: 'A NetworkPolicy selects this pod for egress and none of its rules allows this destination.',
    evidence: 'The policies as written deny it, the probe fails, and a pod or place that they do not select connects.',
    next: [
      'Read the policies of the namespace: `kubectl -n <namespace> get networkpolicy -o yaml`',
      'Add the smallest egress rule that allows it: ipBlock <address>/32 with TCP port <port>.',
      'Remember DNS in the same policy (UDP and TCP 53), and that a NetworkPolicy knows addresses, not names.',
    ],
    summary: (p) => `A NetworkPolicy does not let this pod reach ${endpoint(p)}${inBrackets(p)}${afterColon(p)}${withContrast(p, (name) => `; ${name}, which it does not select, gets through`)}.`,
  },
  'policy.dns-denied': {
    title: 'A NetworkPolicy denies DNS',
    wrong: 'A NetworkPolicy selects this pod for egress and no rule allows DNS, so no name resolves.',
    evidence: 'DNS times out, a connection by address works, and the policies as written deny port 53.',
    next: [
      'Allow UDP and TCP 53 to the cluster’s DNS: `kubectl -n <namespace> get networkpolicy -o yaml`, then an egress rule to namespace kube-system, pods k8s-app=kube-dns.',
      'With NodeLocal DNSCache, allow its address too (often 169.254.20.10).',
    ],
    summary: (p) => `A NetworkPolicy denies DNS to this pod, so ${p.host} cannot be resolved${afterColon(p)}.`,
  },
  'policy.ingress-denied': {
    title: 'A NetworkPolicy of the target denies the way in',
    wrong: 'The target is a pod of this cluster, and a NetworkPolicy there admits nobody like us.',
    evidence: 'The policies on the target’s side deny it and the probe fails, while egress from here is allowed.',
    next: [
      'Read the policies in the target’s namespace: `kubectl -n TARGET-NAMESPACE get networkpolicy -o yaml`',
      'Add an ingress rule there: from the namespace <namespace> and this pod’s labels, TCP port of the container (not the Service’s port).',
    ],
    summary: (p) => `A NetworkPolicy on the side of ${endpoint(p)}${inBrackets(p)} does not admit this pod${afterColon(p)}.`,
  },
  'policy.cni-denied': {
    title: 'A policy of the CNI denies it',
    wrong: 'A policy that is not a plain NetworkPolicy (Cilium, Calico, AdminNetworkPolicy) denies the connection.',
    evidence: 'An AdminNetworkPolicy denies it; or the plain NetworkPolicies allow it, and a policy of another kind selects this pod.',
    next: [
      'List them: `kubectl get ciliumnetworkpolicies,ciliumclusterwidenetworkpolicies,networkpolicies.crd.projectcalico.org,globalnetworkpolicies.crd.projectcalico.org,adminnetworkpolicies -A`',
      'See the drop where the CNI shows it: `hubble observe --verdict DROPPED --pod <namespace>/<pod>`',
      'Ask the platform team for an exception to <address>:<port>.',
    ],
    limits: 'AdminNetworkPolicies are evaluated. Those of Cilium and Calico are read as objects: only the CNI itself knows their full effect.',
    summary: (p) => `A policy of the CNI keeps this pod from ${endpoint(p)}${inBrackets(p)}${afterColon(p)}.`,
  },
  'policy.not-enforced': {
    title: 'The policy is not enforced',
    wrong: 'The NetworkPolicies deny this connection, and yet it works: the CNI does not enforce them.',
    evidence: 'The policies as written deny it, and the probe connects.',
    next: [
      'Tell the platform team: the isolation that these policies promise is not there.',
      'Check whether the CNI enforces NetworkPolicy at all (plain flannel and bridge do not), and whether its agent runs on this node: `kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=<node>`',
    ],
    summary: (p) => `The NetworkPolicies deny ${endpoint(p)}, and yet it connects: they are not enforced here${afterColon(p)}.`,
  },
  'policy.allowed-but-dropped': {
    title: 'Allowed by policy, dropped near the pod',
    wrong: 'The NetworkPolicies allow this connection, and yet packets are lost close to this pod.',
    evidence: 'The policies as written allow it, an unselected pod connects, and this pod does not.',
    next: [
      'Read the log of the CNI’s agent on the node: `kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=<node>`, then `kubectl -n kube-system logs AGENT-POD --tail=100`',
      'Restart the pod: stale rules for a reused address go with it.',
      'Compare with a fresh pod that has the same labels.',
    ],
    summary: (p) => `The policies allow ${endpoint(p)}${inBrackets(p)}, yet what this pod sends is dropped near it${afterColon(p)}${withContrast(p, (name) => `; ${name} gets through`)}.`,
  },
};
