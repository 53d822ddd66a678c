/**
 * The names and addresses of a recording, gathered from its lines as they are: by the fields that hold them and by their form. It knows nothing
 * of how they are replaced, so that what is forgotten there is found here.
 */

const NAME_FIELDS: ReadonlySet<string> = new Set(['context', 'namespace', 'pod', 'container', 'node', 'host', 'serverName', 'service', 'externalName', 'agentPod', 'nameserver', 'answeredName', 'image', 'by']);
const LIST_FIELDS: ReadonlySet<string> = new Set(['search', 'canonicalNames', 'nameservers', 'addresses', 'serviceAddresses', 'clusterAddresses', 'forwarders', 'peers']);
/** Objects in which `name` is somebody's. */
const NAMED_KINDS: ReadonlySet<string> = new Set(['resolve', 'query', 'service', 'dns-server']);

/** Everybody's: docs/privacy.md lists them. */
const EVERYBODYS: ReadonlySet<string> = new Set(['kube-system', 'default', 'kubernetes', 'kube-dns', 'coredns', 'localhost', 'ip6-localhost', 'ip6-loopback', 'cluster.local', '::1', '::', 'node', 'host', 'outside', 'root']);

const FORMS: readonly RegExp[] = [
  /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]\d)/gu,
  /(?<![\w:])(?:[0-9a-f]{1,4}:){2,}(?::?[0-9a-f]{1,4})+(?![\w:])|(?<![\w:])[0-9a-f]{1,4}::[0-9a-f:]*[0-9a-f](?![\w:])/gu,
  /(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])/gu,
  /(?<![\w.-])(?:[a-z0-9_-]+\.)+(?:example|internal|local|test|corp)(?![\w-])/gu,
  /[\w.+-]+@[\w-]+\.[\w.-]+/gu,
  /(?<=CN ?= ?)[^,/"\\]+/gu,
  /(?<=\/home\/)[\w.-]+/gu,
  /(?<=-n ")[a-z0-9-]+|(?<="-n",")[^"]+|(?<="--context",")[^"]+/gu,
  /[a-z0-9-]+-[a-z0-9]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}(?![\w-])/gu,
];

export function originalsOf(recording: string): readonly string[] {
  const found = new Set<string>();
  for (const line of recording.split('\n').slice(1)) {
    if (line === '') continue;
    gather(JSON.parse(line), found);
    for (const form of FORMS) for (const [text] of line.matchAll(form)) add(text, found);
  }
  return [...found];
}

function add(text: string, found: Set<string>): void {
  const name = text.trim().replace(/\.$/u, '');
  const isNobodys = /^(?:255\.|127\.|0\.0\.0\.0|0+(?::|$))|^(?:00|ff)(?::(?:00|ff))+$|^(?:.+\.)?svc(?:\.|$)|^-|^\/etc\//u.test(name);
  const isTime = /^\d\d:\d\d:\d\d$/u.test(name);
  if (name.length > 1 && !EVERYBODYS.has(name) && !isNobodys && !isTime) found.add(name);
}

function gather(data: unknown, found: Set<string>): void {
  if (Array.isArray(data)) for (const item of data) gather(item, found);
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return;
  const fields = data as Readonly<Record<string, unknown>>;
  // A step of the decision tree has a node, too.
  const isStep = 'answer' in fields && 'observations' in fields;
  for (const [field, value] of Object.entries(fields)) {
    const isName = NAME_FIELDS.has(field) || (field === 'name' && (NAMED_KINDS.has(String(fields['kind'])) || 'namespace' in fields));
    if (typeof value === 'string' && isName && !isStep) for (const part of value.split('/')) add(part, found);
    // Of certificates and the hosts file; elsewhere names are those of variables.
    const isList = LIST_FIELDS.has(field) || (field === 'names' && ('issuer' in fields || 'address' in fields));
    if (Array.isArray(value) && isList) for (const item of value) if (typeof item === 'string') add(item.replace(/\/\d+$/u, '').split(' ')[0] ?? '', found);
    gather(value, found);
  }
}

/** Where a name stands in a text, between other characters than letters and digits. */
export function standsIn(name: string, text: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

/** `10.244.0.8` as /proc/net writes it. */
export function inProc(address: string): string {
  return address.split('.').map((part) => Number(part).toString(16).padStart(2, '0')).reverse().join('').toUpperCase();
}
