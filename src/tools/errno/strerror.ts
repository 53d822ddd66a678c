import type { ConnectOutcome } from '../../domain/facts.ts';

/** A failure of connect(2) recognised in a message. `words` is the part of the text that says so. */
export interface RecognisedErrno {
  readonly outcome: Exclude<ConnectOutcome, 'connected' | 'name-not-resolved' | 'failed'>;
  /** POSIX name; for a limit of the program's own, which has no errno, ETIMEDOUT. */
  readonly errno: string;
  readonly words: string;
}

interface Wording {
  readonly outcome: RecognisedErrno['outcome'];
  readonly errno: string;
  /** Tried in order on the whole text; none may match a name, a URL or a number alone. */
  readonly patterns: readonly RegExp[];
}

/**
 * What the C libraries, Windows and language runtimes write for the failures of connect(2). Sources: glibc 2.36
 * sysdeps/gnu/errlist.h, musl 1.2 src/errno/__strerror.h, FreeBSD and macOS lib/libc/gen/errlst.c, Microsoft "Windows Sockets Error
 * Codes", libuv include/uv.h, Go src/syscall/zerrors_linux_amd64.go and net/net.go, OpenJDK java.net.
 *
 * Windows numbers count only behind a word such as `WinError 10061`, because 10061 alone may be a port. The order matters where one wording contains another: a reason in parentheses after a general word comes first.
 */
