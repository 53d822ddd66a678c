import { afterColon, withContrast, withDetail } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const dns: CauseTexts<'dns'> = {
  'dns.nxdomain': {
    title: 'The name does not exist',
    wrong: 'DNS says that there is no such name (NXDOMAIN).',
    evidence: 'NXDOMAIN for the name with a trailing dot, from here and from a contrast.',
    next: [
      'Check the spelling, and the environment or ConfigMap that it comes from.',
      'Ask without a search list: `dig <host>. A` or `nslookup <host>.`',
      'If the name is new: NXDOMAIN is cached for the zone’s negative TTL (the SOA’s last number).',
    ],
    limits: 'Without a nameserver’s own answer (libc tools alone), “no such name” and “no address” are one message.',
    summary: (p) => `The name ${p.host} does not exist (NXDOMAIN)${withContrast(p, (name) => `, asked from ${name} as well`)}${withDetail(p, (nameserver) => `, according to ${nameserver.replace(/\.$/u, '')}`)}.`,
  },
  'dns.no-address': {
    title: 'The name has no address of that kind',
    wrong: 'The name exists, but has no record of the wanted type.',
    evidence: 'NOERROR with an empty answer: no A record, or AAAA only.',
    next: [
      'See what there is: `dig <host>. A; dig <host>. AAAA; dig <host>. CNAME`',
      'Have the missing record added, or use a name that has one.',
      'With AAAA only, the pod needs an IPv6 route.',
    ],
    summary: (p) => `The name ${p.host} exists but has no usable address${withDetail(p, (nameserver) => `, according to ${nameserver.replace(/\.$/u, '')}`)}.`,
  },
  'dns.servfail': {
    title: 'The resolver’s upstream fails',
    wrong: 'The nameserver answers, but could not get an answer itself (SERVFAIL).',
    evidence: 'SERVFAIL for outside names, while the cluster’s own names resolve.',
    next: [
      'Look at the forwarders: `kubectl -n kube-system get configmap coredns -o yaml` (the line `forward`).',
      'Read CoreDNS’s errors: `kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50`',
      'If only this name fails, its zone is broken (DNSSEC, dead nameservers): `dig +trace <host>`',
    ],
    summary: (p) => `The nameserver cannot get an answer for ${p.host} (SERVFAIL)${withDetail(p, (nameserver) => `, according to ${nameserver.replace(/\.$/u, '')}`)}.`,
  },
  'dns.refused': {
    title: 'The resolver refuses the question',
    wrong: 'The nameserver does not serve this name or this client (REFUSED).',
    evidence: 'The answer’s code is REFUSED.',
    next: [
      'Check the resolver’s access rules and views for this client’s address.',
      'Check DNS-aware policies: a Cilium FQDN policy answers REFUSED for names that it does not allow.',
      'Ask another nameserver: `dig @NAMESERVER <host>`',
    ],
    summary: (p) => `The nameserver refuses to answer for ${p.host} (REFUSED)${withDetail(p, (nameserver) => `, according to ${nameserver.replace(/\.$/u, '')}`)}.`,
  },
  'dns.resolver-unreachable': {
    title: 'The nameserver does not answer',
    wrong: 'The pod’s configured nameserver cannot be reached, so no name resolves.',
    evidence: 'All names time out and port 53 of the configured nameserver does not answer, while other nameservers do.',
    next: [
      'See which nameserver the pod uses: `kubectl -n <namespace> exec <pod> -c <container> -- cat /etc/resolv.conf`',
      'Check that cluster DNS has endpoints: `kubectl -n kube-system get endpointslices -l k8s-app=kube-dns`',
      'Check the path to it: kube-proxy on <node>, NetworkPolicies (port 53), NodeLocal DNSCache.',
    ],
    summary: (p) => `The nameserver that should resolve ${p.host} does not answer${withDetail(p, (nameserver) => ` (${nameserver})`)}.`,
  },
  'dns.cluster-dns-down': {
    title: 'Cluster DNS is down',
    wrong: 'No CoreDNS pod is ready, so the cluster’s DNS Service has nobody behind it.',
    evidence: 'The EndpointSlices of the DNS Service have no ready endpoint.',
    next: [
      'Look at the pods: `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`',
      'See the endpoints: `kubectl -n kube-system get endpointslices -l k8s-app=kube-dns`',
      'See why they are not ready: `kubectl -n kube-system describe pods -l k8s-app=kube-dns` and their logs; check that the Deployment is not scaled to 0.',
    ],
    summary: (p) => `Cluster DNS has no ready endpoint, so ${p.host} cannot be resolved${withDetail(p, (nameserver) => ` (${nameserver})`)}.`,
  },
  'dns.forward-loop': {
    title: 'CoreDNS forwards to itself',
    wrong: 'CoreDNS’s upstream leads back to CoreDNS; it stops with an error, or answers nothing.',
    evidence: 'Its log says “Loop ... detected for zone”.',
    next: [
      'Give the kubelet a resolv.conf with the real upstream servers (resolvConf; with systemd-resolved: /run/systemd/resolve/resolv.conf).',
      'Or name the upstream servers in the Corefile: `kubectl -n kube-system edit configmap coredns`',
    ],
    summary: (p) => `CoreDNS forwards questions to itself, so ${p.host} cannot be resolved${afterColon(p)}.`,
  },
  'dns.wrong-resolver': {
    title: 'The pod asks the wrong nameserver',
    wrong: 'The pod’s resolv.conf names a nameserver that is not the cluster’s.',
    evidence: 'The nameserver differs from the cluster’s DNS Service, because of dnsPolicy or dnsConfig, and cluster names fail.',
    next: [
      'See the pod’s settings: `kubectl -n <namespace> get pod <pod> -o jsonpath="{.spec.dnsPolicy} {.spec.dnsConfig}"`',
      'Use dnsPolicy ClusterFirst; for hostNetwork pods ClusterFirstWithHostNet.',
    ],
    summary: (p) => `This pod does not ask the cluster’s nameserver for ${p.host}${withDetail(p, (nameserver) => ` (${nameserver})`)}.`,
  },
  'dns.search-hijack': {
    title: 'A search domain answers for the name',
    wrong: 'A domain of the search list is appended, and something else answers under that longer name.',
    evidence: 'The name and the same name with a trailing dot give different answers.',
    next: [
      'Compare: `getent ahosts <host>` and `getent ahosts <host>.`',
      'Write the name with a trailing dot, or lower ndots in dnsConfig: {options: [{name: ndots, value: "1"}]}.',
      'Find and remove the wildcard record in the search domain.',
    ],
    summary: (p) => `A search domain answers in place of ${p.host}${afterColon(p)}.`,
  },
  'dns.split-horizon': {
    title: 'Inside and outside answers differ',
    wrong: 'The pod’s nameserver gives another address than the one that works elsewhere.',
    evidence: 'The answers here and at a contrast differ, and the one given here fails; or the nameserver answers 0.0.0.0 or ::, which is nobody’s address: so blocklists answer.',
    next: [
      'Compare: `dig +short <host>` here, and `dig @OTHER-NAMESERVER +short <host>`',
      'Have the private zone or private endpoint corrected, or the zone forwarded to the right servers.',
    ],
    limits: 'Different answers are normal for content networks; only a failing one is a fault.',
    summary: (p) => `${p.host} has another address here${withContrast(p, (name) => ` than at ${name}`)}, and that one fails${afterColon(p)}.`,
  },
  'dns.stale-hosts': {
    title: '/etc/hosts overrides the name',
    wrong: 'A line in the pod’s /etc/hosts gives an address that DNS does not give.',
    evidence: 'The system’s resolution differs from the nameserver’s answer, and /etc/hosts has a line for the name.',
    next: [
      'See the line: `kubectl -n <namespace> exec <pod> -c <container> -- cat /etc/hosts`',
      'Remove or correct it in the pod’s hostAliases, or in the image: `kubectl -n <namespace> get pod <pod> -o jsonpath="{.spec.hostAliases}"`',
    ],
    summary: (p) => `/etc/hosts gives ${p.host} an address that DNS does not give${afterColon(p)}.`,
  },
  'dns.tcp-blocked': {
    title: 'DNS over TCP is blocked',
    wrong: 'Large answers need TCP, and TCP to port 53 does not get through.',
    evidence: 'The UDP answer is truncated (TC), and TCP 53 to the same nameserver fails.',
    next: [
      'Allow TCP 53 beside UDP 53 in NetworkPolicies and firewalls.',
      'Compare: `dig +notcp <host>` and `dig +tcp <host>`',
    ],
    summary: (p) => `The answer for ${p.host} needs DNS over TCP, and that does not get through${afterColon(p)}.`,
  },
  'dns.slow': {
    title: 'DNS takes seconds, or loses questions',
    wrong: 'The name resolves correctly, but only after seconds or on some tries: answers are late, or questions get lost.',
    evidence: 'More than one look-up takes about 5 s or multiples (a first packet is lost and the resolver tries again), where a look-up that needs nobody is quick; or a nameserver answers a question now and not another time.',
    next: [
      'Measure: `time getent ahosts <host>` a few times, with and without a trailing dot.',
      'Lower ndots or use the trailing dot: each search domain costs a question.',
      'Consider NodeLocal DNSCache, and the option single-request-reopen (a connection tracking race on parallel A and AAAA).',
    ],
    summary: (p) => `DNS answers for ${p.host} are slow or get lost${afterColon(p)}.`,
  },
  'dns.external-name': {
    title: 'An ExternalName Service leads to a wrong name',
    wrong: 'The Service is only an alias, and the name behind it is wrong or does not fit TLS and the Host header.',
    evidence: 'The CNAME’s target does not resolve, or its certificate or virtual host does not match the Service’s name.',
    next: [
      'See the alias: `kubectl get service NAME -o jsonpath="{.spec.externalName}"`',
      'Correct the Service, or use the real name in the application: TLS and HTTP see the name that the client asks for.',
    ],
    summary: (p) => `The ExternalName Service ${p.host} leads to a name that does not work${afterColon(p)}.`,
  },
};
