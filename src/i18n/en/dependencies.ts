import type { Meaning } from '../../domain/meaning.ts';
import type { DependencyState, FoundIn } from '../../domain/found-dependency.ts';

const times = (count: number): string => (count > 1 ? ` (×${String(count)})` : '');

/** 42 s, 7 min, 3 h, 2 d. */
const ago = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${String(seconds)} s ago`;
  if (seconds < 7_200) return `${String(Math.round(seconds / 60))} min ago`;
  return seconds < 172_800 ? `${String(Math.round(seconds / 3600))} h ago` : `${String(Math.round(seconds / 86_400))} d ago`;
};

export const dependencies = {
  heading: (pod: string, container: string, count: number): string => `${pod}, container ${container}: ${count === 1 ? '1 destination' : `${String(count)} destinations`}`,
  none: 'Its configuration, its log and its sockets name no destination. Give one with --to.',
  states: {
    failing: 'failing now',
    'failed-before': 'failed before',
    'in-use': 'in use',
    configured: 'configured',
    allowed: 'allowed by the mesh',
  } satisfies Record<DependencyState, string>,
  ago,
  /** What a marked line of a log says, in few words. */
  meanings: {
    ok: 'it worked',
    refused: 'refused',
    timeout: 'timed out',
    unreachable: 'no route',
    reset: 'cut off',
    dns: 'name not resolved',
    'tls-expired': 'certificate out of date',
    'tls-untrusted': 'certificate not trusted',
    'tls-hostname': 'certificate for another name',
    'tls-handshake': 'TLS handshake failed',
    'http-status': 'error status',
    other: 'not a network error',
  } satisfies Record<Meaning, string>,
  foundIn: (found: FoundIn): string => {
    switch (found.kind) {
      case 'variable':
        return found.source === 'value' ? `variable ${found.name}` : `variable ${found.name} of ${found.source}`;
      case 'file':
        return `${found.path}${found.name === null ? '' : ` ${found.name}`} of ${found.source}`;
      case 'argument':
        return found.name === null ? 'command line' : `command line, ${found.name}`;
      case 'log': {
        const when = found.error.ageMs === null ? '' : ` ${ago(found.error.ageMs)}`;
        return `${found.error.previous ? 'log before the restart' : 'log'}${when}: ${found.error.text}`;
      }
      case 'socket':
        return `socket ${found.state} to ${found.address}:${String(found.port)}${times(found.count)}`;
      case 'service-entry':
        return `ServiceEntry ${found.name}`;
    }
  },
  errors: (count: number): string => (count === 1 ? '1 error in the log' : `${String(count)} errors in the log`),
  hidden: (source: string, names: readonly string[] | null): string =>
    names === null ? `${source}: its keys and values are not read; a destination in it has to be typed.` : `${source}: ${names.join(', ')} (values of Secrets are not read)`,
  hiddenTitle: 'In Secrets',
  unreadableTitle: 'Could not be read',
  next: (command: string): string => `Diagnose the first one that fails: ${command}`,
  chosen: (url: string, reason: 'failing' | 'failed-before' | 'only', others: number): string => {
    const why = { failing: 'it fails now', 'failed-before': 'it failed before, and nothing fails now', only: 'nothing fails, and it is the only one' }[reason];
    return `Destination chosen by --to auto: ${url}, because ${why}${others === 0 ? '' : ` (${String(others)} more: netdiag-tui dependencies)`}.`;
  },
};
