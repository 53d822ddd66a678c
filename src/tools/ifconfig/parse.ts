/** ifconfig: net-tools 2.10, net-tools 1.60 and busybox, BSD and macOS. */
import ipaddr from 'ipaddr.js';
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, InterfacesFact } from '../../domain/facts.ts';
import { noAnswer } from '../no-answer.ts';

type Interface = InterfacesFact['interfaces'][number];

export function parseIfconfig(output: CommandOutput): readonly Fact[] {
  const interfaces: Interface[] = [];
  for (const { text } of output.lines) {
    const start = readStart(text);
    if (start !== null) interfaces.push(start);
    else {
      const last = interfaces.pop();
      if (last !== undefined) interfaces.push(readDetail(last, text));
    }
  }
  return interfaces.length === 0 ? [noAnswer(output)] : [{ kind: 'interfaces', interfaces }];
}

// n0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500              net-tools 2.10;  macOS: `en0: flags=8863<UP,...> mtu 1500`
const FLAGS_LINE = /^(\S+?): flags=[\da-f]+<([\w,]*)>(?:.*? mtu (\d+))?/u;
// n0        Link encap:Ethernet  HWaddr DE:6A:28:64:C8:50               net-tools 1.60, busybox 1.35
const ENCAP_LINE = /^(\S+) +Link encap:(.+)$/u;

function readStart(text: string): Interface | null {
  const flags = FLAGS_LINE.exec(text);
  if (flags !== null) {
    const words = (flags[2] ?? '').split(',');
    const mtuBytes = flags[3] === undefined ? null : Number(flags[3]);
    return { name: flags[1] ?? '', ...state(words), loopback: words.includes('LOOPBACK'), mtuBytes, addresses: [] };
  }
  const encap = ENCAP_LINE.exec(text);
  if (encap === null) return null;
  return { name: encap[1] ?? '', up: false, carrier: null, loopback: /Loopback/u.test(encap[2] ?? ''), mtuBytes: null, addresses: [] };
}

/** RUNNING is the kernel's IFF_RUNNING: the link works. */
function state(flags: readonly string[]): Pick<Interface, 'up' | 'carrier'> {
  const up = flags.includes('UP');
  return { up, carrier: up ? flags.includes('RUNNING') : null };
}

//         inet 10.77.0.2  netmask 255.255.255.0  broadcast 10.77.0.255          net-tools 2.10
// 	inet 192.0.2.5 netmask 0xffffff00 broadcast 192.0.2.255                      BSD, macOS
//           inet addr:10.77.0.2  Bcast:0.0.0.0  Mask:255.255.255.0              net-tools 1.60, busybox
const INET = /^\s+inet (?:addr:)?([\d.]+) .*\b(?:netmask |Mask:)(0x[\da-f]{8}|[\d.]+)(?=\s|$)/u;
//         inet6 fd77::2  prefixlen 64  scopeid 0x0<global>                      net-tools 2.10, BSD, macOS (`fe80::1%lo0 prefixlen 64`)
//           inet6 addr: fd77::2/64 Scope:Global                                 net-tools 1.60, busybox
const INET6 = /^\s+inet6 (?:addr: ?([\da-f:.]+)\/(\d+) Scope|([\da-f:.]+)(?:%\S+)? +prefixlen (\d+)(?=\s|$))/u;
//           UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1                  net-tools 1.60, busybox
const STATE_LINE = /^\s+((?:[A-Z]+ )*) ?MTU:(\d+) /u;
// 	status: inactive                                                             BSD, macOS
const STATUS = /^\s+status: (\w+)/u;

function readDetail(one: Interface, text: string): Interface {
  const inet = INET.exec(text);
  if (inet !== null) return withAddress(one, inet[1] ?? '', prefixLength(inet[2] ?? ''));
  const inet6 = INET6.exec(text);
  if (inet6 !== null) return withAddress(one, inet6[1] ?? inet6[3] ?? '', Number(inet6[2] ?? inet6[4]));
  const line = STATE_LINE.exec(text);
  if (line !== null) return { ...one, ...state((line[1] ?? '').split(' ')), mtuBytes: Number(line[2]) };
  const status = STATUS.exec(text)?.[1];
  return status === undefined ? one : { ...one, carrier: status === 'active' };
}

function withAddress(one: Interface, address: string, length: number | null): Interface {
  return length === null ? one : { ...one, addresses: [...one.addresses, `${address}/${String(length)}`] };
}

function prefixLength(mask: string): number | null {
  const dotted = mask.startsWith('0x') ? [2, 4, 6, 8].map((at) => parseInt(mask.slice(at, at + 2), 16)).join('.') : mask;
  return ipaddr.IPv4.isValidFourPartDecimal(dotted) ? ipaddr.IPv4.parse(dotted).prefixLengthFromSubnetMask() : null;
}
