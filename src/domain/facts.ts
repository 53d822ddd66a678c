/**
 * The typed facts that tools' outputs are read into. A parser knows only the text in front of it, so everything the text
 * may not say is nullable; the probe that asked fills in what it asked for. All of it is plain JSON.
 */

/** Why a question has no answer. Never evidence about the network. */
export type UnavailableReason =
  | 'no-tool'
  | 'not-permitted'
  | 'not-understood'
  | 'command-failed'
  | 'vantage-lost'
  | 'cancelled'
  | 'timed-out';

export interface UnavailableFact {
  readonly kind: 'unavailable';
  readonly reason: UnavailableReason;
  /** The tool's own words, or the tools that were looked for. */
  readonly detail: string;
}

// --- names -------------------------------------------------------------------------------------------------------

/**
 * answered / nxdomain / no-data / servfail / refused are what a nameserver said (RFC 1035 RCODE; no-data is RFC 2308).
 * timeout: no nameserver answered; unreachable: packets to it could not be sent or were rejected.
 * not-found: a libc resolver says that there is no such name or no address of it (EAI_NONAME, EAI_NODATA), and cannot say which.
 * try-again: EAI_AGAIN: nobody answered, or SERVFAIL. failed: a tool that says only that it failed ("bad address").
 */
export type ResolveOutcome =
  | 'answered'
  | 'nxdomain'
  | 'no-data'
  | 'servfail'
  | 'refused'
  | 'timeout'
  | 'unreachable'
  | 'not-found'
  | 'try-again'
  | 'failed';

export type RecordType = 'A' | 'AAAA' | 'any';

export interface ResolveFact {
  readonly kind: 'resolve';
  /** As asked, trailing dot included; null when the text does not name it. */
  readonly name: string | null;
  /** Address of the nameserver that was asked or answered; null for the system's own resolution (libc: hosts file, search list). */
  readonly nameserver: string | null;
  readonly recordType: RecordType;
  readonly transport: 'udp' | 'tcp' | null;
  readonly outcome: ResolveOutcome;
  readonly addresses: readonly string[];
  /** CNAME targets in order; empty when none. */
  readonly canonicalNames: readonly string[];
  /** The name that really answered when a search domain was appended; null when it is the name asked or unknown. */
  readonly answeredName: string | null;
  readonly truncated: boolean;
  readonly elapsedMs: number | null;
}

export interface ResolvConfFact {
  readonly kind: 'resolv-conf';
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
  /** `options ndots:N`; 1 when absent (resolv.conf(5)). */
  readonly ndots: number;
}

export interface HostsFileFact {
  readonly kind: 'hosts-file';
  readonly entries: readonly { readonly address: string; readonly names: readonly string[] }[];
}

// --- connections -------------------------------------------------------------------------------------------------

/** One outcome for each errno that connect(2) gives (Linux icmp_err_convert in net/ipv4/icmp.c). */
export type ConnectOutcome =
  | 'connected'
  | 'refused' //               ECONNREFUSED: RST, or ICMP port unreachable
  | 'timeout' //               ETIMEDOUT, or our own limit
  | 'reset' //                 ECONNRESET during connect
  | 'network-unreachable' //   ENETUNREACH: no route here, or ICMP net unreachable
  | 'host-unreachable' //      EHOSTUNREACH: ARP/ND failed, or ICMP host unreachable or prohibited
  | 'not-permitted' //         EPERM/EACCES: dropped by a local firewall, or a prohibit route
  | 'address-not-available' // EADDRNOTAVAIL: no source port or no source address
  | 'name-not-resolved'
  | 'failed'; //               any other failure; the detail says which

export interface ConnectFact {
  readonly kind: 'connect';
  readonly host: string | null;
  readonly address: string | null;
  readonly port: number | null;
  readonly transport: 'tcp' | 'udp';
  readonly outcome: ConnectOutcome;
  readonly elapsedMs: number | null;
  /** The failure in the tool's words; null when connected. */
  readonly detail: string | null;
}

