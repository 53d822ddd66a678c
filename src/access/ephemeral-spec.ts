import type { EphemeralContainer } from '../kube/access.ts';
import type { PodAccess } from '../kube/pod-access.ts';
import { keeperArgv } from './keeper.ts';
import { VARIABLE, type Owner, type ToolkitOptions } from './owner.ts';

/**
 * How much a container of ours may do, the most useful first. `net-raw`: nothing but raw sockets, for ping and traceroute. `default`:
 * what the runtime gives to any container; Pod Security `baseline` allows no capability to be added, and none has to be dropped.
 * `restricted`: an ordinary user without capabilities (Kubernetes, Pod Security Standards).
 */
export const PROFILES = ['net-raw', 'default', 'restricted'] as const;
export type Profile = (typeof PROFILES)[number];

export type SecurityContext = NonNullable<EphemeralContainer['securityContext']>;

/** The user nobody of distroless images; any number but 0 would do. */
const NOBODY = 65532;
const ALWAYS = { allowPrivilegeEscalation: false, seccompProfile: { type: 'RuntimeDefault' } } as const;

/** `podUser`: the user that the pod sets; null when it sets none. */
export function securityContext(profile: Profile, podUser: number | null): SecurityContext {
  switch (profile) {
    case 'net-raw':
      return { ...ALWAYS, runAsUser: 0, runAsNonRoot: false, capabilities: { drop: ['ALL'], add: ['NET_RAW'] } };
    case 'default':
      return { ...ALWAYS, runAsUser: 0, runAsNonRoot: false };
    case 'restricted':
      return { ...ALWAYS, runAsUser: podUser === null || podUser === 0 ? NOBODY : podUser, runAsNonRoot: true, capabilities: { drop: ['ALL'] } };
  }
}

/** The proxy variables are the connection's own: without them the toolkit would take another way than the application. */
const COPIED = /^(?:https?|no|all)_proxy$/iu;

export interface EphemeralWish {
  readonly name: string;
  readonly mark: string;
  readonly target: string;
  readonly owner: Owner;
  readonly options: ToolkitOptions;
  /** The target container's environment, as far as it could be read. */
  readonly environment: Readonly<Record<string, string>>;
  readonly nowMs: number;
}

export function endsAt(nowMs: number, ttlSeconds: number): string {
  return new Date(nowMs + ttlSeconds * 1000).toISOString().replace(/\.\d+Z$/u, 'Z');
}

/** Resources cannot be set for ephemeral containers (API reference, EphemeralContainer). */
export function ephemeralContainer(wish: EphemeralWish, profile: Profile, pod: Pick<PodAccess, 'podUser'>): EphemeralContainer {
  const { owner, options, nowMs } = wish;
  const ours = {
    [VARIABLE.owner]: owner.name,
    [VARIABLE.session]: owner.session,
    [VARIABLE.mark]: wish.mark,
    [VARIABLE.endsAt]: endsAt(nowMs, options.ttlSeconds),
  };
  const copied = Object.entries(wish.environment).filter(([name]) => COPIED.test(name));
  return {
    name: wish.name,
    image: options.image,
    imagePullPolicy: 'IfNotPresent',
    command: [...keeperArgv(wish.mark, options.ttlSeconds, nowMs)],
    env: [...Object.entries(ours), ...copied].map(([name, value]) => ({ name, value })),
    securityContext: securityContext(profile, pod.podUser),
    targetContainerName: wish.target,
    terminationMessagePolicy: 'File',
  };
}
