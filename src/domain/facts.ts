/**
 * The typed facts that tools' outputs are read into. A parser knows only the text in front of it, so everything the text
 * may not say is nullable; the probe that asked fills in what it asked for. All of it is plain JSON.
 */
import type { DependencyState, LogError } from './found-dependency.ts';

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
  /** True when the tool shows one address, or one family, whatever the name has; or an empty answer, whether it is one or was cut off. */
  readonly incomplete?: boolean;
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
  | 'protocol-unreachable' //  ENOPROTOOPT: ICMP protocol unreachable, which no host sends for TCP: a firewall's REJECT
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
   * response: a status line came; no-answer: sent, and nothing, or not all of it, came in time (then `status` is known); closed / reset: ended before a whole status line;
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
    /** Milliseconds since data came from the peer; null when none ever did; absent when the source does not say. */
    readonly lastDataMs?: number | null;
  }[];
}

/** Processes that share the vantage's network namespace, as far as they may be looked at. */
export interface ProcessesFact {
  readonly kind: 'processes';
  readonly processes: readonly {
    readonly pid: number;
    /** comm, at most 15 characters (proc(5)). */
    readonly name: string;
    readonly openFiles: number;
    /** RLIMIT_NOFILE, the soft one; null for unlimited. */
    readonly openFilesLimit: number | null;
  }[];
}

/** Linux connection tracking of one network namespace, where translations are kept (nf_conntrack-sysctl in the kernel's documentation). */
export interface ConntrackFact {
  readonly kind: 'conntrack';
  readonly entries: number;
  /** nf_conntrack_max; null when it may not be read. */
  readonly limit: number | null;
  /** Since boot: connections that could not be entered, because another has the same addresses and ports after translation. */
  readonly insertFailed: number | null;
  /** Since boot: packets dropped because the table was full. */
  readonly dropped: number | null;
  /** Connections to the address that was asked about; null when they may not be listed. */
  readonly flows: readonly {
    readonly source: string;
    readonly destination: string;
    readonly port: number | null;
    /** Where answers are sent: the source itself, or what it was translated to. */
    readonly answersGoTo: string;
    readonly answered: boolean;
  }[] | null;
}

/**
 * What the kernel has counted in this network namespace since it was made, by nstat's names: protocol and counter (`TcpRetransSegs`,
 * `TcpExtTCPTimeouts`, `IpFragFails`, `Ip6OutNoRoutes`).
 */