/** What happened on an open connection in the moment after it was made. */
export interface ExchangeFact {
  readonly kind: 'exchange';
  readonly host: string | null;
  readonly address: string | null;
  readonly port: number | null;
  /** Protocol spoken to it; `none` when we only listened. */
  readonly protocol: string;
  /**
   * answered: the protocol's own answer; rejected: the protocol's own error about credentials; other-protocol: bytes of
   * another protocol; silent: nothing within the wait; closed / reset: ended before an answer;
   * open: it stayed open and nothing was expected of it.
   */
  readonly outcome: 'answered' | 'rejected' | 'error' | 'other-protocol' | 'silent' | 'open' | 'closed' | 'reset';
  /** Protocol recognised in the first bytes (`http`, `tls`, `ssh`, `smtp`, `mysql`, ...); null when none. */
  readonly recognised: string | null;
  /** First bytes as printable text, at most 200 characters. */
  readonly firstBytes: string;
  readonly elapsedMs: number | null;
}

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses of the subjectAltName, without their `DNS:` / `IP Address:` prefixes. */
  readonly names: readonly string[];
  /** ISO 8601; null when the tool did not print it. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly selfSigned: boolean;
}

export type TlsFailure =
  | 'expired'
  | 'not-yet-valid'
  | 'self-signed'
  | 'unknown-ca'
  | 'incomplete-chain'
  | 'hostname-mismatch'
  | 'plaintext' //                    the peer does not speak TLS
  | 'version' //                      alert 70, unsupported protocol
  | 'no-shared-cipher' //             alert 40 with nothing more said
  | 'client-certificate-required' //  alert 116, or close right after a CertificateRequest
  | 'unrecognized-name' //            alert 112
  | 'closed'
  | 'reset'
  | 'timeout'
  | 'untrusted' //                    rejected, the tool does not say why
  | 'handshake'; //                   failed, the tool does not say why

export interface TlsFact {
  readonly kind: 'tls';
  readonly host: string | null;
  readonly address: string | null;
  readonly port: number | null;
  /** SNI sent; null when none was sent or unknown. */
  readonly serverName: string | null;
  /** True when the handshake itself completed, whatever was thought of the certificate. */
  readonly established: boolean;
  /** null: established and the certificate accepted (or not judged: see `verified`). */
  readonly failure: TlsFailure | null;
  /** True when the certificate was checked against a trust store and the name. */
  readonly verified: boolean;
  /** X.509 verify result of OpenSSL (x509_vfy.h): 10 expired, 18 self-signed leaf, 19, 20, 21; null when not printed. */
  readonly verifyCode: number | null;
  readonly alert: number | null;
  readonly version: string | null;
  readonly cipher: string | null;
  readonly alpn: string | null;
  /** Leaf first, as sent. Empty when the tool does not show it. */
  readonly chain: readonly Certificate[];
  readonly clientCertificateRequested: boolean | null;
  readonly detail: string | null;
  readonly elapsedMs: number | null;
}

export interface HttpFact {
  readonly kind: 'http';
  readonly url: string | null;
  readonly remoteAddress: string | null;
  /** host:port of the proxy the request went through; null when direct. */
  readonly proxy: string | null;
  /**
   * response: a status line came; no-answer: sent, nothing came in time; closed / reset: ended before a whole status line;
   * partial: the body stopped short; not-http: other bytes came; proxy-refused: the proxy answered CONNECT with `status`.
   */
  readonly outcome: 'response' | 'no-answer' | 'closed' | 'reset' | 'partial' | 'not-http' | 'proxy-refused';
  readonly status: number | null;
  /** Names in lower case; only those that a verdict may read (server, via, location, retry-after, date, content-type, ...). */
  readonly headers: Readonly<Record<string, string>>;
  /** First 200 printable characters of the body; empty when there is none or it was not kept. */
  readonly bodyStart: string;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly firstByteMs: number | null;
  readonly totalMs: number | null;
}

// --- addresses and routes ----------------------------------------------------------------------------------------

