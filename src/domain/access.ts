/**
 * Ways into a pod's network, least privilege first. A way is a rung; what was found at each is told to the user, with what it keeps
 * of the container's identity and why it could not be used.
 */

export const RUNGS = ['exec', 'other-container', 'ephemeral', 'toolkit', 'node', 'install'] as const;
export type RungId = (typeof RUNGS)[number];

/** What a place has in common with the container whose connection is looked into. */
export interface Kept {
  /** The same network namespace: same addresses, interfaces, routes and sockets. */
  readonly network: boolean;
  /** The same labels: what selects pods by them (NetworkPolicies, Services) selects this place, too. */
  readonly labels: boolean;
  readonly node: boolean;
  /** Its files, user and environment: trust store, client certificates, proxy variables. */
  readonly files: boolean;
}

export const KEPT: Readonly<Record<RungId, Kept>> = {
  exec: { network: true, labels: true, node: true, files: true },
  'other-container': { network: true, labels: true, node: true, files: false },
  ephemeral: { network: true, labels: true, node: true, files: false },
  toolkit: { network: false, labels: false, node: true, files: false },
  node: { network: false, labels: false, node: true, files: false },
  install: { network: true, labels: true, node: true, files: true },
};

/** A right, as RBAC says it. */
export interface Permission {
  readonly verb: string;
  /** '' is the core group. */
  readonly group: string;
  /** `pods`, `pods/exec`. */
  readonly resource: string;
  /** null for what is in no namespace. */
  readonly namespace: string | null;
}

/** Why a rung was not used. `detail` is in the server's, the runtime's or the tools' own words. */
export type Refusal =
  /** It can be entered and has no tool to ask with. */
  | { readonly kind: 'no-tools'; readonly detail: string }
  /** Rights that the API server says are missing. */
  | { readonly kind: 'not-permitted'; readonly missing: readonly Permission[]; readonly detail: string }
  /** Pod Security or another admission check would reject it; nothing was changed to find that out. */
  | { readonly kind: 'admission'; readonly detail: string }
  /** It would change the cluster, and that was not allowed. */
  | { readonly kind: 'read-only'; readonly detail: string }
  /** It was asked about, and nobody said yes. */
  | { readonly kind: 'declined'; readonly detail: string }
  | { readonly kind: 'on-request'; readonly detail: string }
  /** There is no such place here: no other container, another operating system, a static pod. */
  | { readonly kind: 'not-here'; readonly detail: string }
  /** Tools cannot be installed in the container. `detail`: the user's number, for `not-root`. */
  | { readonly kind: 'no-install'; readonly reason: NoInstall; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string };

/** What is in the way of installing packages in a container that runs. `nothing-missing`: it has all the tools. */
export const NO_INSTALL = ['not-root', 'read-only-files', 'no-package-manager', 'nothing-missing'] as const;
export type NoInstall = (typeof NO_INSTALL)[number];

export interface Rung {
  readonly rung: RungId;
  /** `shop/payments-6f47/netdiag-x7k2p`; null while it does not exist. */
  readonly place: string | null;
  /** null: this is the one that is used. */
  readonly refusal: Refusal | null;
  readonly kept: Kept;
  /** What a person types to do the same, each a whole argv. */
  readonly commands: readonly (readonly string[])[];
}

/** How the run's place was entered. */
export interface Access {
  /** In order, up to the rung that is used; all of them when none is. */
  readonly rungs: readonly Rung[];
  /** null when none of them leads into the pod. */
  readonly used: RungId | null;
  /** What was made for it in the cluster. */
  readonly created: CreatedThing | null;
  /** Places of our own to compare with, which somebody asked for; absent: none. */
  readonly compared?: readonly ComparedPlace[];
}

export interface ComparedPlace {
  /** Its refusal says why there is none. */
  readonly rung: Rung;
  readonly created: CreatedThing | null;
}

/** Something of ours in the cluster, which ends by itself. */
export interface CreatedThing {
  readonly kind: 'ephemeral-container' | 'pod' | 'installed-tools';
  /** `shop/payments-6f47/netdiag-x7k2p`, `shop/debug-toolkit`; the container that tools were installed in. */
  readonly name: string;
  /** Of installed tools: the packages that were asked for. */
  readonly image: string;
  /** RFC 3339: when it ends by itself. */
  readonly endsAt: string;
  /** False when it was there before. */
  readonly isNew: boolean;
  /** True when it stays until then; else it is ended with the run. */
  readonly stays: boolean;
}

/** A change to the cluster that somebody has to agree to. */
export interface Change {
  readonly rung: RungId;
  /** What is changed: `pod shop/payments-6f47`. */
  readonly subject: string;
  readonly image: string | null;
  /** What is installed, and by which package manager; absent when nothing is. */
  readonly packages?: { readonly manager: string; readonly names: readonly string[] };
  readonly ttlSeconds: number | null;
  /** True when the node does not have the image yet; null when that cannot be told. */
  readonly pulls: boolean | null;
  /** Why it gets fewer rights than would be of use: the words with which a dry run of more was rejected. */
  readonly limitedBy?: string;
  /** The equivalent commands. */
  readonly commands: readonly (readonly string[])[];
}

/** The answer to a question about a change. */
export type Consent = 'yes' | 'read-only' | 'declined';

/** What is being waited for. */
export type Progress =
  | { readonly kind: 'starting'; readonly place: string; readonly image: string }
  | { readonly kind: 'installing'; readonly place: string; readonly packages: readonly string[] }
  /** `endsAt`: when it ends by itself, RFC 3339. */
  | { readonly kind: 'ending' | 'uninstalling'; readonly place: string; readonly endsAt: string }
  /** The end of what was being ended is confirmed. */
  | { readonly kind: 'gone'; readonly place: string }
  /** What was installed could not be removed, and nothing tries again. */
  | { readonly kind: 'not-removed'; readonly place: string; readonly detail: string };

/** How getting into a pod talks to a person. */
export interface AccessDialogue {
  /** Asked before each change, after every check that changes nothing. */
  consent(change: Change): Promise<Consent>;
  progress(step: Progress): void;
}

/** The rules of a Role (or ClusterRole) that would grant these rights, as YAML. */
export function rbacRules(missing: readonly Permission[]): string {
  const rules = new Map<string, { readonly right: Permission; readonly verbs: Set<string> }>();
  for (const right of missing) {
    const key = `${right.group}/${right.resource}`;
    const rule = rules.get(key) ?? { right, verbs: new Set<string>() };
    rule.verbs.add(right.verb);
    rules.set(key, rule);
  }
  return [...rules.values()].map(({ right, verbs }) => ruleText(right, [...verbs])).join('\n');
}

function ruleText({ group, resource }: Permission, verbs: readonly string[]): string {
  return [`- apiGroups: [${JSON.stringify(group)}]`, `  resources: [${JSON.stringify(resource)}]`, `  verbs: [${verbs.map((verb) => JSON.stringify(verb)).join(', ')}]`].join('\n');
}
