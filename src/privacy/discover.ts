import { isCommandWord, isKubectlWord, isPlainPlace, isProgram } from './common-words.ts';
import type { NameKind, Names } from './names.ts';

/** Letters and digits that Kubernetes takes for random ends of names (apimachinery's util/rand): no vowels, nothing that reads like another. */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';
const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const NAME = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?';

const RESOURCES: Readonly<Record<string, NameKind>> = { pod: 'pod', node: 'node', namespace: 'namespace', service: 'service', svc: 'service', container: 'container' };
const OBJECT = 'pods?|nodes?|namespaces?|services?|svc|containers?|configmaps?|secrets?|deploy|deployments?|replicasets?|statefulsets?|daemonsets?|jobs?|cronjobs?|ingresses|ingress|endpoints|endpointslices?|networkpolicy|networkpolicies|serviceaccounts?|leases?|persistentvolumeclaims?';
const KIND = 'Pod|Node|Namespace|Service|Container|ConfigMap|Secret|Deployment|ReplicaSet|StatefulSet|DaemonSet|Job|CronJob|Ingress|Endpoints|EndpointSlice|ServiceAccount|ServiceEntry|HorizontalPodAutoscaler|[A-Z][A-Za-z]*Policy';

type Find = (names: Names, groups: readonly string[]) => void;
const as = (...kinds: readonly NameKind[]): Find => (names, groups) => { kinds.forEach((kind, index) => { names.add(kind, groups[index] ?? ''); }); };

