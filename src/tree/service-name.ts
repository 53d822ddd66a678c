import type { Look } from './look.ts';
import { nameToResolve } from './reading.ts';

/** The domain that clusters have unless somebody chose another one. */
const USUAL_DOMAIN = 'cluster.local';

export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
  /** False for `a.b`, which may as well be a name of the internet. */
  readonly isSure: boolean;
  /** Absolute name in the cluster's DNS, without the last dot. */
  readonly fullName: string;
}

/** The Service of this cluster that the dependency's host names, by what the text alone says; null when it names none. */
export function serviceNamed(look: Look): ServiceName | null {
  const { dependency } = look;
  const { target, cluster } = look.situation;
  if (target.kind !== 'pod' || !cluster) return null;
  const domain = clusterDomain(look);
  const named = (name: string, namespace: string, isSure: boolean, before = ''): ServiceName => ({
    name, namespace, isSure, fullName: `${before}${name}.${namespace}.svc.${domain}`,
  });
  if (dependency.service !== null) return named(dependency.service.name, dependency.service.namespace ?? target.namespace, true);
  if (dependency.hostKind !== 'name') return null;
  const host = dependency.host.toLowerCase();
  const isAbsolute = host.endsWith('.');
  const labels = host.replace(/\.$/u, '').split('.');
  const [first = '', second = ''] = labels;
  const at = labels.indexOf('svc');
  if (at >= 2) {
    const rest = labels.slice(at + 1).join('.');
    const isCluster = (rest === '' && !isAbsolute) || rest === USUAL_DOMAIN || rest === domain;
    // Before the Service there may be a pod's own name, of a headless one.
    const before = labels.slice(0, at - 2).map((label) => `${label}.`).join('');
    return isCluster ? named(labels[at - 2] ?? '', labels[at - 1] ?? '', true, before) : null;
  }
  if (isAbsolute || host === 'localhost') return null;
  if (labels.length === 1) return named(first, target.namespace, true);
  return labels.length === 2 ? named(first, second, false) : null;
}

/** The cluster's domain, from the search list that the kubelet wrote (`svc.cluster.local`). */
export function clusterDomain(look: Look): string {
  const search = look.peek({ kind: 'files' })?.fact('resolv-conf')?.search ?? [];
  const own = search.find((domain) => domain.startsWith('svc.'));
  return own === undefined ? USUAL_DOMAIN : own.slice('svc.'.length).replace(/\.$/u, '');
}

/** The name that a nameserver has to know: a Service's short name is completed as the search list does. */
export function nameToQuery(look: Look): string {
  const service = serviceNamed(look);
  return service?.isSure === true ? service.fullName : nameToResolve(look);
}
