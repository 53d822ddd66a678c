import type { CommandOutput } from '../domain/command.ts';
import type { Fact } from '../domain/facts.ts';
import { parseArp } from '../tools/arp/parse.ts';
import { parseCurl } from '../tools/curl/curl.ts';
import { parseDig } from '../tools/dig/parse.ts';
import { parseGetent } from '../tools/getent/getent.ts';
import { parseHost } from '../tools/host/host.ts';
import { readHostsFile } from '../tools/hosts-file/hosts-file.ts';
import { parseIfconfig } from '../tools/ifconfig/parse.ts';
import { parseIpJsonInterfaces, parseIpJsonNeighbours, parseIpJsonRoutes } from '../tools/ip/json.ts';
import { parseIpTextInterfaces, parseIpTextNeighbours, parseIpTextRoutes } from '../tools/ip/text.ts';
import { parseMtr } from '../tools/mtr/parse.ts';
import { parseNslookupBind } from '../tools/nslookup/parse-bind.ts';
import { parseNslookupBusybox } from '../tools/nslookup/parse-busybox.ts';
import { parseNetstatRoutes } from '../tools/netstat/routes.ts';
import { parseBusyboxNc } from '../tools/nc/busybox.ts';
import { parseNcat } from '../tools/nc/ncat.ts';
import { parseOpenbsdNc } from '../tools/nc/openbsd.ts';
import { parseTraditionalNc } from '../tools/nc/traditional.ts';
import { parseSClient } from '../tools/openssl/s-client.ts';
import { parsePing } from '../tools/ping/parse.ts';
import { readResolvConf } from '../tools/resolv-conf/resolv-conf.ts';
import { parseTelnet } from '../tools/telnet/connect.ts';
import { parseSockets } from '../tools/ss/parse.ts';
import { parseTracepath } from '../tools/tracepath/parse.ts';
import { parseTraceroute } from '../tools/traceroute/parse.ts';
import { parseBusyboxWget } from '../tools/wget/busybox.ts';
import { parseGnuWget } from '../tools/wget/gnu.ts';

/** How a tool's output is known when nobody says what it is, and the probes' parser that reads it. */
export interface Reader {
  readonly tool: string;
  /** Names of the programs that print this, as typed after a prompt. */
  readonly programs: readonly string[];
  /** A line that only this tool prints. */
  readonly looksLike: RegExp;
  /** Tried in order until one understands the text. */
  readonly parsers: readonly ((output: CommandOutput) => readonly Fact[])[];
}

function fromLines(read: (lines: readonly string[]) => Fact | null): Reader['parsers'][number] {
  return (output) => {
    const fact = read(output.lines.map(({ text }) => text));
    return fact === null ? [] : [fact];
  };
}

