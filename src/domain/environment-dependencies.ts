import { parseDependency, type Dependency } from './dependency.ts';

export interface NamedValue {
  readonly name: string;
  /** null when it may not be read. */
  readonly value: string | null;
  /** Where it comes from: `value`, `configmap/shop-config`, ... */
  readonly source: string;
}

export interface FoundDependency {
  /** Without credentials. */
  readonly url: string;
  readonly foundIn: string;
}

/** `DB_HOST`, `REDIS_ADDR`, `kafka.hostname`: the part before it pairs with a port of the same prefix. */
const HOST_NAME = /^(?<prefix>.*?)[_.-]?(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT)$/iu;
/** Variables that Kubernetes makes for every Service (docker links), which name no dependency of the application's choosing. */
const SERVICE_LINK = /_SERVICE_(?:HOST|PORT)(?:_|$)|_PORT(?:_\d+_(?:TCP|UDP))/u;

/**
 * Destinations that a container's environment names: URLs and DSNs of known schemes, `host:port` values, and HOST/PORT pairs of
 * one prefix. In the order of the variables, each destination once.
 */
export function dependenciesIn(environment: readonly NamedValue[]): readonly FoundDependency[] {
  const found = new Map<string, string>();
  const known = new Map(environment.map((variable) => [variable.name, variable]));
  for (const variable of environment) {
    if (variable.value === null || SERVICE_LINK.test(variable.name)) continue;
    const dependency = fromUrl(variable.value) ?? fromPair(variable, known) ?? fromHostPort(variable.value);
    if (dependency === null || found.has(dependency.url)) continue;
    found.set(dependency.url, foundIn(variable));
  }
  return [...found].map(([url, where]) => ({ url, foundIn: where }));
}

function foundIn({ name, source }: NamedValue): string {
  return source === 'value' ? name : `${source} ${name}`;
}

function fromUrl(value: string): Dependency | null {
  const text = value.trim().replace(/^jdbc:/iu, '');
  if (!/^[a-z][a-z0-9+.-]*:\/\//iu.test(text)) return null;
  return parsed(text);
}

function fromPair({ name, value }: NamedValue, known: ReadonlyMap<string, NamedValue>): Dependency | null {
  const prefix = HOST_NAME.exec(name)?.groups?.['prefix'];
  if (prefix === undefined || value === null || value.includes(':')) return null;
  const port = [`${prefix}_PORT`, `${prefix}.port`, `${prefix}-port`, `${prefix}PORT`].map((key) => known.get(key)?.value).find((text) => typeof text === 'string');
  return port === undefined || port === null ? null : parsed(`${value.trim()}:${port.trim()}`);
}

/** `db.example:5432`, `10.0.0.9:5432`; a time of day or a version with a colon has no dot before it. */
function fromHostPort(value: string): Dependency | null {
  const text = value.trim();
  return /^(?:[a-z0-9-]+\.)+[a-z0-9-]+:\d{2,5}$/iu.test(text) ? parsed(text) : null;
}

function parsed(text: string): Dependency | null {
  const result = parseDependency(text);
  return result.ok ? result.dependency : null;
}
