import type { CommandOutput } from '../../domain/command.ts';
import type { CountersFact, Fact } from '../../domain/facts.ts';
import { noAnswer } from '../no-answer.ts';
import { readTables, type Tables } from '../proc-net/tables.ts';
import { TELLING_COUNTERS } from './telling.ts';

/** The kernel's counters (proc(5), Documentation/networking/snmp_counter.rst). */
export function parseCounters(output: CommandOutput): readonly Fact[] {
  const files = readTables(output);
  const all = new Map([...readPairs(files, '/proc/net/snmp'), ...readPairs(files, '/proc/net/netstat'), ...readSnmp6(files)]);
  if (all.size === 0) return [noAnswer(output)];
  const counters = Object.fromEntries(TELLING_COUNTERS.map((name) => [name, all.get(name) ?? 0] as const).filter(([, value]) => value > 0));
  return [{ kind: 'counters', counters, changes: null, sockets: readSockstat(files) }];
}

type Counted = readonly (readonly [name: string, value: number])[];

// Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens ...
// Tcp: 1 200 120000 -1 3 ...
function readPairs(files: Tables, file: string): Counted {
  const lines = files.get(file) ?? [];
  return lines.flatMap((names, index) => {
    const [protocol, ...columns] = names.split(' ');
    const [again, ...values] = (lines[index + 1] ?? '').split(' ');
    if (protocol === undefined || again !== protocol || !protocol.endsWith(':') || !/^[A-Z]/iu.test(columns[0] ?? '') || columns.length !== values.length) return [];
    return columns.flatMap((column, at) => numbered(protocol.slice(0, -1) + column, values[at]));
  });
}

// Ip6InNoRoutes                   	0
function readSnmp6(files: Tables): Counted {
  return (files.get('/proc/net/snmp6') ?? []).flatMap((line) => {
    const match = /^(\w+)\s+(\d+)$/u.exec(line);
    return match === null ? [] : numbered(match[1] ?? '', match[2]);
  });
}

function numbered(name: string, text: string | undefined): Counted {
  return text !== undefined && /^-?\d+$/u.test(text) ? [[name, Number(text)]] : [];
}

// TCP: inuse 1 orphan 8 tw 86 alloc 589 mem 114          UDP: inuse 1 mem 256
function readSockstat(files: Tables): CountersFact['sockets'] {
  const lines = files.get('/proc/net/sockstat') ?? [];
  const tcp = lines.map((line) => /^TCP: inuse (\d+) orphan (\d+) tw (\d+) /u.exec(line)).find((match) => match !== null);
  const udp = lines.map((line) => /^UDP: inuse (\d+)/u.exec(line)).find((match) => match !== null);
  if (tcp === undefined || udp === undefined) return null;
  return { tcpInUse: Number(tcp[1]), tcpOrphaned: Number(tcp[2]), tcpTimeWait: Number(tcp[3]), udpInUse: Number(udp[1]) };
}
