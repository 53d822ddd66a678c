import { DEFAULT_IMAGE } from '../../access/owner.ts';
import { parseDuration } from '../duration.ts';
import { done, failed, type Outcome } from '../problem.ts';
import { isObjectName } from '../target-argument.ts';

/** How a pod may be entered, as the user said it. */
export interface AccessOptions {
  /** Changes to the cluster may be made, each after a yes. */
  readonly write: boolean;
  /** The yes is given beforehand. */
  readonly yes: boolean;
  readonly image: string;
  readonly ttlSeconds: number;
  /** What was made stays until its time is over. */
  readonly keep: boolean;
  /** Tools are installed in the container itself, for a while. */
  readonly installTools: boolean;
  /** Of a toolkit pod; an ephemeral container has its pod's. */
  readonly pullSecrets: readonly string[];
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

export interface RawAccessOptions {
  readonly write?: boolean;
  readonly yes?: boolean;
  readonly toolkitImage?: string;
  readonly ttl?: string;
  readonly keep?: boolean;
  readonly installTools?: boolean;
  readonly pullSecret?: readonly string[];
  readonly request?: readonly string[];
  readonly limit?: readonly string[];
}

export const DEFAULT_TTL = '30m';
/** A container that lives for less has ended before its first probe. */
const SHORTEST_TTL_SECONDS = 60;
/** Lower-case path parts, a registry with a port, a tag, a digest (distribution, reference grammar). */
const IMAGE = /^[A-Za-z0-9][A-Za-z0-9._:/-]*(?:@sha256:[0-9a-f]{64})?$/u;

export const READ_ONLY: AccessOptions = { write: false, yes: false, image: DEFAULT_IMAGE, ttlSeconds: 1800, keep: false, installTools: false, pullSecrets: [], requests: {}, limits: {} };

export function parseAccess(raw: RawAccessOptions): Outcome<AccessOptions> {
  const image = raw.toolkitImage ?? DEFAULT_IMAGE;
  if (image.startsWith('-')) return failed('looks-like-option', image);
  if (!IMAGE.test(image)) return failed('bad-image', image);
  if (raw.yes === true && raw.write !== true) return failed('yes-without-write', '--yes');
  const ttl = parseDuration(raw.ttl ?? DEFAULT_TTL);
  if (!ttl.ok) return ttl;
  const ttlSeconds = Math.ceil(ttl.value / 1000);
  if (ttlSeconds < SHORTEST_TTL_SECONDS) return failed('ttl-too-short', raw.ttl ?? '');
  const pullSecrets = raw.pullSecret ?? [];
  const badName = pullSecrets.find((name) => !isObjectName(name));
  if (badName !== undefined) return failed('bad-name', badName);
  const requests = parseQuantities(raw.request ?? []);
  if (!requests.ok) return requests;
  const limits = parseQuantities(raw.limit ?? []);
  if (!limits.ok) return limits;
  return done({ write: raw.write === true, yes: raw.yes === true, image, ttlSeconds, keep: raw.keep === true, installTools: raw.installTools === true, pullSecrets, requests: requests.value, limits: limits.value });
}

/** `cpu=100m`, `memory=128Mi`: a resource's name and a quantity (Kubernetes, Quantity). */
const QUANTITY = /^(?<resource>[a-z][a-z0-9./-]*)=(?<amount>\d+(?:\.\d+)?(?:[mkMGT]|[KMGT]i)?)$/u;

function parseQuantities(given: readonly string[]): Outcome<Readonly<Record<string, string>>> {
  const quantities: Record<string, string> = {};
  for (const text of given) {
    const groups = QUANTITY.exec(text)?.groups;
    if (groups === undefined) return failed('bad-quantity', text);
    quantities[groups['resource'] ?? ''] = groups['amount'] ?? '';
  }
  return done(quantities);
}
