import type { Rule } from '../rule.ts';

/** Proxies, meshes, load balancers, the kubelet and servers' own refusals: words that name more than a socket's fate. */

const AUTHENTICATION: Rule = {
  says: [
    'password authentication failed',
    /authentication failed(?! because the remote party)/iu,
    'authentication failure',
    'authenticationfailure',
    'no pg_hba.conf entry',
    'noauth ',
    'wrongpass',
    'access_refused',
    'authorization violation',
    'invalid credentials',
    'invalid username-password',
    'access denied for user',
    'login failed for user',
    'ora-01017',
    'is not allowed to connect',
    'permission denied (publickey',
    'authorization failed',
    /not authorized(?! to sign)/iu,
    'sasl authentication',
    'invalid password',
  ],
  means: 'other',
  rank: 'sentence',
  confidence: 'likely',
  layer: 'application',
  causes: { 'app.auth-rejected': 'certain' },
};

const EXHAUSTED: Rule = {
  says: ['too many clients already', 'too many connections', 'max number of clients reached', 'remaining connection slots', 'too many open connections', 'max_connections', 'connection limit exceeded'],
  means: 'other',
  rank: 'sentence',
  confidence: 'likely',
  layer: 'application',
  causes: { 'app.connections-exhausted': 'certain' },
};

