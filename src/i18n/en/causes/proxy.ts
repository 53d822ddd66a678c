import { afterColon, endpoint, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const proxy: CauseTexts<'proxy' | 'mesh'> = {
  'proxy.required': {
    title: 'The way out is a proxy',
    wrong: 'Direct egress is closed here; outside hosts are reached through a proxy that this pod does not use.',
    evidence: 'The direct connection times out. A sibling or the node has proxy variables, and through that proxy the request works.',
    next: [
      'Set HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the Deployment: `kubectl -n <namespace> set env deployment/NAME HTTPS_PROXY=http://PROXY:PORT NO_PROXY=.svc,.cluster.local,CLUSTER-CIDRS`',
      'Check that the client library honours these variables; some need the proxy in their own configuration.',
    ],
    summary: (p) => `${endpoint(p)} is not reachable directly, only through the proxy${withContrast(p, (name) => ` that ${name} uses`)}${afterColon(p)}.`,
  },
  'proxy.unreachable': {
    title: 'The proxy does not answer',
    wrong: 'The pod is configured to use a proxy, and no connection to that proxy is possible, or it takes the connection and says nothing.',
    evidence: 'The connect to the proxy’s own address fails, before anything is said about the dependency; or nothing comes through it, and no answer either when it is asked itself.',
    next: [
      'Check the proxy’s host and port: `kubectl -n <namespace> exec <pod> -c <container> -- env | grep -i proxy`',
      'Diagnose the proxy as a dependency of its own: `netdiag-tui run -n <namespace> <pod> --to tcp://PROXY:PORT`',
    ],
    summary: (p) => `The configured proxy does not answer, so ${endpoint(p)} is out of reach${afterColon(p)}.`,
  },
  'proxy.denied': {
    title: 'The proxy refuses the target',
    wrong: 'The proxy was reached and does not let this client go to this host.',
    evidence: 'The proxy answers CONNECT with 403, 502 or 503; or hangs up on it, where it answers when it is asked itself.',
    next: [
      'Ask the proxy’s owner to allow <host>:<port> for this cluster’s addresses.',
      'See its answer: `curl -v https://<host>:<port>/ 2>&1 | grep -i "HTTP/"` (the first status is the proxy’s).',
      'For 502 and 503, ask whether the proxy itself can resolve and reach the host.',
    ],
    summary: (p) => `The proxy refuses the connection to ${endpoint(p)}${afterColon(p)}.`,
  },
  'proxy.auth-required': {
    title: 'The proxy wants credentials',
    wrong: 'The proxy asks for a user and password that the pod does not send, or sends wrongly.',
    evidence: 'The proxy answers 407.',
    next: [
      'Put the credentials into the proxy URL from a Secret: http://USER:PASSWORD@PROXY:PORT (special characters percent-encoded).',
      'Check whether the account has expired or the proxy wants another scheme (NTLM, Kerberos).',
    ],
    summary: (p) => `The proxy on the way to ${endpoint(p)} requires credentials${afterColon(p)}.`,
  },
  'proxy.no-proxy-gap': {
    title: 'An internal target goes through the proxy',
    wrong: 'The dependency is inside, but NO_PROXY does not name it, so the request goes to the proxy and fails there.',
    evidence: 'It works directly (`curl --noproxy "*"`) and fails through the proxy.',
    next: [
      'Add <host> (or its domain with a leading dot) to NO_PROXY and no_proxy; libraries differ in case, wildcards and CIDR support.',
      'Compare: `curl -v --noproxy "*" https://<host>:<port>/` and the same without the option.',
    ],
    summary: (p) => `${endpoint(p)} works directly, but NO_PROXY sends it through the proxy${afterColon(p)}.`,
  },
  'mesh.blocked': {
    title: 'The service mesh blocks it',
    wrong: 'The sidecar has no route to this host, or a mesh policy denies it.',
    evidence: 'A sidecar is present and answers itself: BlackHoleCluster, 502 “direct response”, or 403 with `server: envoy`.',
    next: [
      'Make a ServiceEntry for <host>, or allow it in the AuthorizationPolicy or Sidecar resource.',
      'Read the sidecar’s access log: `kubectl -n <namespace> logs <pod> -c istio-proxy --tail=50`',
      'Check outboundTrafficPolicy (REGISTRY_ONLY or ALLOW_ANY).',
    ],
    summary: (p) => `The service mesh does not let this pod reach ${endpoint(p)}${afterColon(p)}.`,
  },
  'mesh.proxy-not-ready': {
    title: 'The sidecar is not ready',
    wrong: 'The application’s traffic goes through a sidecar that is not ready (yet).',
    evidence: 'The sidecar’s container is not ready, or only the first seconds of the pod’s life fail.',
    next: [
      'Look at the sidecar’s state: `kubectl -n <namespace> describe pod <pod>`',
      'Hold the application until the sidecar is ready (holdApplicationUntilProxyStarts, or a native sidecar container), and retry at start.',
    ],
    summary: (p) => `The sidecar that carries traffic to ${endpoint(p)} is not ready${afterColon(p)}.`,
  },
};
