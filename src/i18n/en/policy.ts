type Verdict = 'allowed' | 'denied' | 'depends-on-cni';
type Doubt =
  | 'ip-block-of-pod'
  | 'host-network'
  | 'service-translation'
  | 'unknown-peer'
  | 'equal-priority'
  | 'domain-name'
  | 'backends-differ'
  | 'unreadable-policies'
  | 'custom-policies';

const verdicts: Readonly<Record<Verdict, string>> = {
  allowed: 'Allowed: no policy stops this connection.',
  denied: 'Denied: policies do not let this connection through.',
  'depends-on-cni': 'It depends: the policies do not decide this connection by themselves.',
};

const words: Readonly<Record<Verdict, string>> = { allowed: 'allowed', denied: 'denied', 'depends-on-cni': 'depends' };

const doubts: Readonly<Record<Doubt, string>> = {
  'ip-block-of-pod': 'It depends on the CNI: an ipBlock is meant for addresses outside the cluster, and plugins differ on whether it covers pods.',
  'host-network': 'It depends on the CNI: a pod with hostNetwork is told apart from its node by some plugins, and ignored by policies of others.',
  'service-translation': 'It depends on the CNI: plugins differ on whether they see the Service’s address and port, or those behind it.',
  'unknown-peer': 'Not everything about the destination is known: a name without an address, no endpoints, or lists that could not be read.',
  'equal-priority': 'AdminNetworkPolicies of equal priority contradict each other, and the plugin may apply either.',
  'domain-name': 'An AdminNetworkPolicy names domains, and whether this address is one of theirs is known to the plugin alone.',
  'backends-differ': 'The endpoints behind the Service differ: some are allowed, some are not.',
  'unreadable-policies': 'Policies that could decide could not be read.',
  'custom-policies': 'A policy of the network plugin selects the pod: it may deny, or allow, beyond what is evaluated here.',
};

interface Sum {
  readonly total: number;
  readonly agree: number;
  readonly usual: number;
  readonly disagree: number;
  readonly unreadable: number;
}

/** What `policy` says. */
export const policy = {
  from: 'From',
  to: 'To',
  service: (name: string): string => `Service ${name}`,
  verdicts,
  words,
  doubts,
  usual: {
    allowed: 'Where plugins follow Kubernetes’ own tests, it is allowed.',
    denied: 'Where plugins follow Kubernetes’ own tests, it is denied.',
  },
  egressOf: (pod: string): string => `Egress of ${pod}`,
  ingressOf: (pod: string): string => `Ingress at ${pod}`,
  unselected: 'no policy selects it',
  selectedBy: 'selected by',
  effects: { allows: 'allows', denies: 'denies', passes: 'passes on' },
  noRule: '(none of its rules allows it)',
  exempt: { self: 'a pod always reaches itself', 'own-node': 'a pod and its own node always reach each other' },
  custom: 'selected by a plugin’s policy, which may deny',
  unreadable: 'Could not be read',
  declaredOnly: 'This is what is declared. Whether the network plugin enforces it, only a probe can tell: netdiag-tui run.',
  suggestion: 'The smallest additional policy that would allow it:',
  cases: {
    agreements: { agrees: 'agrees   ', usual: 'agrees*  ', disagrees: 'DISAGREES', unreadable: 'UNREAD   ' },
    compared: (expected: string, found: string): string => `expected ${expected}, found ${found}`,
    sum: ({ total, agree, usual, disagree, unreadable }: Sum): string =>
      [
        `${String(agree)} of ${String(total)} cases agree, ${String(disagree)} disagree, ${String(unreadable)} could not be read.`,
        ...(usual === 0 ? [] : [`* ${String(usual)} of them depend on the CNI, and agree where it follows Kubernetes’ own tests.`]),
      ].join('\n'),
  },
};
