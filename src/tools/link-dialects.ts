/**
 * Interfaces, routes, neighbours and sockets, in order of preference: `ip -j` and `ss` where iproute2 is, plain `ip`, ifconfig, and else
 * the kernel's own files, read by whatever can read a file.
 */
import type { Dialect, Parse } from '../domain/dialect.ts';
import type { QuestionKind } from '../domain/question.ts';
import { parseIfconfig } from './ifconfig/parse.ts';
import { parseIpJsonInterfaces, parseIpJsonNeighbours, parseIpJsonRoutes } from './ip/json.ts';
import { parseIpTextInterfaces, parseIpTextNeighbours, parseIpTextRoutes } from './ip/text.ts';
import { unavailable } from './no-answer.ts';
import { parseProcInterfaces } from './proc-net/interfaces.ts';
import { parseProcNeighbours } from './proc-net/neighbours.ts';
import { parseProcRoutes } from './proc-net/routes.ts';
import { INTERFACE_FILES, NEIGHBOUR_FILES, PYTHON_READ_SCRIPT, ROUTE_FILES, SOCKET_FILES, shellScriptFor } from './proc-net/script.ts';
import { parseProcSockets } from './proc-net/sockets.ts';
import { parseSockets } from './ss/parse.ts';

function fixed<K extends QuestionKind>(id: string, tool: string, implementation: string, command: readonly string[], parse: Parse): Dialect<K> {
  return { id, tool, implementation, argv: () => command, parse: whole(parse) };
}

/** A list that was cut proves nothing about what is missing from it, so a command that gave no exit status has no answer. */
function whole(parse: Parse): Parse {
  return (output) => (output.exitCode === null ? [unavailable('command-failed', 'the command was ended before its list was complete')] : parse(output));
}

/** `table all` lists IPv4 and IPv6 with one command; without it `ip route` shows IPv4 only. */
const IP_OBJECTS = { interfaces: ['addr', 'show'], routes: ['route', 'show', 'table', 'all'], neighbours: ['neigh', 'show'] } as const;

function ipDialects<K extends keyof typeof IP_OBJECTS>(kind: K, parseJson: Parse, parseText: Parse): readonly Dialect<K>[] {
  const object = IP_OBJECTS[kind];
  return [
    fixed<K>('ip-json', 'ip', 'iproute2', ['ip', '-j', ...object], parseJson),
    fixed<K>('ip', 'ip', 'iproute2', ['ip', ...object], parseText),
    fixed<K>('ip-busybox', 'ip', 'busybox', ['ip', ...object], parseText),
    fixed<K>('busybox-ip', 'busybox', 'busybox', ['busybox', 'ip', ...object], parseText),
  ];
}

export function procDialects<K extends QuestionKind>(files: readonly string[], parse: Parse): readonly Dialect<K>[] {
  const script = shellScriptFor(files);
  // Without a shell there is nobody to expand a pattern, so cat reads /proc alone.
  const plainFiles = files.filter((file) => !file.includes('*'));
  return [
    fixed<K>('sh-proc', 'sh', 'sh', ['sh', '-c', script], parse),
    fixed<K>('bash-proc', 'bash', 'bash', ['bash', '-c', script], parse),
    fixed<K>('busybox-proc', 'busybox', 'busybox', ['busybox', 'sh', '-c', script], parse),
    fixed<K>('python3-proc', 'python3', 'python3', ['python3', '-c', PYTHON_READ_SCRIPT, ...files], parse),
    fixed<K>('cat-proc', 'cat', 'cat', ['cat', ...plainFiles], parse),
  ];
}

export const interfacesDialects: readonly Dialect<'interfaces'>[] = [
  ...ipDialects('interfaces', parseIpJsonInterfaces, parseIpTextInterfaces),
  fixed('ifconfig', 'ifconfig', 'ifconfig', ['ifconfig', '-a'], parseIfconfig),
  ...procDialects<'interfaces'>(INTERFACE_FILES, parseProcInterfaces),
];

export const routesDialects: readonly Dialect<'routes'>[] = [
  ...ipDialects('routes', parseIpJsonRoutes, parseIpTextRoutes),
  ...procDialects<'routes'>(ROUTE_FILES, parseProcRoutes),
];

export const neighboursDialects: readonly Dialect<'neighbours'>[] = [
  ...ipDialects('neighbours', parseIpJsonNeighbours, parseIpTextNeighbours),
  ...procDialects<'neighbours'>(NEIGHBOUR_FILES, parseProcNeighbours),
];

export const socketsDialects: readonly Dialect<'sockets'>[] = [
  fixed('ss', 'ss', 'iproute2', ['ss', '-tani'], parseSockets),
  ...procDialects<'sockets'>(SOCKET_FILES, parseProcSockets),
];
