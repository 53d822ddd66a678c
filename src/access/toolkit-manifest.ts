import type { PodManifest } from '../kube/access.ts';
import { endsAt, securityContext, type Profile } from './ephemeral-spec.ts';
import { keeperArgv } from './keeper.ts';
import { LABEL, MANAGED_BY, type Owner, type ToolkitOptions } from './owner.ts';

export const TOOLKIT_NAME = 'debug-toolkit';
export const NODE_TOOLKIT_NAME = 'debug-toolkit-node';
export const TOOLKIT_CONTAINER = 'toolkit';
export const ENDS_AT_ANNOTATION = 'netdiag-tui/ends-at';

/** Requests of the emergency kit; a namespace's policies may demand others. */
const REQUESTS = { cpu: '100m', memory: '128Mi' } as const;

export interface ToolkitWish {
  readonly name: string;
  readonly namespace: string;
  /** null: where the scheduler puts it. */
  readonly node: string | null;
  readonly hostNetwork: boolean;
  /** Of the target, besides our own. */
  readonly labels: Readonly<Record<string, string>>;
  readonly owner: Owner;
  readonly options: ToolkitOptions;
  readonly nowMs: number;
}

/** The emergency kit: a pod with network tools that waits, and ends by itself. */
export function toolkitManifest(wish: ToolkitWish, profile: Profile): PodManifest {
  const { name, namespace, node, hostNetwork, labels, owner, options, nowMs } = wish;
  const ours = { [LABEL.managedBy]: MANAGED_BY, [LABEL.owner]: owner.name, [LABEL.session]: owner.session };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: TOOLKIT_NAME, ...labels, ...ours }, annotations: { [ENDS_AT_ANNOTATION]: endsAt(nowMs, options.ttlSeconds) } },
    spec: {
      // Onto that very node: the scheduler's rights and the node's taints are no concern of a pod that only looks.
      ...(node === null ? {} : { nodeName: node, tolerations: [{ operator: 'Exists' }] }),
      ...(hostNetwork ? { hostNetwork: true, dnsPolicy: 'Default' } : {}),
      activeDeadlineSeconds: options.ttlSeconds,
      terminationGracePeriodSeconds: 1,
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      imagePullSecrets: options.pullSecrets.map((secret) => ({ name: secret })),
      containers: [
        {
          name: TOOLKIT_CONTAINER,
          image: options.image,
          imagePullPolicy: 'IfNotPresent',
          command: [...keeperArgv(`${owner.session}-${name}`, options.ttlSeconds, nowMs)],
          resources: { requests: { ...REQUESTS, ...options.requests }, ...(Object.keys(options.limits).length === 0 ? {} : { limits: options.limits }) },
          securityContext: securityContext(profile, null),
        },
      ],
    },
  };
}
