/** TCP sockets as ss and netstat list them. UDP rows are left out: they have no state that a cause reads. */
import ipaddr from 'ipaddr.js';
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, SocketsFact } from '../../domain/facts.ts';
import { noAnswer } from '../no-answer.ts';

type Socket = SocketsFact['sockets'][number];

const HEADERS = [
  // State    Recv-Q   Send-Q     Local Address:Port      Peer Address:Port  Process             iproute2 6.1;  Netid before State with -tu
  /^(?:Netid +)?State +Recv-Q +Send-Q +Local Address:Port +Peer Address:Port/u,
  // Proto Recv-Q Send-Q Local Address           Foreign Address         State                    net-tools 2.10, busybox, macOS
  /^Proto +Recv-Q +Send-Q +Local Address +Foreign Address/u,
  //   Proto  Local Address          Foreign Address        State                                 Windows
  /^ *Proto +Local Address +Foreign Address +State/u,
];

export function parseSockets(output: CommandOutput): readonly Fact[] {
  const sockets: Socket[] = [];
  // The socket in the line above, whose details may follow; a row that was not understood keeps its own.
  let above: Socket | null = null;
  for (const { text } of output.lines) {
    const socket = readSs(text) ?? readNetstat(text);
    if (socket !== null) sockets.push(socket);
    else if (above !== null && INFO.test(text)) sockets[sockets.length - 1] = { ...above, lastDataMs: lastDataMs(text) };
    above = socket;
  }
  const listed = sockets.length > 0 || output.lines.some(({ text }) => HEADERS.some((header) => header.test(text)));
  return listed ? [{ kind: 'sockets', sockets }] : [noAnswer(output)];
}

// 	 cubic wscale:10,10 rto:204 rtt:0.085/0.042 mss:1448 ... bytes_received:1 ... lastsnd:3724 lastrcv:3724 ...      ss -i, below its socket
const INFO = /^\s+.*\brto:\d+/u;

/** lastrcv counts from the connection's beginning where nothing came: bytes_received is only there when something did. */
function lastDataMs(text: string): number | null {
  const lastReceived = /\blastrcv:(\d+)/u.exec(text)?.[1];
  return /\bbytes_received:\d/u.test(text) ? Number(lastReceived ?? 0) : null;
}

// ESTAB     0      0          10.77.0.2:45678       10.77.3.2:443                                ss -tan
// tcp   LISTEN 0   128             *:8080                *:*      users:(("java",pid=7,fd=5))    ss -tuanp
const SS = /^(?:(?:tcp|mptcp) +)?([A-Z][A-Z0-9-]+) +\d+ +\d+ +(\S+):(\d+|\*) +(\S+):(\d+|\*)(?: |$)/u;

/** ss writes states in its own way; the kernel's and netstat's words are used here (tcp_states.h). */
const SS_STATES: Readonly<Record<string, string>> = {
  ESTAB: 'ESTABLISHED',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECV',
  'FIN-WAIT-1': 'FIN_WAIT1',
  'FIN-WAIT-2': 'FIN_WAIT2',
  'TIME-WAIT': 'TIME_WAIT',
  UNCONN: 'CLOSE',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'LAST-ACK': 'LAST_ACK',
  LISTEN: 'LISTEN',
  CLOSING: 'CLOSING',
};

function readSs(text: string): Socket | null {
  const match = SS.exec(text);
  const state = SS_STATES[match?.[1] ?? ''];
  if (match === null || state === undefined) return null;
  return { state, localAddress: addressOf(match[2]), localPort: portOf(match[3]), remoteAddress: addressOf(match[4]), remotePort: portOf(match[5]) };
}

// tcp        0      0 10.77.0.2:45678         10.77.3.2:443           ESTABLISHED               net-tools 2.10, busybox
// tcp6       0      0 :::8080                 :::*                    LISTEN
// tcp4       0      0  192.0.2.5.49152        192.0.2.7.443          ESTABLISHED                macOS: the port follows a dot
//   TCP    192.0.2.5:49152        192.0.2.7:443          ESTABLISHED     1234                   Windows
const NETSTAT = /^ *(?:tcp(?:4|6|46)?|TCP) +(?:\d+ +\d+ +)?(\S+)[.:](\d+|\*) +(\S+)[.:](\d+|\*) +([A-Z][A-Z_0-9]+)(?: |$)/u;
/** Windows and macOS spell some states their own way. */
const NETSTAT_STATES: Readonly<Record<string, string>> = {
  LISTENING: 'LISTEN',
  FIN_WAIT_1: 'FIN_WAIT1',
  FIN_WAIT_2: 'FIN_WAIT2',
  SYN_RECEIVED: 'SYN_RECV',
  SYN_RCVD: 'SYN_RECV',
  CLOSED: 'CLOSE',
};

function readNetstat(text: string): Socket | null {
  const match = NETSTAT.exec(text);
  if (match === null) return null;
  const state = match[5] ?? '';
  return {
    state: NETSTAT_STATES[state] ?? state,
    localAddress: addressOf(match[1]),
    localPort: portOf(match[2]),
    remoteAddress: addressOf(match[3]),
    remotePort: portOf(match[4]),
  };
}

/** Without brackets and zone; an IPv4-mapped address as IPv4; `*` (any address of either family) stays. */
function addressOf(text = ''): string {
  const address = text.replace(/^\[(.*)\]$/u, '$1').replace(/%.*$/u, '');
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

function portOf(text = ''): number {
  return text === '*' ? 0 : Number(text);
}