/** How running text introduces a name. Each pattern stands under what it is for. */
const INTRODUCTIONS: readonly (readonly [RegExp, Find])[] = [
  // /home/ana/.kube/config   /Users/ana   C:\Users\ana
  [/(?:\/home|\/Users|\\Users)[/\\]([\w.-]+)/gu, as('user')],
  // ana@bastion   ssh ana@node-3   emailAddress=ana@example.com; not eth0@if12, which ip-link writes
  [/(?<![\w.+-])([\w.+-]+)@(?!if\d)([\w][\w.-]*)/gu, as('user', 'host')],
  // User "viewer" cannot list resource   FATAL: password authentication failed for user "orders"
  [/\b[Uu]ser[ =:]*["'“]([^"'”]+)["'”]/gu, as('user')],
  // system:serviceaccount:shop:orders
  [new RegExp(`system:serviceaccount:(${LABEL}):(${NAME})`, 'gu'), as('namespace', 'user')],
  // configmap/shop-config   deployments.apps/orders; not node.kubernetes.io/not-ready, which is a label or a taint
  [new RegExp(`\\b(${OBJECT})(?!\\.(?:[a-z]+\\.)?kubernetes\\.io)(?:\\.[a-z0-9.]+)?/(${NAME})`, 'gu'), (names, [resource = '', name = '']) => { names.add(kindOf(resource), name); }],
  // pods "orders-1" not found   namespaces "shop"
  [new RegExp(`\\b(${OBJECT})(?:\\.[a-z0-9.]+)? "(${NAME})"`, 'gu'), (names, [resource = '', name = '']) => { names.add(kindOf(resource), name); }],
  // NetworkPolicy shop/deny-all created   Node n1
  [new RegExp(`\\b(?:${KIND}) (${LABEL})/(${NAME})`, 'gu'), as('namespace', 'name')],
  // orders-7d69854697-z7pzj
  [new RegExp(`(?<![a-z0-9.-])(${LABEL}-${RANDOM}{8,10}-${RANDOM}{5})(?![a-z0-9-])`, 'gu'), as('pod')],
  // kube-proxy-x7k2p: five random characters, a digit among them
  [new RegExp(`(?<![a-z0-9.-])(${LABEL}-(?=[a-z]*\\d)${RANDOM}{5})(?![a-z0-9-])`, 'gu'), as('pod')],
  // postgres://legacy-db:5432
  [/:\/\/([a-z0-9_][a-z0-9_-]*)(?=[:/?#\s"']|$)/giu, as('host')],
  // dial tcp: lookup legacy-db on 10.96.0.10:53: no such host   lookup legacy-db: no such host
  [/\blookup ([a-z0-9_][a-z0-9_.-]*)(?= on |: no such host|: i\/o timeout)/giu, as('host')],
  // getaddrinfo ENOTFOUND legacy-db   Could not resolve host: legacy-db   could not translate host name "legacy-db" to address
  [/(?:\bENOTFOUND |\bEAI_AGAIN |resolve host(?: name)?: |UnknownHostException: |\bhost name ["'])([a-z0-9_][a-z0-9_.-]*)/giu, as('host')],
];

/** CN = api.example, O = "Example, Inc."   /C=ES/O=Example/CN=api.example   (RFC 4514, and OpenSSL's older form) */
const DISTINGUISHED = /(?<![A-Za-z])(?:CN|O|OU|L|ST|DC|emailAddress)\s?=\s?("[^"]*"|(?:\\.|[^,/+\n;"\\])+)/gu;

/** Adds the names that a text gives away by what stands around them. */
export function discoverInText(text: string, names: Names): void {
  for (const [pattern, find] of INTRODUCTIONS) {
    for (const [, ...groups] of text.matchAll(pattern)) find(names, groups);
  }
  for (const [host] of text.matchAll(IN_CLUSTER)) discoverHost(host, names);
  discoverDistinguished(text, names);
}

/** orders.shop.svc.cluster.local   orders.shop.svc */
const IN_CLUSTER = /(?<![\w.-])(?:[\w-]+\.)+svc(?![\w-])/gu;

/** What a Service and its namespace are called is known by the name in the cluster's DNS. */
function discoverHost(host: string, names: Names): void {
  const [, before, namespace] = /^(?:(.+)\.)?([^.]+)\.svc(?:\.|$)/u.exec(host) ?? [];
  if (namespace === undefined) return names.add('host', host);
  names.add('namespace', namespace);
  if (before !== undefined) names.add(before.includes('.') ? 'host' : 'service', before);
}

function discoverDistinguished(text: string, names: Names): void {
  for (const [, value = ''] of text.matchAll(DISTINGUISHED)) {
    const name = value.replace(/^"|"$/gu, '').trim();
    names.add(/^[\w*-]+(?:\.[\w-]+)+$/u.test(name) ? 'host' : 'name', name);
  }
}

function kindOf(resource: string): NameKind {
  return RESOURCES[resource.replace(/s$/u, '')] ?? RESOURCES[resource] ?? 'name';
}

/** Adds the name that a field holds. */
export function discoverField(text: string, holds: string, names: Names): void {
  switch (holds) {
    case 'context-name':
    case 'namespace-name':
    case 'pod-name':
    case 'container-name':
    case 'node-name':
    case 'service-name':
      names.add(holds.slice(0, -'-name'.length) as NameKind, text);
      return;
    case 'image-name':
      for (const name of imageNames(text)) names.add('image', name);
      return;
    case 'object-name':
      for (const object of text.split(', ')) discoverObject(object.split(' ').at(-1) ?? '', names);
      return;
    case 'place-name':
      discoverPlace(text, names);
      return;
    case 'host-name':
      discoverHost(text, names);
      return;
    case 'label-value':
      names.add('name', text);
      return;
    case 'user-name':
      if (isProgram(text)) return;
      names.add('user', text);
      return;
    case 'author-name':
      names.add('user', text);
      return;
    case 'distinguished-name':
      discoverDistinguished(text, names);
      return;
    default:
      discoverInText(text, names);
  }
}

/** `NAMESPACE/NAME`, `NAME`. */
function discoverObject(object: string, names: Names): void {
  const [first = '', second] = object.split('/');
  if (second === undefined) names.add('name', first);
  else as('namespace', 'name')(names, [first, second]);
}

function discoverPlace(text: string, names: Names): void {
  if (text.includes(' ') || isPlainPlace(text)) return;
  const parts = text.split('/');
  if (parts.length === 1) names.add('place', text);
  else as('namespace', 'pod', 'container')(names, parts);
}

/** `docker.io/shop/app:1`, and as others write it: `docker.io/shop/app`, `shop/app`. */
function imageNames(image: string): readonly string[] {
  const plain = image.replace(/@sha256:.*$|:[\w.-]+$/u, '');
  const [registry = '', ...rest] = plain.split('/');
  const isRegistry = rest.length > 0 && /[.:]|^localhost$/u.test(registry);
  return [image, plain, ...(isRegistry ? [rest.join('/')] : [])];
}

/** Adds the names that stand in a command: what it leads to, and what kubectl is asked about. */
export function discoverInCommand(argv: readonly string[], names: Names): void {
  for (const argument of argv) if (!argument.includes('\n')) discoverInText(argument, names);
  if (/(?:^|\/)(?:kubectl|oc|netdiag-tui)$/u.test(argv[0] ?? '')) discoverInKubectl(argv.slice(1), names);
}

const KUBECTL_OPTIONS: Readonly<Record<string, NameKind>> = { '-n': 'namespace', '--namespace': 'namespace', '-c': 'container', '--container': 'container', '--context': 'context', '--target': 'container', '--image': 'image', '--as': 'user' };
const OTHER_OPTIONS: ReadonlySet<string> = new Set(['-l', '--selector', '-o', '--output', '--field-selector', '--to', '--tail', '--since', '--sort-by', '--timeout', '--lang']);

/** Up to `--`, behind which another command begins. */
function discoverInKubectl(argv: readonly string[], names: Names): void {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  for (const [index, argument] of own.entries()) {
    const before = own[index - 1] ?? '';
    const kind = KUBECTL_OPTIONS[before];
    if (kind !== undefined) names.add(kind, argument);
    else if (!OTHER_OPTIONS.has(before) && !isKubectlWord(argument) && !/[/:=]/u.test(argument)) names.add('name', argument);
  }
}

/** Adds the names in a prefix that leads to a place: `ip netns exec NAME`, `ssh NAME`, `docker exec NAME`. */
export function discoverInPrefix(argv: readonly string[], names: Names): void {
  for (const argument of argv) {
    if (!isCommandWord(argument) && !/[=@/\s]/u.test(argument)) names.add('place', argument);
  }
}
