/** What a tool says of itself → which implementation it is. Every function takes the tool's own words and gives an id. */

const BUSYBOX = /^BusyBox v/mu;

const RECOGNISERS: Readonly<Record<string, (text: string) => string>> = {
  nc: ncImplementation,
  netcat: ncImplementation,
  ping: (text) => first(text, [[/^ping (?:from|utility, )\s?iputils/mu, 'iputils'], [BUSYBOX, 'busybox'], [/^ping \(GNU inetutils\)/mu, 'inetutils']]),
  // Debian's traceroute 2.1.2: `Modern traceroute for Linux, version 2.1.2`; inetutils 2.4: `traceroute (GNU inetutils) 2.4`
  traceroute: (text) =>
    first(text, [[/^Modern traceroute for Linux/mu, 'debian'], [BUSYBOX, 'busybox'], [/^traceroute \(GNU inetutils\)/mu, 'inetutils']]),
  // inetutils 2.4: `telnet (GNU inetutils) 2.4`; netkit 0.17: `telnet: invalid option -- '-'`, `Usage: telnet [-4] [-6] [-8] ...`
  telnet: (text) =>
    first(text, [[/^telnet \(GNU inetutils\)/mu, 'inetutils'], [BUSYBOX, 'busybox'], [/^Usage: \S*telnet \[-4\]/mu, 'netkit']]),
  // GNU Wget 1.21.3: `GNU Wget 1.21.3 built on linux-gnu.`; wget2: `GNU Wget2 2.0.1 - multithreaded metalink/file/website downloader`
  wget: (text) => first(text, [[/^GNU Wget2\b/mu, 'wget2'], [/^GNU Wget\b/mu, 'gnu'], [BUSYBOX, 'busybox']]),
  nslookup: nslookupImplementation,
  // iproute2 6.1.0: `ip utility, iproute2-6.1.0, libbpf 1.1.2`
  ip: (text) => first(text, [[/^ip utility, iproute2/mu, 'iproute2'], [BUSYBOX, 'busybox']]),
  timeout: timeoutImplementation,
  netstat: (text) => (BUSYBOX.test(text) ? 'busybox' : 'netstat'),
  ifconfig: (text) => (BUSYBOX.test(text) ? 'busybox' : 'ifconfig'),
  route: (text) => (BUSYBOX.test(text) ? 'busybox' : 'route'),
  arping: (text) => (BUSYBOX.test(text) ? 'busybox' : 'arping'),
  // bash -c 'echo "bash $BASH_VERSION"': an ash that is called bash prints nothing after the word
  bash: (text) => (/^bash \d/mu.test(text) ? 'bash' : 'unknown'),
  // `Python 2.7.18` (on standard error) or `Python 3.11.7`
  python: (text) => first(text, [[/^Python 3\./mu, 'python3'], [/^Python 2\./mu, 'python2']]),
};

/** Tools whose only known implementation has another name than the command. */
const NAMED: Readonly<Record<string, string>> = { ss: 'iproute2', ncat: 'ncat' };

/**
 * Implementation id of a tool that is there. `said` is null when the tool was not asked: then a tool with several implementations is
 * `unknown` and any other is named after itself.
 */
export function implementationOf(tool: string, said: string | null): string {
  const recognise = RECOGNISERS[tool];
  if (recognise === undefined) return NAMED[tool] ?? tool;
  return said === null ? 'unknown' : recognise(said);
}

/**
 * openbsd | traditional | ncat | busybox | busybox-extras | busybox-minimal | unknown. busybox-extras is the build with -v and -z
 * (CONFIG_NC_110_COMPAT); busybox-minimal the one without -e, with which a connection cannot be told from silence.
 */
function ncImplementation(text: string): string {
  if (BUSYBOX.test(text)) {
    // BusyBox 1.35.0 with NC_110_COMPAT: `	-z	Zero-I/O mode (scanning)`; Debian's: `Usage: nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]`
    if (/^\s+-z\s/mu.test(text)) return 'busybox-extras';
    return /^\s+-e PROG\s/mu.test(text) ? 'busybox' : 'busybox-minimal';
  }
  return first(text, [
    // Ncat 7.93 (nc -h): `Ncat 7.93 ( https://nmap.org/ncat )`
    [/^Ncat:? /mu, 'ncat'],
    // Debian's openbsd 1.219: `OpenBSD netcat (Debian patchlevel 1.219-1)`, `usage: nc [-46CDdFhklNnrStUuvZz] [-I length] ...`; Apple's nc shares the usage line
    [/^OpenBSD netcat|^usage: nc \[-46/mu, 'openbsd'],
    // netcat-traditional 1.10-47: `[v1.10-47]`, `connect to somewhere:	nc [-options] hostname port[s] [ports] ... `
    [/^\[v1\.1\d|^connect to somewhere:/mu, 'traditional'],
  ]);
}

/** bind | busybox (with -type) | busybox-small | unknown. BIND 9.18: `*** Invalid option: -help`; it has no other words without a name to look up. */
function nslookupImplementation(text: string): string {
  if (BUSYBOX.test(text)) return /-type=/u.test(text) ? 'busybox' : 'busybox-small';
  return /^\*\*\* Invalid option: -help|^nslookup \d/mu.test(text) ? 'bind' : 'unknown';
}

/** coreutils | busybox | busybox-t | unknown. busybox before 1.30: `Usage: timeout [-t SECS] [-s SIG] PROG ARGS`. */
function timeoutImplementation(text: string): string {
  if (BUSYBOX.test(text)) return /timeout \[-t SECS\]/u.test(text) ? 'busybox-t' : 'busybox';
  // coreutils 9.1: `Usage: timeout [OPTION] DURATION COMMAND [ARG]...`
  return /^Usage: \S*timeout \[OPTION\]/mu.test(text) ? 'coreutils' : 'unknown';
}

function first(text: string, choices: readonly (readonly [RegExp, string])[]): string {
  return choices.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown';
}

/** The line with which a tool names its version, at most 120 characters; null when it said none. */
export function versionLine(said: string): string | null {
  // Whole words with a digit in them: `GNU Wget 1.21.3 built on linux-gnu.`, `BusyBox v1.35.0 (Debian 1:1.35.0-4) multi-call binary.`
  const line = said.split('\n').find((text) => /(?:^|[\s\-(v])\d+\.\d+|patchlevel|iputils[- ]s?\d/u.test(text) && !/^\s*-/u.test(text));
  return line === undefined ? null : line.trim().slice(0, 120);
}
