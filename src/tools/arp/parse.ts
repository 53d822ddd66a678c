/** The ARP table as arp prints it, and /proc/net/arp. IPv4 only. */
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, NeighboursFact } from '../../domain/facts.ts';
import { familyOf } from '../address-family.ts';
import { noAnswer } from '../no-answer.ts';

type Neighbour = NeighboursFact['neighbours'][number];

const HEADERS = [
  // IP address       HW type     Flags       HW address            Mask     Device        /proc/net/arp
  /^IP address +HW type +Flags /u,
  // Address                  HWtype  HWaddress           Flags Mask            Iface      arp -n, net-tools 2.10
  /^Address +HWtype +HWaddress /u,
];

export function parseArp(output: CommandOutput): readonly Fact[] {
  const neighbours = output.lines.flatMap(({ text }) => readProcLine(text) ?? readListLine(text) ?? readTableLine(text) ?? readWindowsLine(text) ?? []);
  const listed = neighbours.length > 0 || output.lines.some(({ text }) => HEADERS.some((header) => header.test(text)));
  return listed ? [{ kind: 'neighbours', neighbours }] : [noAnswer(output)];
}

// 10.77.0.1        0x1         0x2         5e:61:e5:bd:31:49     *        n0
const PROC = /^([\d.]+) +0x[\da-f]+ +0x([\da-f]+) +([\da-f:]+) +\S+ +(\S+)\s*$/u;
/** if_arp.h: ATF_COM 2 (complete), ATF_PERM 4. A row that is not complete is being asked for or has failed: the table does not say which. */
const ATF_COM = 2;
const ATF_PERM = 4;

function readProcLine(text: string): Neighbour | null {
  const match = PROC.exec(text);
  if (match === null) return null;
  const flags = parseInt(match[2] ?? '0', 16);
  const complete = (flags & ATF_COM) !== 0;
  const state = !complete ? 'incomplete' : (flags & ATF_PERM) !== 0 ? 'permanent' : 'unknown';
  return neighbour(match[1], match[4], complete ? match[3] : undefined, state);
}

// ? (10.77.0.1) at 5e:61:e5:bd:31:49 [ether] on n0                     arp -an: net-tools 2.10, busybox
// ? (10.77.0.99) at <incomplete> on n0
// ? (192.0.2.1) at 0:1:2:3:4:5 on en0 ifscope [ethernet]               macOS, `(incomplete)` there
const LIST = /^\S+ \(([\d.]+)\) at (?:([\da-fA-F:]+)|[<(]incomplete[>)])(?: \[\w+\])?( PERM)?.*? on (\S+)/u;

function readListLine(text: string): Neighbour | null {
  const match = LIST.exec(text);
  if (match === null) return null;
  const state = match[2] === undefined ? 'incomplete' : match[3] === undefined ? 'unknown' : 'permanent';
  return neighbour(match[1], match[4], match[2], state);
}

// 10.77.0.1                ether   5e:61:e5:bd:31:49   C                     n0
// 10.77.0.99                       (incomplete)                              n0
const TABLE = /^([\d.]+) +(?:\w+ +([\da-fA-F:]{11,}) +(C?M?)\S*|\(incomplete\)) +(?:\S+ +)?(\S+)\s*$/u;

function readTableLine(text: string): Neighbour | null {
  const match = TABLE.exec(text);
  if (match === null) return null;
  const state = match[2] === undefined ? 'incomplete' : match[3] === 'CM' ? 'permanent' : 'unknown';
  return neighbour(match[1], match[4], match[2], state);
}

//   192.0.2.1             00-11-22-33-44-55     dynamic                Windows
const WINDOWS = /^ +([\d.]+) +((?:[\da-f]{2}-){5}[\da-f]{2}) +(dynamic|static)\s*$/u;

function readWindowsLine(text: string): Neighbour | null {
  const match = WINDOWS.exec(text);
  return match === null ? null : neighbour(match[1], undefined, match[2]?.replaceAll('-', ':'), match[3] === 'static' ? 'permanent' : 'unknown');
}

function neighbour(address = '', device: string | undefined, linkAddress: string | undefined, state: Neighbour['state']): Neighbour | null {
  return familyOf(address) === null ? null : { address, device: device ?? null, linkAddress: linkAddress ?? null, state };
}