export const READERS: readonly Reader[] = [
  // *   Trying 10.0.0.5:443...     < HTTP/1.1 200 OK     > GET / HTTP/1.1     curl: (7) Failed to connect
  { tool: 'curl', programs: ['curl'], looksLike: /^\* {1,3}(?:Trying |Connected to |Could not resolve|Host \S+ was resolved|Established connection|Uses proxy)|^> (?:GET|HEAD|POST|PUT|CONNECT|OPTIONS|DELETE|PATCH) \S+ HTTP|^curl: \(\d+\)|^< HTTP\/\d|^HTTP\/[\d.]+ \d{3}[^\n]*\n[\w-]+: /mu, parsers: [parseCurl] },
  // --2026-11-23 03:47:20--  https://web.test:8455/     HTTP request sent, awaiting response...     Connecting to web.test:8443 (192.0.2.2:8443)
  { tool: 'wget', programs: ['wget'], looksLike: /^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--  |^HTTP request sent, awaiting response|^Connecting to \S+ (?:\([\da-fA-F.:[\]]+\)$|\|)|^wget: /mu, parsers: [parseGnuWget, parseBusyboxWget] },
  // ** server can't find x: NXDOMAIN     Non-authoritative answer:     Server:\t\t10.96.0.10
  { tool: 'nslookup', programs: ['nslookup'], looksLike: /^\*\* server can't find|^Non-authoritative answer:|^Server:\s+\S+|^\*\*\* Can't find/mu, parsers: [parseNslookupBind, parseNslookupBusybox] },
  // api.example.com has address 10.0.0.5     Host x not found: 3(NXDOMAIN)     x is an alias for y.
  { tool: 'host', programs: ['host'], looksLike: /^\S+ (?:has (?:IPv6 )?address [\da-f]|is an alias for \S+\.$|has no \w+ record)|^Host \S+ not found: \d/mu, parsers: [parseHost] },
  // ;; ->>HEADER<<- opcode: QUERY, status: NOERROR     ;; communications error to 10.96.0.10#53: timed out     ; <<>> DiG 9.18
  { tool: 'dig', programs: ['dig'], looksLike: /^; <<>> DiG |^;; (?:->>HEADER<<-|communications error to|UDP setup with|Connection to \S+#|connection timed out; no servers|Got answer:|Truncated, )|^\S+\.\s+\d+\s+IN\s+(?:A|AAAA|CNAME)\s/mu, parsers: [parseDig] },
  // nc: connect to 10.0.0.5 port 81 (tcp) failed     Connection to 10.0.0.5 443 port [tcp/https] succeeded!     Ncat: TIMEOUT.     (UNKNOWN) [10.0.0.5] 81 (?) :
  { tool: 'nc', programs: ['nc', 'ncat', 'netcat'], looksLike: /^(?:nc|Ncat): |^Connection to \S+ .{0,80}port \[|^\S+ \[[\d.:a-f]+\] \d+ \(|\(\S+:\d+\) open$/mu, parsers: [parseOpenbsdNc, parseTraditionalNc, parseNcat, parseBusyboxNc] },
  // Trying 10.0.0.5...     Escape character is '^]'.     telnet: Unable to connect to remote host: Connection refused
  { tool: 'telnet', programs: ['telnet'], looksLike: /^telnet: |^Trying [\da-fA-F.:]+\.\.\.$|^Escape character is|^Connected to \S+\.$/mu, parsers: [parseTelnet] },
  // traceroute to 10.0.0.5 (10.0.0.5), 30 hops max     Tracing route to
  { tool: 'traceroute', programs: ['traceroute', 'traceroute6', 'tracert'], looksLike: /^traceroute6? to \S+ \(|^Tracing route to /mu, parsers: [parseTraceroute] },
  //   1.|-- 10.77.0.1    0.0%     1    0.1
  { tool: 'mtr', programs: ['mtr'], looksLike: /^ {0,3}\d{1,3}\.\|-- \S|^HOST: \S+\s+Loss%|"mtr": ?\{/mu, parsers: [parseMtr] },
  //  1?: [LOCALHOST]                      pmtu 1500     Resume: pmtu 1500 hops 4
  { tool: 'tracepath', programs: ['tracepath', 'tracepath6'], looksLike: /^ {0,2}\d{1,3}\?: \[LOCALHOST\]|^\s+Resume: pmtu/mu, parsers: [parseTracepath] },
  // PING api (10.0.0.5) 56(84) bytes of data.     2 packets transmitted, 2 received     Reply from
  { tool: 'ping', programs: ['ping', 'ping6'], looksLike: /^PING \S+[ (:]|packets transmitted, \d|^Pinging \S+|\bicmp_seq=\d|^Haciendo ping a/mu, parsers: [parsePing] },
  // 2: eth0@if12: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UP     [{"ifindex":1,"ifname":"lo",
  { tool: 'ip addr', programs: ['ip'], looksLike: /^\d+: [\w.@-]+: <[A-Z_,-]*>|^\s*\[?\{"ifindex":/mu, parsers: [parseIpTextInterfaces, parseIpJsonInterfaces] },
  // 10.244.0.1 dev eth0 lladdr 8a:1f:aa:bb:cc:dd REACHABLE     10.244.0.1 dev eth0 FAILED
  { tool: 'ip neigh', programs: ['ip'], looksLike: /^[\da-fA-F.:]+ dev \S+ +(?:lladdr [\da-f:]+ +)?(?:router +|extern_learn +|proxy +){0,3}(?:REACHABLE|STALE|DELAY|PROBE|FAILED|INCOMPLETE|PERMANENT|NOARP)\b/mu, parsers: [parseIpTextNeighbours, parseIpJsonNeighbours] },
  // CONNECTED(00000003)     Verify return code: 0 (ok)     verify error:num=10:certificate has expired     ...:error:0A00010B:SSL routines:...
  { tool: 'openssl', programs: ['openssl'], looksLike: /^CONNECTED\([\dA-Fa-f]{8}\)|^\s*Verify return code: \d|^connect:errno=\d|^[\dA-Fa-f]+:error:[\dA-Fa-f]{8}:/mu, parsers: [parseSClient] },
  // default via 10.244.0.1 dev eth0     10.244.0.0/24 dev eth0 proto kernel scope link     unreachable default
  { tool: 'ip route', programs: ['ip'], looksLike: /^(?:default|(?:(?:unreachable|prohibit|blackhole|local|broadcast) )?[\da-fA-F.:]+(?:\/\d+)?) (?:via \S+ )?dev \S+|^(?:unreachable|prohibit|blackhole) (?:default|[\da-fA-F.:/]+)|^\s*\[?\{"dst":/mu, parsers: [parseIpTextRoutes, parseIpJsonRoutes] },
  // Kernel IP routing table     Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
  { tool: 'route', programs: ['route', 'netstat'], looksLike: /^Kernel IP(?:v6)? routing table|^Destination\s+(?:Gateway|Next Hop)\s/mu, parsers: [parseNetstatRoutes] },
  // Address  HWtype  HWaddress  Flags Mask  Iface     ? (10.77.0.1) at 5e:61:e5:bd:31:49 [ether] on eth0     IP address  HW type  Flags
  { tool: 'arp', programs: ['arp'], looksLike: /^Address\s+HWtype\s+HWaddress|^IP address\s+HW type|^\S+ \([\d.]+\) at (?:<incomplete>|[\da-f:]{17})/mu, parsers: [parseArp] },
  // eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1450     eth0      Link encap:Ethernet
  { tool: 'ifconfig', programs: ['ifconfig'], looksLike: /^\S+: flags=\d+<|^\S+\s+Link encap:/mu, parsers: [parseIfconfig] },
  // ESTAB  0  0  10.244.0.7:40112  10.0.0.5:443     State  Recv-Q  Send-Q     tcp  0  0 10.0.0.7:40112  10.0.0.5:443  ESTABLISHED
  { tool: 'ss', programs: ['ss', 'netstat'], looksLike: /^(?:Netid\s+)?State\s+Recv-Q|^(?:tcp6?\s+)?(?:ESTAB|SYN-SENT|LISTEN|TIME-WAIT|CLOSE-WAIT)\s+\d+\s+\d+\s|^Proto Recv-Q Send-Q|^tcp6?\s+\d+\s+\d+\s+\S+:\d+\s/mu, parsers: [parseSockets] },
  // nameserver 10.96.0.10
  { tool: 'resolv.conf', programs: ['cat'], looksLike: /^nameserver\s+[\da-fA-F.:]+/mu, parsers: [fromLines(readResolvConf)] },
  // 127.0.0.1       localhost
  { tool: 'hosts', programs: ['cat'], looksLike: /^(?:127\.0\.0\.1|::1)\s+\S*localhost/mu, parsers: [fromLines(readHostsFile)] },
  // 10.0.0.5        STREAM api.example.com        10.0.0.5        api.example.com
  { tool: 'getent', programs: ['getent'], looksLike: /^[\da-fA-F.:]+\s+(?:STREAM|DGRAM|RAW)\b|^(?!127\.|::1)\s*(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F]{0,4}:[\da-fA-F:.]{1,40})\s{2,20}[A-Za-z][\w.-]{0,255}(?: [\w.-]{1,255}){0,20}\s*$/mu, parsers: [parseGetent] },
];
