import { randomInt } from 'node:crypto';
import type { EphemeralState } from '../kube/pod-access.ts';

/** Who makes things in the cluster, and in which session: how they are found again, from any machine. */
export interface Owner {
  /** A label's value. */
  readonly name: string;
  readonly session: string;
}

/** How long, and of which image, things of ours are. */
export interface ToolkitOptions {
  readonly image: string;
  readonly ttlSeconds: number;
  readonly pullSecrets: readonly string[];
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

export const DEFAULT_IMAGE = 'nicolaka/netshoot';

export const MANAGED_BY = 'netdiag-tui';
export const LABEL = { managedBy: 'app.kubernetes.io/managed-by', owner: 'netdiag-tui/owner', session: 'netdiag-tui/session' } as const;
/** An ephemeral container has no labels: these variables of it stand for them. */
export const VARIABLE = { owner: 'NETDIAG_OWNER', session: 'NETDIAG_SESSION', mark: 'NETDIAG_MARK', endsAt: 'NETDIAG_ENDS_AT' } as const;
export const EPHEMERAL_PREFIX = 'netdiag-';

/** The user of the cluster and the one of this machine: people share service accounts, and bastions. */
export function ownerName(clusterUser: string | null, systemUser: string): string {
  const words = [clusterUser, systemUser].filter((word): word is string => word !== null && word !== '');
  return labelValue(words.join('_')) || 'unknown';
}

/** Label values: at most 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends (Kubernetes, Labels and Selectors). */
export function labelValue(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]+/gu, '-').slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/gu, '');
}

/** Without vowels, as Kubernetes makes its own, so that no word comes out (k8s.io/apimachinery, util/rand). */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

export function randomWord(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)] ?? 'x').join('');
}

/** True of an ephemeral container that this program made, whoever used it. */
export function isOurs({ name, environment }: EphemeralState): boolean {
  return name.startsWith(EPHEMERAL_PREFIX) && environment[VARIABLE.session] !== undefined && environment[VARIABLE.mark] !== undefined;
}