export interface CountersFact {
  readonly kind: 'counters';
  /** Those that tell of trouble and are not zero. */
  readonly counters: Readonly<Record<string, number>>;
  /** What was added since the first reading of this run, without those that stood still; null in the first reading. */
  readonly changes: Readonly<Record<string, number>> | null;
  /** Sockets of this namespace (in use) and of the whole machine (the rest), from /proc/net/sockstat; null when that was not read. */
  readonly sockets: { readonly tcpInUse: number; readonly tcpOrphaned: number; readonly tcpTimeWait: number; readonly udpInUse: number } | null;
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
  /** Our clock at that moment, milliseconds since 1970: the one that is trusted. The probe fills it in; old recordings lack it. */
  readonly ourMs?: number;
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

/** An event as the API keeps it, for an hour by default. */
export interface ClusterEvent {
  /** When it last happened, RFC 3339; null when the event does not say. */
  readonly at: string | null;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly object: { readonly kind: string; readonly namespace: string | null; readonly name: string };
  readonly count: number;
}

/** A sidecar that the pod's traffic is led through. */
export interface MeshProxyState {
  /** Of the container. */
  readonly name: string;
  readonly ready: boolean;
  readonly state: 'running' | 'waiting' | 'terminated' | 'unknown';
  readonly reason: string | null;
  readonly restarts: number;
}

export interface PodStateFact {
  readonly kind: 'pod-state';
  readonly namespace: string;
  readonly pod: string;
  /** null while it is not scheduled. */
  readonly node: string | null;
  readonly phase: string;
  readonly ready: boolean;
  readonly containerState: 'running' | 'waiting' | 'terminated' | 'unknown';
  /** CrashLoopBackOff, ImagePullBackOff, Completed, ...; null when running. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly restarts: number;
  /** How the container ended before its present life; null when this is its first, or the API no longer knows. */
  readonly lastTermination: { readonly reason: string | null; readonly exitCode: number; readonly at: string | null } | null;
  readonly addresses: readonly string[];
  readonly hostNetwork: boolean;
  readonly dnsPolicy: string;
  /** The last FailedCreatePodSandBox event's message; null when none. */
  readonly sandboxFailure: string | null;
  /** The pod's newest events, oldest first; empty while the container runs, and when they may not be read. */
  readonly events: readonly ClusterEvent[];
  /** The service mesh's containers in the pod, the target's own excepted; old recordings lack it. */
  readonly meshProxies?: readonly MeshProxyState[];
}

export interface NodeStateFact {
  readonly kind: 'node-state';
  readonly node: string;
  readonly ready: boolean | null;
  readonly networkUnavailable: boolean | null;
  readonly leaseAgeMs: number | null;
  readonly message: string | null;
  /** Conditions like MemoryPressure that are True. */
  readonly pressures: readonly string[];
  /** `key=value:NoSchedule`. */
  readonly taints: readonly string[];
  /** Addresses of other nodes that are ready, one each; empty when nodes may not be listed. */
  readonly peers: readonly string[];
}

/** A pod that serves its node: the network plugin's agent, kube-proxy. */
interface NodeAgent {
  readonly node: string;
  /** `kube-system/calico-node-x`; null when no such pod is on the node. */
  readonly agentPod: string | null;
  readonly ready: boolean | null;
  /** CrashLoopBackOff, ...; null while it is ready. */
  readonly reason: string | null;
  readonly restarts: number;
  /** Its newest lines that tell of errors, oldest first; while it is not ready and tells of none, what it said last. */
  readonly lastErrors: readonly string[];
}

export interface CniStateFact extends NodeAgent {
  readonly kind: 'cni-state';
  /**
   * `calico`, `cilium`, ..., or its DaemonSet's name; null when no agent was recognised. One that is meant to be on this node and is not there
   * has no `agentPod` and is not ready.
   */
  readonly plugin: string | null;
}

export interface ProxyStateFact extends NodeAgent {
  readonly kind: 'proxy-state';
}

export interface ClusterDnsFact {
  readonly kind: 'cluster-dns';
  readonly namespace: string;
  readonly service: string;
  readonly serviceAddress: string | null;
  /** All of its cluster addresses: two with dual stack. */
  readonly serviceAddresses: readonly string[];
  readonly selector: Readonly<Record<string, string>> | null;
  readonly readyEndpoints: number;
  readonly endpoints: number;
  readonly replicas: readonly { readonly address: string; readonly ready: boolean; readonly node: string | null; readonly pod: string | null }[];
  /** Ports at the replicas that the Service leads questions by UDP to; absent in old recordings. */
  readonly targetPorts?: readonly number[];
}

interface ServerPod {
  readonly name: string;
  readonly node: string | null;
  readonly phase: string;
  readonly ready: boolean;
  readonly reason: string | null;
  readonly restarts: number;
}

/** What the servers of the cluster's DNS are told to do with one name, and what they say of themselves. */
export interface DnsServerFact {
  readonly kind: 'dns-server';
  readonly namespace: string;
  readonly pods: readonly ServerPod[];
  /** Where the Corefile sends questions for the name: addresses, or `/etc/resolv.conf`; empty: nowhere; null: it may not be read. */
  readonly forwarders: readonly string[] | null;
  /** Lines of the Corefile that decide about the name otherwise: rewrite, hosts, template, ... */
  readonly concerning: readonly string[];
  /** The log line of the loop plugin; null when there is none. */
  readonly loop: string | null;
  /** Newest error lines: those about the name where there are any. */
  readonly errors: readonly string[];
  /** NodeLocal DNSCache on the pod's node; null where there is none. */
  readonly nodeLocal: ServerPod | null;
  /** What could not be read, and why. */
  readonly unreadable: readonly string[];
}

/** Something that changed, as far as the API still tells. */
export interface Change {
  /** RFC 3339. */
  readonly at: string;
  /** `Deployment shop/orders`, `Node n1`. */
  readonly object: string;
  readonly what: 'created' | 'changed' | 'condition' | 'event';
  /** Who wrote it (`kubectl-edit`, `argocd-controller`); null when nobody is named. */
  readonly by: string | null;
  readonly detail: string | null;
}

export interface ChangesFact {
  readonly kind: 'changes';
  /** How far back was looked. */
  readonly windowMs: number;
  /** Newest first. */
  readonly changes: readonly Change[];
  /** `list networkpolicies in shop`: what may not be read. */
  readonly unreadable: readonly string[];
}

/** One address and port behind a Service. */
export interface ServiceEndpoint {
  readonly address: string;
  /** null: the slice names no port, because the targetPort is a name that the pod does not have; `any`: it serves them all. */
  readonly port: number | 'any' | null;
  /** Name of the Service's port that it serves; null where the port has no name. */
  readonly portName: string | null;
  readonly ready: boolean;
  /** Gets traffic: ready, or ending and still serving. */
  readonly serving: boolean;
  readonly node: string | null;
  readonly pod: string | null;
}

export interface ServiceFact {
  readonly kind: 'service';
  readonly namespace: string;
  readonly name: string;
  readonly exists: boolean;
  readonly type: string | null;
  readonly headless: boolean;
  readonly clusterAddresses: readonly string[];
  readonly externalName: string | null;
  readonly selector: Readonly<Record<string, string>> | null;
  readonly ports: readonly {
    readonly name: string | null;
    readonly port: number;
    readonly protocol: string;
    /** A number, or the name of a container's port. */
    readonly targetPort: string;
    readonly nodePort: number | null;
  }[];
  readonly endpoints: readonly ServiceEndpoint[];
  /** internalTrafficPolicy Local: a node's pods get to the endpoints of their own node alone. Absent in old recordings. */
  readonly onlyOwnNode?: boolean;
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

/** What the application's own log says, as far as it tells of errors. */
export interface LogFact {
  readonly kind: 'log';
  readonly linesRead: number;
  /** Oldest first; the newest 60 at most. */
  readonly errors: readonly LogError[];
}

/** Where the application connects, by its configuration, log and sockets; the destination that is diagnosed among them or not. */
export interface EndpointsFact {
  readonly kind: 'endpoints';
  readonly endpoints: readonly {
    readonly url: string;
    readonly host: string;
    readonly port: number;
    readonly application: string | null;
    readonly tls: boolean;
    readonly state: DependencyState;
    readonly lastErrorAgeMs: number | null;
    /** Variables, files and options that name it: `DATABASE_URL (configmap/shop-config)`; empty when only the log or a socket does. */
    readonly names: readonly string[];
  }[];
  /** Time limits that the environment names: `PAYMENTS_TIMEOUT_MS`. */
  readonly limits: readonly { readonly name: string; readonly limitMs: number }[];
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
  | ProcessesFact
  | ConntrackFact
  | CountersFact
  | EnvironmentFact
  | ClockFact
  | ToolsFact
  | PodStateFact
  | NodeStateFact
  | CniStateFact
  | ProxyStateFact
  | ClusterDnsFact
  | DnsServerFact
  | ChangesFact
  | ServiceFact
  | PolicyFact
  | LogFact
  | EndpointsFact;

export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;
