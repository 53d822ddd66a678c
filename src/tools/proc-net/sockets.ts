import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, SocketsFact } from '../../domain/facts.ts';
import { noAnswer } from '../no-answer.ts';
import { byteOrderOfSockets, ipv4OfHex, ipv6OfHexWords } from './hex-address.ts';
import type { ByteOrder } from './hex-address.ts';
import { readTables } from './tables.ts';

/** include/net/tcp_states.h, in the words of netstat. */
const STATES: Readonly<Record<string, string>> = {
  '01': 'ESTABLISHED',
  '02': 'SYN_SENT',
  '03': 'SYN_RECV',
  '04': 'FIN_WAIT1',
  '05': 'FIN_WAIT2',
  '06': 'TIME_WAIT',
  '07': 'CLOSE',
  '08': 'CLOSE_WAIT',
  '09': 'LAST_ACK',
  '0A': 'LISTEN',
  '0B': 'CLOSING',
  '0C': 'SYN_RECV',
};

//    0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 ...
const ROW = /^\s*\d+: ([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4}) ([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4}) ([\dA-F]{2}) [\dA-F]{8}:/u;

/** TCP sockets of both families. The port is in host order in the text already. */
export function parseProcSockets(output: CommandOutput): readonly Fact[] {
  const files = readTables(output);
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((name) => files.get(name) ?? []);
  if (tables.length === 0) return [noAnswer(output)];
  const rows = tables.map((line) => ROW.exec(line)).filter((row) => row !== null);
  const order = byteOrderOfSockets(rows.flatMap((row) => [row[1] ?? '', row[3] ?? '']));
  const sockets = rows.flatMap((row): SocketsFact['sockets'] => {
    const [, localHex = '', localPort = '', remoteHex = '', remotePort = '', state = ''] = row;
    const localAddress = addressOf(localHex, order);
    const remoteAddress = addressOf(remoteHex, order);
    if (localAddress === null || remoteAddress === null) return [];
    return [{ state: STATES[state] ?? state, localAddress, localPort: parseInt(localPort, 16), remoteAddress, remotePort: parseInt(remotePort, 16) }];
  });
  return [{ kind: 'sockets', sockets }];
}

function addressOf(hex: string, order: ByteOrder): string | null {
  return hex.length === 8 ? ipv4OfHex(hex, order) : ipv6OfHexWords(hex, order);
}
