import type { Permission } from '../domain/access.ts';

/** What exec asks for: `get` for a WebSocket, and from Kubernetes 1.35 on `create` too. */
export function execRights(namespace: string): readonly Permission[] {
  return ['get', 'create'].map((verb) => ({ verb, group: '', resource: 'pods/exec', namespace }));
}

export function podRights(namespace: string): readonly Permission[] {
  return [{ verb: 'create', group: '', resource: 'pods', namespace }];
}

export function ephemeralRights(namespace: string): readonly Permission[] {
  return [{ verb: 'patch', group: '', resource: 'pods/ephemeralcontainers', namespace }];
}