/** ICMP destination unreachable codes as tools name them (RFC 792, RFC 1812 5.2.7.1, RFC 4443). */
export type IcmpError =
  | 'network-unreachable' //  !N
  | 'host-unreachable' //     !H
  | 'port-unreachable'
  | 'protocol-unreachable' // !P
  | 'fragmentation-needed' // !F
  | 'prohibited' //           !X, codes 9, 10, 13
  | 'ttl-exceeded'
  | 'other';

export interface PingFact {
  readonly kind: 'ping';
  readonly host: string | null;
  readonly address: string | null;
  readonly sent: number;
  readonly received: number;
  readonly lossPercent: number;
  readonly rttMs: { readonly min: number; readonly avg: number; readonly max: number } | null;
  readonly errors: readonly { readonly from: string | null; readonly error: IcmpError }[];
}

export interface HopReply {
  /** null: no answer (`*`). */
  readonly address: string | null;
  readonly rttMs: number | null;
  readonly error: IcmpError | null;
}

export interface TraceFact {
  readonly kind: 'trace';
  readonly host: string | null;
  readonly address: string | null;
  readonly method: 'udp' | 'icmp' | 'tcp' | null;
  readonly hops: readonly { readonly ttl: number; readonly replies: readonly HopReply[] }[];
  /** The destination itself answered. */
  readonly reached: boolean;
  /** pmtu printed by tracepath; null elsewhere. */
  readonly pathMtuBytes: number | null;
}

export interface InterfacesFact {
  readonly kind: 'interfaces';
  readonly interfaces: readonly {
    readonly name: string;
    readonly up: boolean;
    /** false: NO-CARRIER or LOWERLAYERDOWN; null when the source does not say. */
    readonly carrier: boolean | null;
    readonly loopback: boolean;
    readonly mtuBytes: number | null;
    /** With prefix length: `10.244.0.7/24`. */
    readonly addresses: readonly string[];
  }[];
}

export interface RoutesFact {
  readonly kind: 'routes';
  readonly family: 4 | 6;
  readonly routes: readonly {
    /** CIDR; `0.0.0.0/0` or `::/0` for the default route. */
    readonly destination: string;
    readonly gateway: string | null;
    readonly device: string | null;
    readonly source: string | null;
    /** unicast, or what the kernel does instead. */
    readonly type: 'unicast' | 'unreachable' | 'prohibit' | 'blackhole' | 'local' | 'throw';
  }[];
}

export interface NeighboursFact {
  readonly kind: 'neighbours';
  readonly neighbours: readonly {
    readonly address: string;
    readonly device: string | null;
    readonly linkAddress: string | null;
    readonly state: 'reachable' | 'stale' | 'delay' | 'probe' | 'incomplete' | 'failed' | 'permanent' | 'noarp' | 'unknown';
  }[];
}

// --- the pod itself ----------------------------------------------------------------------------------------------

/** One row of /proc/net/tcp or ss. */
export interface SocketsFact {
  readonly kind: 'sockets';
  readonly sockets: readonly {
    readonly state: string;
    readonly localAddress: string;
    readonly localPort: number;
    readonly remoteAddress: string;
    readonly remotePort: number;
  }[];
}

export interface EnvironmentFact {
  readonly kind: 'environment';
  /** http_proxy, https_proxy, no_proxy, all_proxy in lower case; passwords removed. */
  readonly proxies: Readonly<Record<string, string>>;
}

