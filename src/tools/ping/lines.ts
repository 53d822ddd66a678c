/** One line of a ping's output, whichever ping it was. Lines that say nothing about the question are null. */
import { familyOf } from '../address-family.ts';
import { icmpErrorOfPhrase } from '../icmp-error.ts';
import type { IcmpError } from '../../domain/facts.ts';

export type PingLine =
  | { readonly kind: 'header'; readonly host: string; readonly address: string | null }
  | { readonly kind: 'reply'; readonly sequence: number | null; readonly rttMs: number | null }
  | { readonly kind: 'error'; readonly from: string | null; readonly error: IcmpError; readonly countedAsReceived: boolean }
  | { readonly kind: 'summary'; readonly sent: number; readonly received: number }
  | { readonly kind: 'round-trip'; readonly min: number; readonly avg: number; readonly max: number };

export function readPingLine(text: string): PingLine | null {
  return readHeader(text) ?? readReply(text) ?? readRemoteError(text) ?? readLocalError(text) ?? readSummary(text) ?? readRoundTrip(text);
}

const HEADERS: readonly RegExp[] = [
  // PING 10.77.3.2 (10.77.3.2) 56(84) bytes of data.                    iputils;  with -I: `... (10.77.3.2) from 10.77.0.2 n0: 56(84) ...`
  // PING fd77:3::2(fd77:3::2) 56 data bytes                             iputils 20221126, IPv6
  // PING 10.77.3.2 (10.77.3.2): 56 data bytes                           busybox 1.35, inetutils 2.4, BSD, macOS
  /^PING ([^\s(]+) ?\(([\da-fA-F:.]+(?:%[\w.-]+)?)\).* \d+(?:\(\d+\))? (?:data bytes|bytes of data\.)/u,
  // PING6(56=40+8+8 bytes) fd77::2 --> fd77:3::2                        BSD, macOS ping6
  /^PING6\([^)]*\) \S+ --> (([\da-fA-F:.]+(?:%[\w.-]+)?))$/u,
  // Pinging example.com [192.0.2.7] with 32 bytes of data:              Windows
  /^Pinging ([^\s[]+) \[([\da-fA-F:.%]+)\] with \d+ bytes of data:/u,
  // Pinging 192.0.2.7 with 32 bytes of data:                            Windows
  /^Pinging (([\da-fA-F:.%]+)) with \d+ bytes of data:/u,
];

function readHeader(text: string): PingLine | null {
  for (const pattern of HEADERS) {
    const match = pattern.exec(text);
    if (match !== null) return { kind: 'header', host: match[1] ?? '', address: addressOrNull(match[2] ?? '') };
  }
  return null;
}

// 64 bytes from 10.77.3.2: icmp_seq=1 ttl=61 time=0.438 ms              iputils; `icmp_req=1` in s20101006
// 64 bytes from dst.example (10.77.3.2): icmp_seq=1 ttl=61 time=0.4 ms  iputils without -n
// 64 bytes from 10.77.3.2: seq=0 ttl=61 time=0.076 ms                   busybox 1.35
// 16 bytes from fd77:3::2, icmp_seq=0 hlim=61 time=0.438 ms             BSD, macOS ping6
const REPLY = /^\d+ bytes from [^:,\s].{0,300}?[:,] (?:icmp_[sr]eq|seq)=(\d+) (?:.*\btime[=<]([\d.]+) ms\b|(?:ttl|hlim)=\d+)/u;
// Reply from 192.0.2.7: bytes=32 time<1ms TTL=64                        Windows;  IPv6: `Reply from 2001:db8::7: time=1ms`
const WINDOWS_REPLY = /^Reply from [\da-fA-F:.%]+: (?:bytes=\d+ )?time[=<](\d+)ms\b/u;

function readReply(text: string): PingLine | null {
  const match = REPLY.exec(text);
  if (match !== null) return { kind: 'reply', sequence: Number(match[1]), rttMs: match[2] === undefined ? null : Number(match[2]) };
  const windows = WINDOWS_REPLY.exec(text);
  return windows === null ? null : { kind: 'reply', sequence: null, rttMs: Number(windows[1]) };
}

const REMOTE_ERRORS: readonly { readonly pattern: RegExp; readonly countedAsReceived: boolean }[] = [
  // From 10.77.2.2 icmp_seq=1 Destination Host Unreachable              iputils 20221126;  `From 10.77.2.2: icmp_seq=1 ...` in s20121221
  // From r3.example (10.77.2.2) icmp_seq=1 Packet filtered              iputils without -n
  // From fd77:1::2 icmp_seq=1 Destination unreachable: No route         iputils, IPv6
  { pattern: /^From (\S+?)(?: \(([^)\s]+)\))?:? icmp_[sr]eq=\d+ (.+)$/u, countedAsReceived: false },
  // 92 bytes from 10.77.2.2: Destination Host Unreachable               inetutils 2.4
  // 92 bytes from r3.example (10.77.2.2): Communication prohibited by filter       BSD, macOS
  { pattern: /^\d+ bytes from (\S+?)(?: \(([^)\s]+)\))?: (?!icmp_|seq=)(.+)$/u, countedAsReceived: false },
  // Reply from 192.0.2.1: Destination host unreachable.                 Windows
  { pattern: /^Reply from ([\da-fA-F:.%]+): ()((?:Destination|TTL expired|Packet needs).*)$/u, countedAsReceived: true },
];

