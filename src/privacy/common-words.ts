import { CAUSE_IDS } from '../domain/cause.ts';

/** Names that every cluster and every machine has: they tell nothing of anybody, and without them nobody understands what is told. */
const COMMON_NAMES: ReadonlySet<string> = new Set([
  'kube-system', 'kube-public', 'kube-node-lease', 'default', 'kubernetes', 'kube-dns', 'coredns', 'kube-proxy', 'node-local-dns', 'kubelet', 'kubectl', 'kube-controller-manager', 'kube-scheduler', 'kube-apiserver',
  'localhost', 'localhost.localdomain', 'ip6-localhost', 'ip6-loopback', 'cluster.local', 'root', 'nobody', 'netdiag-tui', 'value', 'true', 'false',
]);

/** Who changed something, when it was a program. */
const PROGRAM = /^(?:kubectl|kube-|kubelet|helm|argocd|flux|kustomize-controller|before-first-apply)/u;

/** What people call a place without naming it. */
const PLAIN_PLACE = /^(?:target|local|this machine|esta máquina|node|host|outside|inside|elsewhere)$/u;

export function isCommonName(name: string): boolean {
  return COMMON_NAMES.has(name.toLowerCase());
}

export function isProgram(name: string): boolean {
  return PROGRAM.test(name);
}

export function isPlainPlace(name: string): boolean {
  return PLAIN_PLACE.test(name);
}

/** Domains of Kubernetes' own labels and objects, and of DNS itself. */
const COMMON_DOMAIN = /(?:^|\.)(?:k8s\.io|kubernetes\.io|in-addr\.arpa|ip6\.arpa)$/u;
const CAUSES: ReadonlySet<string> = new Set(CAUSE_IDS);

/** A word with dots that names no host of anybody's. */
export function isCommonHost(host: string): boolean {
  return (COMMON_DOMAIN.test(host) && !/^[\d.-]+\.(?:in-addr|ip6)/u.test(host)) || COMMON_NAMES.has(host) || CAUSES.has(host);
}

/** Ends of file names; none of them is a top-level domain. */
const FILE_NAME = /\.(?:conf|cnf|cfg|ini|pem|crt|cer|key|log|json|yaml|yml|toml|txt|lua|html?|xml|service|socket|go|java|js|ts|rb|php|c|h|cpp|exe|dll|lock|pid|tmp|gz|tar|deb|rpm|tgz)$|^lib[\w+-]*\.so$/u;

export function isFileName(word: string): boolean {
  return FILE_NAME.test(word);
}

/** Words of command lines that lead somewhere (`ip netns exec NAME`, `docker exec NAME`, `ssh NAME`) and name nothing themselves. */
const COMMAND_WORDS: ReadonlySet<string> = new Set([
  'ip', 'netns', 'exec', 'env', 'ssh', 'docker', 'podman', 'nerdctl', 'crictl', 'sudo', 'nsenter', 'chroot', 'unshare', 'kubectl', 'sh', 'bash', 'su', 'doas', 'timeout', 'nice', 'setpriv', 'runuser', 'lxc', 'machinectl', 'shell', 'vagrant', 'run', 'attach', 'oc',
]);

/** What stands in a kubectl command and is no name: verbs, and kinds of objects. */
const KUBECTL_WORDS: ReadonlySet<string> = new Set([
  'kubectl', 'netdiag-tui', 'get', 'describe', 'logs', 'exec', 'debug', 'top', 'auth', 'can-i', 'delete', 'apply', 'patch', 'label', 'dependencies', 'run', 'policy', 'shell', 'sh', 'bash',
  'pod', 'pods', 'po', 'node', 'nodes', 'service', 'services', 'svc', 'endpoints', 'endpointslice', 'endpointslices', 'events', 'networkpolicy', 'networkpolicies', 'netpol', 'configmap', 'configmaps', 'cm', 'secret', 'secrets',
  'deployment', 'deployments', 'deploy', 'daemonset', 'daemonsets', 'ds', 'statefulset', 'statefulsets', 'replicaset', 'replicasets', 'namespace', 'namespaces', 'lease', 'leases', 'all', 'json', 'yaml', 'wide', 'name',
]);

export function isCommandWord(word: string): boolean {
  return COMMAND_WORDS.has(word) || word.startsWith('-') || !/\p{L}/u.test(word);
}

export function isKubectlWord(word: string): boolean {
  return KUBECTL_WORDS.has(word) || word.startsWith('-') || !/\p{L}/u.test(word);
}
