import type { LogError, Sighting } from '../domain/found-dependency.ts';
import { destination, destinationAt } from './endpoint.ts';

/**
 * Destinations that errors of a log name: by a URL, or by host and port. A host without a port (`lookup db.example: no such host`) counts
 * for every destination of that host in `known`, and is an https one of its own where there is none. A line that names the variable which
 * holds a destination of that port speaks of that destination.
 */
export function sightingsInLog(errors: readonly LogError[], known: readonly Sighting[]): readonly Sighting[] {
  return errors.flatMap((error): readonly Sighting[] => {
    const { host, port, url } = error;
    if (host === null) return [];
    const foundIn = { kind: 'log', error } as const;
    const meant = port === null ? undefined : known.find((one) => isNamedIn(one, error.text) && one.dependency.port === port);
    if (meant !== undefined) return [{ dependency: meant.dependency, foundIn }];
    const whole = url === null ? (port === null ? null : destinationAt(host, port, '')) : destination(url);
    if (whole !== null) return [{ dependency: whole, foundIn }];
    const same = known.filter(({ dependency }) => sameHost(dependency.host, host));
    if (same.length > 0) return [...new Map(same.map(({ dependency }) => [dependency.url, dependency])).values()].map((dependency) => ({ dependency, foundIn }));
    const bare = destination(host);
    return bare === null ? [] : [{ dependency: bare, foundIn }];
  });
}

/** `ERROR DATABASE_URL: dial tcp 10.0.0.9:5432: i/o timeout` */
function isNamedIn({ foundIn }: Sighting, text: string): boolean {
  return foundIn.kind === 'variable' && text.split(/[^\w-]+/u).includes(foundIn.name);
}

/** Search domains stand behind names in the errors of some resolvers: `db.shop.svc.cluster.local` for `db`. */
function sameHost(configured: string, logged: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/\.$/u, '');
  const [a, b] = [plain(configured), plain(logged)];
  return a === b || (b.startsWith(`${a}.`) && /\.svc(?:\.|$)|\.local$/u.test(b));
}