function readRemoteError(text: string): PingLine | null {
  for (const { pattern, countedAsReceived } of REMOTE_ERRORS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const error = icmpErrorOfPhrase(match[3] ?? '');
    if (error === null) return null;
    const sender = match[2] === undefined || match[2] === '' ? (match[1] ?? '') : match[2];
    return { kind: 'error', from: addressOrNull(sender), error, countedAsReceived };
  }
  return null;
}

const LOCAL_ERRORS: readonly RegExp[] = [
  // ping: connect: Network is unreachable          iputils 20221126;  `connect: Network is unreachable` in s20121221
  // ping: sendmsg: Operation not permitted         iputils s20161105: a local rule drops it. `ping: socket: ...` is another matter
  // ping: sendto: No route to host                 busybox 1.35, macOS
  // ping: sending packet: No route to host         inetutils 2.4
  /^(?:\S+: )?(?:connect|sendmsg|sendto|sending packet): (.+)$/u,
  // ping: local error: message too long, mtu=1300                       iputils 20221126;  `ping: local error: Message too long` before
  /^(?:\S+: )?local error: (.+)$/iu,
  // PING: transmit failed. General failure.                             Windows, no route or no interface
  /^PING: transmit failed\. (.+)$/u,
];

function readLocalError(text: string): PingLine | null {
  for (const pattern of LOCAL_ERRORS) {
    const words = pattern.exec(text)?.[1];
    if (words === undefined) continue;
    return { kind: 'error', from: null, error: icmpErrorOfPhrase(words) ?? 'other', countedAsReceived: false };
  }
  // ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules       iputils 20221126: EACCES of connect(2)
  return /^\S+: Do you want to ping broadcast\?/u.test(text) ? { kind: 'error', from: null, error: 'prohibited', countedAsReceived: false } : null;
}

// 3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 626ms          iputils
// 2 packets transmitted, 2 packets received, 0% packet loss                           busybox, inetutils, macOS (0.0%)
const SUMMARY = /^(\d+) packets transmitted, (\d+) (?:packets )?received,.* [\d.]+% packet loss/u;
//     Packets: Sent = 4, Received = 4, Lost = 0 (0% loss),              Windows
const WINDOWS_SUMMARY = /^\s*Packets: Sent = (\d+), Received = (\d+), Lost = \d+ \(\d+% loss\)/u;

function readSummary(text: string): PingLine | null {
  const match = SUMMARY.exec(text) ?? WINDOWS_SUMMARY.exec(text);
  return match === null ? null : { kind: 'summary', sent: Number(match[1]), received: Number(match[2]) };
}

// rtt min/avg/max/mdev = 0.083/0.260/0.438/0.177 ms                     iputils
// round-trip min/avg/max = 0.076/0.086/0.096 ms                         busybox;  `min/avg/max/stddev` in inetutils, BSD, macOS
const ROUND_TRIP = /^(?:rtt|round-trip) min\/avg\/max(?:\/\S+)? = ([\d.]+)\/([\d.]+)\/([\d.]+)(?:\/[\d.]+)? ms/u;
//     Minimum = 0ms, Maximum = 1ms, Average = 0ms                       Windows
const WINDOWS_ROUND_TRIP = /^\s*Minimum = (\d+)ms, Maximum = (\d+)ms, Average = (\d+)ms/u;

function readRoundTrip(text: string): PingLine | null {
  const match = ROUND_TRIP.exec(text);
  if (match !== null) return { kind: 'round-trip', min: Number(match[1]), avg: Number(match[2]), max: Number(match[3]) };
  const windows = WINDOWS_ROUND_TRIP.exec(text);
  return windows === null ? null : { kind: 'round-trip', min: Number(windows[1]), avg: Number(windows[3]), max: Number(windows[2]) };
}

function addressOrNull(text: string): string | null {
  return familyOf(text) === null ? null : text;
}