const WORDINGS: readonly Wording[] = [
  {
    outcome: 'refused',
    errno: 'ECONNREFUSED',
    patterns: [
      // all C libraries, Go, Java, Ruby: `Connection refused`; Node: `connect ECONNREFUSED 10.0.0.1:80`
      /connection (?:was )?refused|\bECONNREFUSED\b/iu,
      // Windows 10061: `No connection could be made because the target machine actively refused it.`
      /actively refused it|\bWSAECONNREFUSED\b|\b(?:WinError|os error|errno|error|code)[ :=#]*10061\b/iu,
      // PostgreSQL JDBC: `Connection to db:5432 refused. Check that the hostname and port are correct`
      /connection to \S+ refused\b/iu,
    ],
  },
  {
    outcome: 'network-unreachable',
    errno: 'ENETUNREACH',
    patterns: [
      // glibc, BSD: `Network is unreachable`; musl: `Network unreachable`; BIND: `network unreachable`
      /network (?:is )?unreachable|\bENETUNREACH\b|\bENETDOWN\b|network is down/iu,
      // ICMP 3/8, source host isolated; glibc, musl: `Machine is not on the network`
      /machine is not on the network|\bENONET\b/iu,
      // Windows 10051: `A socket operation was attempted to an unreachable network.`
      /to an unreachable network|\bWSAENETUNREACH\b|\b(?:WinError|os error|errno|error|code)[ :=#]*10051\b/iu,
    ],
  },
  {
    outcome: 'host-unreachable',
    errno: 'EHOSTUNREACH',
    patterns: [
      // glibc, BSD: `No route to host`; musl: `Host is unreachable`; JDK 8: `No route to host (Host unreachable)`
      /no route to host|host (?:is )?unreachable|\bEHOSTUNREACH\b|\bEHOSTDOWN\b|host is down/iu,
      // Windows 10065: `A socket operation was attempted to an unreachable host.`
      /to an unreachable host|\bWSAEHOSTUNREACH\b|\b(?:WinError|os error|errno|error|code)[ :=#]*10065\b/iu,
    ],
  },
  {
    // ICMP 3/2 (Linux net/ipv4/icmp.c, icmp_err_convert)
    outcome: 'protocol-unreachable',
    errno: 'ENOPROTOOPT',
    // glibc, musl: `Protocol not available`; macOS: `Protocol not available`; bash: `connect: Protocol not available`
    patterns: [/protocol not available|\bENOPROTOOPT\b/iu],
  },
  {
    outcome: 'address-not-available',
    errno: 'EADDRNOTAVAIL',
    patterns: [
      // glibc: `Cannot assign requested address`; BSD: `Can't assign requested address`; musl: `Address not available`
      /can(?:no|')t assign requested address|address not available|\bEADDRNOTAVAIL\b/iu,
      // Windows 10049: `The requested address is not valid in its context.`
      /requested address is not valid in its context|\bWSAEADDRNOTAVAIL\b|\b(?:WinError|os error|errno|error|code)[ :=#]*10049\b/iu,
    ],
  },
  {
    outcome: 'reset',
    errno: 'ECONNRESET',
    patterns: [
      // all C libraries: `Connection reset by peer`; BIND: `connection reset`; Java: `Connection reset`
      /connection reset|\bECONNRESET\b/iu,
      // Windows 10054: `An existing connection was forcibly closed by the remote host.`
      /forcibly closed by the remote host|\bWSAECONNRESET\b|\b(?:WinError|os error|errno|error|code)[ :=#]*10054\b/iu,
    ],
  },
  {
    outcome: 'not-permitted',
    errno: 'EPERM',
    patterns: [
      // glibc, musl, BSD: `Operation not permitted` (EPERM), `Permission denied` (EACCES); Windows 10013: `forbidden by its access permissions`
      /operation not permitted|permission denied|\bEPERM\b|\bEACCES\b/iu,
      /forbidden by its access permissions|\bWSAEACCES\b|\b(?:WinError|os error|errno|error|code)[ :=#]*10013\b/iu,
    ],
  },
  {
    outcome: 'timeout',
    errno: 'ETIMEDOUT',
    patterns: [
      // glibc: `Connection timed out`; musl, BSD: `Operation timed out`; curl: `Connection timed out after 3001 milliseconds`;
      // Java: `connect timed out`; Python: `TimeoutError: timed out`; ncat: `TIMEOUT.`; Go: `i/o timeout`
      /\btimed[ -]out\b|\bETIMEDOUT\b|\btime-out\b|i\/o timeout|\bTIMEOUT\.|\btimeout expired|net timeout/iu,
      /\bETIME\b|\bESOCKETTIMEDOUT\b|connect(?:ion)? timeout|timeout (?:was )?reached|deadline (?:has )?(?:exceeded|elapsed)/iu,
      // Windows 10060: `the connected party did not properly respond after a period of time, or established connection failed`
      /did not properly respond after a period of time|\bWSAETIMEDOUT\b|\b(?:WinError|os error|errno|error|code)[ :=#]*10060\b/iu,
      // socat 1.7, non-blocking connects that gave up: `Operation now in progress`, `Resource temporarily unavailable`
      /operation (?:now )?in progress|\bEINPROGRESS\b/iu,
    ],
  },
];

/**
 * Which errno of connect(2) a message names, in any libc's or runtime's wording, or null when it names none. Reads the wording alone: the
 * caller must know from the tool's own line that the message is about a connection that was being made and not about a read,
 * a file or a name.
 */
export function recogniseErrno(text: string): RecognisedErrno | null {
  for (const { outcome, errno, patterns } of WORDINGS) {
    for (const pattern of patterns) {
      const words = pattern.exec(text)?.[0];
      if (words !== undefined) return { outcome, errno, words };
    }
  }
  return null;
}

/** The outcome of a connect that failed with this message: `failed` when the wording names no errno that we know. */
export function connectOutcomeOf(text: string): Exclude<ConnectOutcome, 'connected'> {
  if (isResolutionFailure(text)) return 'name-not-resolved';
  return recogniseErrno(text)?.outcome ?? 'failed';
}

/**
 * Linux errno numbers (include/uapi/asm-generic/errno.h, the same on x86, arm, riscv, s390; not on mips, sparc and alpha). For one-liners
 * that print a number.
 */
const LINUX_ERRNO: Readonly<Record<number, RecognisedErrno['outcome']>> = {
  1: 'not-permitted', //           EPERM
  13: 'not-permitted', //          EACCES
  64: 'network-unreachable', //    ENONET
  92: 'protocol-unreachable', //   ENOPROTOOPT
  99: 'address-not-available', //  EADDRNOTAVAIL
  100: 'network-unreachable', //   ENETDOWN
  101: 'network-unreachable', //   ENETUNREACH
  104: 'reset', //                 ECONNRESET
  110: 'timeout', //               ETIMEDOUT
  111: 'refused', //               ECONNREFUSED
  112: 'host-unreachable', //      EHOSTDOWN
  113: 'host-unreachable', //      EHOSTUNREACH
};

/** The outcome that a Linux errno number stands for; null for a number that connect(2) does not give for the network's sake. */
export function outcomeOfLinuxErrno(number: number): RecognisedErrno['outcome'] | null {
  return LINUX_ERRNO[number] ?? null;
}

const RESOLUTION_FAILURES: readonly RegExp[] = [
  // glibc getaddrinfo: `Name or service not known`, `Temporary failure in name resolution`, `No address associated with hostname`
  /name or service not known|temporary failure in name resolution|no address associated with (?:host)?name/iu,
  // musl: `Name does not resolve`, `Try again`, `Name has no usable address`; BSD: `nodename nor servname provided, or not known`
  /name does not resolve|name has no usable address|nodename nor servname provided/iu,
  // busybox 1.35 (any applet): `nc: bad address 'no-such-name.example'`; curl: `Could not resolve host: x`
  /bad address '|could not resolve host|\bENOTFOUND\b|\bEAI_(?:AGAIN|NONAME|NODATA|FAIL)\b/iu,
  // traditional nc: `no-such-name.example: forward host lookup failed: Unknown host`; Windows 11001: `No such host is known.`
  /forward host lookup failed|\bunknown host\b|no such host\b|\b11001\b/iu,
];

/** True when the message says that a name was not resolved, which is never evidence about the connection. */
export function isResolutionFailure(text: string): boolean {
  return RESOLUTION_FAILURES.some((pattern) => pattern.test(text));
}
