import { kindOfHost } from '../domain/dependency.ts';
import type { CommandOutput } from '../domain/command.ts';
import type { ResolveFact, ResolveOutcome, UnavailableFact, UnavailableReason } from '../domain/facts.ts';

/**
 * Why a path tool (ping, traceroute, mtr, tracepath, ip, ...) printed nothing that answers the question: a name that did
 * not resolve is a fact about the name; everything else is `unavailable`.
 */
export function noAnswer(output: CommandOutput): ResolveFact | UnavailableFact {
  for (const { text } of output.lines) {
    const fact = unavailableLine(text) ?? nameFailure(text);
    if (fact !== null) return fact;
  }
  const words = output.lines.find((line) => line.text.trim() !== '')?.text.trim() ?? '';
  return unavailable('not-understood', words);
}

export function unavailable(reason: UnavailableReason, detail: string): UnavailableFact {
  return { kind: 'unavailable', reason, detail: detail.slice(0, 200) };
}

const UNAVAILABLE: readonly (readonly [RegExp, UnavailableReason])[] = [
  // ping: socket: Operation not permitted                                    iputils 20221126, no CAP_NET_RAW and no ping_group_range
  // ping: icmp open socket: Operation not permitted                          iputils s20121221
  // ping: permission denied (are you root?)                                  busybox 1.35
  // ping: Lacking privilege for icmp socket.                                 inetutils 2.4
  // You do not have enough privileges to use this traceroute method.         traceroute 2.1.2
  // inetutils-traceroute: socket: Permission denied                          inetutils 2.4
  // mtr: Failure to start mtr-packet: Invalid argument                       mtr 0.95, mtr-packet may not be executed
  // mtr-packet: Failure to open IPv4 sockets: Operation not permitted        mtr 0.95
  // setpriv: failed to execute ping: Operation not permitted                 a file capability that the container may not have
  [/socket: (?:operation not permitted|permission denied)|lacking privilege|are you root\?|enough privileges|missing cap_net_raw|failure to (?:start mtr-packet|open ipv[46] sockets)/iu, 'not-permitted'],
  [/^(?:\S+: )*(?:\d+: )?(?:failed to execute |exec:? ?)?["']?[\w./-]+["']?: operation not permitted$/iu, 'not-permitted'],
  // ip: RTNETLINK answers: Operation not permitted / Cannot open netlink socket: Operation not permitted      iproute2 6.1
  [/netlink.*(?:operation not permitted|permission denied)/iu, 'not-permitted'],
  // sh: 1: ping: not found   /   ping: applet not found (busybox)   /   exec: "ip": executable file not found in $PATH
  [/: (?:command )?not found$|applet not found|executable file not found/iu, 'no-tool'],
  // Option "-j" is unknown, try "ip -help".      iproute2 before 4.13    /    ping: invalid option -- 'i'    /    unrecognized option
  [/^option ".*" is unknown|invalid option|unrecognized option|illegal option|^usage: /iu, 'command-failed'],
];

function unavailableLine(text: string): UnavailableFact | null {
  const reason = UNAVAILABLE.find(([pattern]) => pattern.test(text))?.[1];
  return reason === undefined ? null : unavailable(reason, text.trim());
}

const NAME_FAILURES: readonly (readonly [RegExp, ResolveOutcome])[] = [
  // ping: nosuch.example: Name or service not known         glibc EAI_NONAME   (traceroute, tracepath, mtr say the same)
  // ping: nosuch.example: No address associated with hostname                  EAI_NODATA
  [/(?:^|[\s:])([\w.-]+): (?:Name or service not known|No address associated with hostname|Name does not resolve|nodename nor servname provided)/u, 'not-found'],
  // ping: nosuch.example: Temporary failure in name resolution                 glibc EAI_AGAIN
  [/(?:^|[\s:])([\w.-]+): (?:Temporary failure in name resolution|Try again)/u, 'try-again'],
  // ping: bad address 'nosuch.example'                      busybox 1.35
  [/bad address '([^']+)'/u, 'failed'],
  // ping: unknown host nosuch.example                       iputils s20121221, BSD traceroute;  inetutils 2.4: `ping: unknown host`
  [/unknown host(?: ([\w.-]+))?$/u, 'failed'],
  // ping: cannot resolve nosuch.example: Unknown host       macOS
  [/cannot resolve ([\w.-]+): Unknown host/u, 'failed'],
  // Ping request could not find host nosuch.example. Please check the name and try again.      Windows
  [/could not find host ([\w.-]+)\. Please check/u, 'failed'],
  // Unable to resolve target system name nosuch.example.    Windows tracert
  [/Unable to resolve target system name ([\w.-]+)\.$/u, 'failed'],
];

function nameFailure(text: string): ResolveFact | UnavailableFact | null {
  for (const [pattern, outcome] of NAME_FAILURES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const name = match[1] ?? null;
    const kind = name === null ? 'name' : kindOfHost(name);
    // A tool built without IPv6 calls an address a bad name: that says nothing about names.
    if (kind === 'ipv4' || kind === 'ipv6' || /bad address '[\da-f:]+(?:%\w+)?'/iu.test(text)) return unavailable('command-failed', text.trim());
    return {
      kind: 'resolve', name, nameserver: null, recordType: 'any', transport: null, outcome,
      addresses: [], canonicalNames: [], answeredName: null, truncated: false, elapsedMs: null,
    };
  }
  return null;
}
