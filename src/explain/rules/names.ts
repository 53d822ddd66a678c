import type { Rule } from '../rule.ts';

/** getaddrinfo's words (gai_strerror of glibc, musl, BSD; Winsock) and those of libraries and DNS tools about names. */

const NOT_FOUND = { 'dns.nxdomain': 'likely', 'dns.search-hijack': 'possible', 'dns.wrong-resolver': 'possible', 'dns.resolver-unreachable': 'possible' } as const;
const NOBODY_ANSWERED = { 'dns.resolver-unreachable': 'likely', 'dns.servfail': 'possible', 'policy.dns-denied': 'possible', 'dns.cluster-dns-down': 'possible' } as const;

const LIBC: readonly Rule[] = [
  {
    says: [
      'name or service not known',
      'name does not resolve',
      'nodename nor servname provided',
      'no such host',
      'enotfound',
      'eai_noname',
      /unknown host(?! key)\b/iu,
      'unknownhost',
      'unknown_host',
      'host not found',
      'hostnotfound',
      'name not resolved',
      'name_not_resolved',
      'specified hostname could not be found',
      /(?:\b(?:WinError|os error|errno|error|code)[ :=#]{1,3}|\()11001\b/iu,
    ],
    means: 'dns',
    rank: 'cause',
    confidence: 'certain',
    causes: NOT_FOUND,
  },
  {
    says: ['temporary failure in name resolution', 'temporary failure resolving', 'eai_again', 'wsatry_again', 'non-recoverable failure in name resolution', 'nonrecoverable failure in name', 'non-recoverable name error', 'eai_fail'],
    means: 'dns',
    rank: 'cause',
    confidence: 'certain',
    causes: NOBODY_ANSWERED,
  },
  {
    says: ['no address associated with', 'name has no usable address', 'eai_nodata', 'enodata', 'no ipv4/ipv6 addresses for host', 'no data record of requested type', 'no addresses associated', 'wsano_data'],
    means: 'dns',
    rank: 'cause',
    confidence: 'certain',
    causes: { 'dns.no-address': 'likely', 'dns.nxdomain': 'possible' },
  },
  // failed to lookup address information: Try again     Rust std on musl;  also PHP, Java, libpq there
  { says: [/(?:getaddrinfo|resol|lookup|unknownhost|address|host name)[^\n]{0,200}: ?try again/iu, /^try again\.?$/iu], means: 'dns', rank: 'sentence', confidence: 'likely', causes: NOBODY_ANSWERED },
  // getaddrinfo's words when the fault is the service name, not the host
  { says: ['servname not supported', 'unrecognized service', 'service not available for socket type', 'temporary failure in lookup of service'], means: 'other', rank: 'sentence', confidence: 'certain', layer: 'application' },
];

const LIBRARIES: readonly Rule[] = [
  {
    says: [
      /(?:could|can|did|was)(?: ?not|n'?t|'t) (?:be )?(?:resolve|\w{1,8}-resolve|resolving|look ?up|find host|find address)/iu,
      /unable to (?:resolve|look ?up)/iu,
      /(?:failed|failure|failing|error|problem)(?: to| when| while| in)? (?:dns )?(?:resolv|look(?:ing)? ?up|host(?:name)? (?:resol|lookup))/iu,
      /(?:hostname|host name|name|dns|address|domain|reference)(?: resolution| resolving| lookup| query)(?: \w+)? (?:fail|error|timed)/iu,
      /resolv(?:e|ing|er)[^\n]{0,80}\bfail(?:ed|ure)\b/iu,
      'could not be resolved',
      'could not translate host name',
      'unknown mysql server host',
      'host not found in upstream',
      'no resolver defined to resolve',
      'getaddrinfo',
      'lookup hostname',
      'lookup host',
      'gaierror',
      'gethostbyname',
      'dns error',
      'dns failure',
      'bad address',
      'unresolvedaddress',
      'unresolved address',
      'no resolvable bootstrap',
      'ares_',
      'c-ares status',
      'nameresolutionerror',
      'nameresolutionfailure',
      'produced zero addresses',
      'destination host unknown',
      'target host or object does not exist',
      'could not find host',
      'failed host lookup',
      'network name cannot be found',
      'dns_error',
      /\bDNS (?:server|query|response|message)\b/u,
      'domain name not found',
      'contact dns servers',
      'misformatted domain name',
      'lame referral',
      'resolver internal error',
      'no suitable address found',
      /not found address of host/iu,
      'unable to find the server',
      'servernotfound',
      /ORA-12545|ORA-12154/u,
      /NSURLErrorDomain Code=-100[36]/u,
    ],
    means: 'dns',
    rank: 'symptom',
    confidence: 'likely',
  },
  // dial tcp: lookup ghcr.io on 10.96.0.10:53: read udp 10.244.0.7:51234->10.96.0.10:53: i/o timeout      Go net
  { says: [/\blookup [^\s:]{1,255} on [^\s]{1,80}:\d{1,5}: (?:read|write|dial|server|no answer|cannot|dns)/u], means: 'dns', rank: 'sentence', confidence: 'likely', causes: NOBODY_ANSWERED },
  { says: [/\blookup [^\s:]{1,255}(?: on [^\s]{1,80})?: no such host/u], means: 'dns', rank: 'sentence', confidence: 'certain', causes: { ...NOT_FOUND, 'dns.nxdomain': 'likely' } },
  { says: [/\blookup [^\s:]{1,255}(?: on [^\s]{1,80})?: /u, /: lookup [^\s:]{1,255}: /u], means: 'dns', rank: 'sentence', confidence: 'likely' },
  // temporary error (try again later)   apk-tools 2.14, when getaddrinfo gave EAI_AGAIN
  { says: ['temporary error (try again later)', /^temporary failure$/iu], means: 'dns', rank: 'symptom', confidence: 'likely', causes: NOBODY_ANSWERED },
  // {failed_connect,[...,nxdomain]} Erlang httpc;  reason: :nxdomain Elixir Mint
  { says: [/\bnxdomain\b/u], means: 'dns', rank: 'cause', confidence: 'certain', causes: { 'dns.nxdomain': 'likely', 'dns.search-hijack': 'possible' } },
];

const DNS_TOOLS: readonly Rule[] = [
  { says: ["server can't find", /\bNXDOMAIN\b/u, /not found: 3\(/u], means: 'dns', rank: 'sentence', confidence: 'certain', causes: { 'dns.nxdomain': 'likely', 'dns.search-hijack': 'possible' } },
  { says: [/\bSERVFAIL\b/u, 'eservfail', /not found: 2\(/u, 'server misbehaving'], means: 'dns', rank: 'sentence', confidence: 'certain', causes: { 'dns.servfail': 'likely', 'dns.resolver-unreachable': 'possible' } },
  {
    // ** server can't find x: REFUSED    status: REFUSED    Host x not found: 5(REFUSED)
    says: [/status: REFUSED/u, /can't find [^\n]{1,255}: REFUSED/u, /not found: 5\(/u, 'erefused', 'query refused', 'server refused query'],
    means: 'dns',
    rank: 'sentence',
    confidence: 'certain',
    causes: { 'dns.refused': 'likely', 'policy.cni-denied': 'possible' },
  },
  { says: [/status: (?:NOTIMP|FORMERR|NOTAUTH|BADVERS|YXDOMAIN)/u, /\b(?:NOTIMP|FORMERR)\b/u, 'edns query returned status', '; transfer failed', "couldn't get address for"], means: 'dns', rank: 'sentence', confidence: 'likely', causes: { 'dns.servfail': 'possible', 'dns.refused': 'possible' } },
  // *** Can't find example.com: No answer     nslookup;    example.com has no AAAA record     host
  { says: [/can't find [^\n]{1,255}: no answer/iu, /\bhas no [A-Z]{1,6} record\b/u, 'no answer from dns', 'non-existent domain'], means: 'dns', rank: 'sentence', confidence: 'likely', causes: { 'dns.no-address': 'likely', 'dns.nxdomain': 'possible' } },
  {
    says: [/communications error to [^\n]{1,120}: timed out/u, 'no response from', 'dns request timed out', 'resolving timed out', 'name lookup timed out', 'timeout while contacting dns servers', 'etimeout', /resolve host [^\n]{1,255} with timeout/u],
    means: 'timeout',
    rank: 'sentence',
    confidence: 'likely',
    layer: 'internet',
    causes: NOBODY_ANSWERED,
  },
  // ;; connection timed out; no servers could be reached     BIND and busybox: the last line, whatever kept them from it
  { says: ['no servers could be reached', 'servers could not be reached'], means: 'timeout', rank: 'symptom', confidence: 'likely', layer: 'internet', causes: NOBODY_ANSWERED },
  { says: ['connection timed out; no servers could be reached'], means: 'timeout', rank: 'cause', confidence: 'likely', layer: 'internet', causes: NOBODY_ANSWERED },
  // ;; communications error to 10.96.0.10#53: connection refused      ;; Connection to 10.96.0.10#53(10.96.0.10) for x failed: connection refused.
  { says: [/(?:communications error to|Connection to) \S+#\d{1,5}[^\n]{0,300}: connection refused/u], means: 'refused', rank: 'cause', confidence: 'certain', layer: 'internet', causes: { 'dns.resolver-unreachable': 'likely', 'dns.cluster-dns-down': 'possible' } },
  { says: [/(?:communications error to|UDP setup with|Connection to) \S+#\d{1,5}[^\n]{0,300}: (?:network|host) unreachable/u], means: 'unreachable', rank: 'cause', confidence: 'certain', causes: { 'dns.resolver-unreachable': 'likely', 'ip.no-route': 'likely' } },
  // resolve call failed: 'x' not found         resolvectl (systemd 252)
  { says: [/resolve call failed/u, "can't resolve '"], means: 'dns', rank: 'sentence', confidence: 'likely' },
];

const CLUSTER_DNS: readonly Rule[] = [
  { says: [/\bLoop \([^\n]{1,200}\) detected for zone/u], means: 'dns', rank: 'sentence', confidence: 'certain', causes: { 'dns.forward-loop': 'certain' } },
  { says: ['concurrent queries exceeded maximum', 'plugins not ready', 'still waiting on: "kubernetes"', 'maximum number of concurrent dns queries'], means: 'dns', rank: 'sentence', confidence: 'likely', causes: { 'dns.cluster-dns-down': 'likely', 'dns.slow': 'possible' } },
  // [ERROR] plugin/errors: 2 api.example.com. A: read udp 10.244.0.3:40000->8.8.8.8:53: i/o timeout     CoreDNS: its forwarder is silent
  { says: [/plugin\/errors: \d [^\n]{1,300}i\/o timeout/u], means: 'timeout', rank: 'sentence', confidence: 'likely', layer: 'internet', causes: { 'dns.servfail': 'likely', 'dns.resolver-unreachable': 'possible' } },
];

export const NAME_RULES: readonly Rule[] = [...LIBC, ...LIBRARIES, ...DNS_TOOLS, ...CLUSTER_DNS];