export interface ClockFact {
  readonly kind: 'clock';
  /** The vantage's clock minus ours, in milliseconds, give or take `uncertaintyMs`. */
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

/** What tools a vantage has, and which implementation stands behind each name. */
export interface ToolsFact {
  readonly kind: 'tools';
  /** tool name → implementation id: `nc` → `openbsd` | `traditional` | `ncat` | `busybox`; `curl` → `curl`. */
  readonly tools: Readonly<Record<string, string>>;
  /** What each said of its version, cut to a line. */
  readonly versions: Readonly<Record<string, string>>;
}

// --- what the cluster says ---------------------------------------------------------------------------------------

export interface PodStateFact {
  readonly kind: 'pod-state';
  readonly namespace: string;
  readonly pod: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly containerState: 'running' | 'waiting' | 'terminated' | 'unknown';
  /** CrashLoopBackOff, ImagePullBackOff, Completed, ...; null when running. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly restarts: number;
  readonly addresses: readonly string[];
  readonly hostNetwork: boolean;
  /** The last FailedCreatePodSandBox event's message; null when none. */
  readonly sandboxFailure: string | null;
}

export interface NodeStateFact {
  readonly kind: 'node-state';
  readonly node: string;
  readonly ready: boolean | null;
  readonly networkUnavailable: boolean | null;
  readonly leaseAgeMs: number | null;
  readonly message: string | null;
}

export interface CniStateFact {
  readonly kind: 'cni-state';
  readonly node: string;
  /** `calico`, `cilium`, ...; null when no agent pod was recognised. */
  readonly plugin: string | null;
  readonly agentPod: string | null;
  readonly ready: boolean | null;
  readonly lastErrors: readonly string[];
}

export interface ClusterDnsFact {
  readonly kind: 'cluster-dns';
  readonly serviceAddress: string | null;
  readonly readyEndpoints: number;
  readonly endpoints: number;
}

export interface ServiceFact {
  readonly kind: 'service';
  readonly namespace: string;
  readonly name: string;
  readonly exists: boolean;
  readonly type: string | null;
  readonly clusterAddresses: readonly string[];
  readonly externalName: string | null;
  readonly ports: readonly { readonly name: string | null; readonly port: number; readonly protocol: string }[];
  readonly endpoints: readonly { readonly address: string; readonly port: number | null; readonly ready: boolean }[];
}

/**
 * What the policies declare about one end of a connection; whether the network plugin enforces them only a probe can tell.
 * `allowed` with nothing in `selectedBy` means that no policy selects the pod for this direction.
 */
export interface PolicyFact {
  readonly kind: 'policy';
  /** `egress` at the target pod, `ingress` at the pods that the connection goes to. */
  readonly direction: 'egress' | 'ingress';
  /** The pod whose border it is: `shop/orders-1`; several behind a Service, separated by commas. */
  readonly pod: string;
  readonly verdict: 'allowed' | 'denied' | 'depends-on-cni';
  /** The verdict where plugins read the API as Kubernetes' own tests do; the same for a definite one; null when that cannot be said. */
  readonly usual: 'allowed' | 'denied' | null;
  /** Why it depends: `ip-block-of-pod`, `service-translation`, `host-network`, `unknown-peer`, `backends-differ`, ...; else empty. */
  readonly doubts: readonly string[];
  /** `shop/deny-all`; `AdminNetworkPolicy name` for those of the whole cluster. */
  readonly selectedBy: readonly string[];
  /** Rules that allow, or policies that deny; `rule` is the index in the policy's list, null where no rule allows. */
  readonly deciding: readonly { readonly policy: string; readonly rule: number | null; readonly effect: 'allows' | 'denies' | 'passes' }[];
  /** The smallest additional NetworkPolicy that would allow it, as YAML; null unless NetworkPolicies deny it. */
  readonly suggestedPolicy: string | null;
  /** Policies of Cilium, Calico and the like that select the pod and may deny: `CiliumNetworkPolicy shop/lockdown`. */
  readonly customPolicies: readonly string[];
  /** Lists that could not be read, so that policies may be missing here: `adminnetworkpolicies`, `networkpolicies in locked`, ... */
  readonly unreadable: readonly string[];
}

export type Fact =
  | UnavailableFact
  | ResolveFact
  | ResolvConfFact
  | HostsFileFact
  | ConnectFact
  | ExchangeFact
  | TlsFact
  | HttpFact
  | PingFact
  | TraceFact
  | InterfacesFact
  | RoutesFact
  | NeighboursFact
  | SocketsFact
  | EnvironmentFact
  | ClockFact
  | ToolsFact
  | PodStateFact
  | NodeStateFact
  | CniStateFact
  | ClusterDnsFact
  | ServiceFact
  | PolicyFact;

export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;