const ENVOY: readonly Rule[] = [
  { says: ['reset reason: connection timeout', 'delayed_connect_error: 110'], means: 'timeout', rank: 'sentence', confidence: 'likely', causes: { 'tcp.filtered': 'likely', 'tcp.host-silent': 'possible', 'mesh.blocked': 'possible' } },
  { says: ['remote reset', 'reset reason: connection termination', 'reset reason: protocol error', 'local reset', 'reset reason: overflow', /response_flags?["=: ]{1,4}"?(?:UC|DC|LR|UR|DPE)\b/u, /" \d{3} (?:UC|DC|LR|UR)\b/u], means: 'reset', rank: 'cause', confidence: 'likely', causes: { 'app.connection-closed': 'likely', 'app.protocol-mismatch': 'possible', 'tcp.idle-timeout': 'possible' } },
  { says: ['remote connection failure', 'reset reason: connection failure', 'upstream_reset_before_response_started', /response_flags?["=: ]{1,4}"?U(?:F|RX|F,URX)\b/u, /" \d{3} UF(?:,URX)?\b/u], means: 'refused', rank: 'symptom', confidence: 'possible', causes: { 'tcp.refused': 'likely', 'tcp.filtered': 'possible', 'tls.plaintext-port': 'possible', 'mesh.blocked': 'possible' } },
  { says: [/response_flags?["=: ]{1,4}"?(?:UT|SI|DT)\b/u, /" \d{3} (?:UT|SI|DT)\b/u], means: 'timeout', rank: 'cause', confidence: 'likely', layer: 'application', causes: { 'app.slow-response': 'likely', 'app.timeout-too-short': 'possible' } },
  { says: ['no healthy upstream', /response_flags?["=: ]{1,4}"?UH\b/u, /" \d{3} UH\b/u, 'no live upstreams'], means: 'http-status', rank: 'symptom', confidence: 'likely', causes: { 'service.no-endpoints': 'likely', 'app.http-server-error': 'possible', 'mesh.blocked': 'possible' } },
  { says: ['rbac: access denied', 'blackholecluster', 'route_not_found', 'filter_chain_not_found', 'rbac_access_denied', /response_flags?["=: ]{1,4}"?(?:NR|NC|UAEX|RL)\b/u, /" \d{3} (?:NR|NC|UAEX)\b/u], means: 'http-status', rank: 'symptom', confidence: 'likely', causes: { 'mesh.blocked': 'likely' } },
  { says: ['upstream connect error or disconnect'], means: 'reset', rank: 'hint', confidence: 'possible', causes: { 'mesh.blocked': 'possible', 'app.connection-closed': 'possible' } },
];

const PROXY: readonly Rule[] = [
  { says: ['could not resolve proxy', "couldn't resolve proxy"], means: 'dns', rank: 'sentence', confidence: 'certain', causes: { 'proxy.unreachable': 'likely', 'dns.nxdomain': 'possible' } },
  { says: ['proxy tunneling failed', 'connect tunnel failed', 'tunnel connection failed', 'from proxy after connect', 'proxy authentication required', 'proxyconnect tcp'], means: 'http-status', rank: 'symptom', confidence: 'likely', causes: { 'proxy.denied': 'likely', 'proxy.auth-required': 'possible' } },
];

const SERVERS: readonly Rule[] = [
  { says: ['layer4 timeout', 'layer7 timeout', 'layer6 timeout', /L[467]TOUT/u], means: 'timeout', rank: 'sentence', confidence: 'certain' },
  { says: ['layer6 invalid response', /L6RSP/u], means: 'tls-handshake', rank: 'sentence', confidence: 'likely' },
  { says: ['layer7 wrong status', /L7STS/u], means: 'http-status', rank: 'sentence', confidence: 'certain' },
  // upstream timed out (110: Connection timed out) while reading response header from upstream     nginx: connected, no answer
  { says: [/upstream timed out \([^)\n]{1,60}\) while (?:reading|sending)/u], means: 'timeout', rank: 'sentence', confidence: 'certain', layer: 'application', causes: { 'app.slow-response': 'likely', 'app.timeout-too-short': 'possible' } },
  { says: [/too many redirect/iu, 'toomanyredirects', /(?:exceeded|stopped after) \d+ redirects/iu, /redirections? (?:limit )?exceeded/iu, 'maximum redirects', 'redirect loop', 'hpe_invalid_constant', 'hpe_invalid', 'malformed http', 'toomanyrequests', 'rate limit', 'pull rate limit'], means: 'http-status', rank: 'cause', confidence: 'likely' },
  { says: ['you must be logged in to the server', 'error from server (forbidden)', 'error from server (unauthorized)', 'accessdenied'], means: 'http-status', rank: 'cause', confidence: 'likely', causes: { 'app.auth-rejected': 'likely' } },
];

const KUBERNETES: readonly Rule[] = [
  { says: ['failed to create pod sandbox', 'failedcreatepodsandbox', 'failed to setup network for sandbox', 'no ips available', 'failed to allocate for range', 'networkplugin cni failed', 'failed to request ipv4'], means: 'other', rank: 'hint', confidence: 'likely', layer: 'network-access', causes: { 'pod.sandbox-failed': 'likely', 'node.cni-agent-failing': 'possible' } },
  { says: ['network plugin is not ready', 'cni config uninitialized', 'networkpluginnotready', 'networkunavailable', 'error getting clusterinformation'], means: 'other', rank: 'hint', confidence: 'likely', layer: 'network-access', causes: { 'node.cni-agent-failing': 'likely', 'node.network-unavailable': 'likely' } },
  { says: ['nodenotready', 'node is not ready', 'kubelet stopped posting node status'], means: 'other', rank: 'hint', confidence: 'likely', layer: 'network-access', causes: { 'node.not-ready': 'likely' } },
  { says: ['crashloopbackoff', 'imagepullbackoff', 'back-off pulling', 'back-off restarting'], means: 'other', rank: 'hint', confidence: 'likely', layer: 'network-access', causes: { 'pod.not-running': 'likely' } },
];

/** Not about the network, though the words look like it. */
const ELSEWHERE: readonly Rule[] = [
  { says: ['command not found', 'executable file not found', /^\S{0,40}sh: (?:\d+: )?\S{1,40}: not found/u, "can't execute", 'no supported authentication', 'inverse host lookup failed', 'dns fwd/rev mismatch', 'cap_net_raw', 'do not have enough privileges', 'outofmemoryerror'], means: 'other', rank: 'sentence', confidence: 'likely', layer: 'application' },
  { says: ['invalid port', 'port number invalid', 'no port[s]', 'port numbers', 'cannot find device', 'failed binding local connection', 'could not bind to interface', 'listener does not currently know of'], means: 'other', rank: 'sentence', confidence: 'likely', layer: 'application', causes: { 'app.wrong-endpoint': 'possible' } },
  { says: ['unable to connect to proxy', 'proxy handshake error', 'proxy connection failed'], means: 'other', rank: 'hint', confidence: 'likely', layer: 'application', causes: { 'proxy.unreachable': 'likely', 'proxy.denied': 'possible' } },
];

export const PLATFORM_RULES: readonly Rule[] = [AUTHENTICATION, EXHAUSTED, ...ENVOY, ...PROXY, ...SERVERS, ...KUBERNETES, ...ELSEWHERE];
