/** The questions that a vantage's own tools cannot answer, spoken by us over a byte channel through its network. */
import ipaddr from 'ipaddr.js';
import type { ChannelDestination } from '../domain/dialect.ts';
import type { EnvironmentFact, Fact } from '../domain/facts.ts';
import { proxyOf, type Proxy } from '../domain/proxy.ts';
import type { Question } from '../domain/question.ts';
import { channelDialects } from '../tools/channel-dialects.ts';
import { resolveDialects } from '../tools/resolve-dialects.ts';
import { askDialects, has } from './ask-dialects.ts';
import { completeFacts } from './complete.ts';
import { filesOf, vantageNowMs } from './files-of.ts';
import { isEmpty, nothingFound, unavailable, withAllTools, type Finding, type ProbeContext } from './probe.ts';
import { trustRootsOf } from './trust-roots.ts';
import {
  askExchangeOverTunnel,
  askRequestOverTunnel,
  askTlsOverTunnel,
  type ProxyAddress,
  type Trust,
  type TunnelAccess,
} from './tunnel/index.ts';

type Ask<K extends Question['kind']> = Extract<Question, { kind: K }>;

/** More ways than this are not tried for one connection. */
const WAYS_TRIED = 3;
/** The proxy wants what its variable holds and we do not read. */
const PASSWORD_NOT_SAID = 'the proxy asks for the password of its variable, which only curl or wget of this place can say';

/**
 * Asks with the first byte channel that the vantage has and that works. A channel that could not be made for reasons of its own
 * hands over to the next; one that says that the network refused is the answer.
 */
export async function withChannel(
  begun: ProbeContext,
  destination: ChannelDestination,
  ask: (access: TunnelAccess) => Promise<Finding>,
): Promise<Finding> {
  // Which netcat it is decides which channel works: a first look does not tell.
  const context = await withAllTools(begun);
  const failures: Finding[] = [];
  for (const dialect of channelDialects) {
    if (context.signal.aborted || failures.length >= WAYS_TRIED) break;
    if (!has(context.tools, dialect) || dialect.argv(destination, context.limits, context.tools) === null) continue;
    const finding = await ask({ context, dialect });
    if (!isEmpty(finding)) return finding;
    failures.push(finding);
  }
  return failures[0] ?? nothingFound([...new Set(channelDialects.map((dialect) => dialect.tool))].join(', '));
}

export async function tlsByTunnel(question: Ask<'tls'>, context: ProbeContext): Promise<Finding> {
  const trust = await trustOf(context);
  const { address, port, serverName, segmentBytes } = question;
  return withChannel(context, { address, port, transport: 'tcp', segmentBytes }, (access) =>
    askTlsOverTunnel(access, { address, port, segmentBytes, serverName, host: serverName ?? address, trust }),
  );
}

export async function exchangeByTunnel(question: Ask<'exchange'>, context: ProbeContext): Promise<Finding> {
  const { address, port, protocol, serverName } = question;
  const tls = question.tls ? { serverName, host: serverName ?? address, trust: await trustOf(context) } : null;
  return withChannel(context, { address, port, transport: 'tcp' }, (access) => askExchangeOverTunnel(access, { address, port, protocol, tls }));
}

export async function requestByTunnel(question: Ask<'request'>, context: ProbeContext): Promise<Finding> {
  const url = new URL(question.url);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const configured = question.direct ? null : await configuredProxy(url, host, context);
  const target = configured ?? { host, port };
  const resolved = configured === null && question.address !== null ? { address: question.address, facts: [] } : await addressOf(target.host, context);
  if (resolved.address === null) return { ...nothingFound(target.host), facts: resolved.facts };
  const { address } = resolved;
  const proxy: ProxyAddress | null =
    configured === null ? null : { address, port: configured.port, name: `${configured.host}:${String(configured.port)}` };
  const trust = url.protocol === 'https:' ? await trustOf(context) : { roots: null, nowMs: Date.now() };
  const { segmentBytes } = question;
  const finding = await withChannel(context, { address, port: target.port, transport: 'tcp', segmentBytes }, (access) =>
    askRequestOverTunnel(access, { url: question.url, address, segmentBytes, proxy, trust }),
  );
  if (configured?.hasUser === true && asksForPassword(finding)) return { ...finding, facts: [unavailable('not-permitted', PASSWORD_NOT_SAID)] };
  return isEmpty(finding) ? finding : { ...finding, facts: [...resolved.facts, ...finding.facts] };
}

/** RFC 9110, 15.5.8. */
function asksForPassword({ facts }: Finding): boolean {
  return facts.some((fact) => fact.kind === 'http' && fact.status === 407);
}

async function trustOf(context: ProbeContext): Promise<Trust> {
  const [roots, nowMs] = await Promise.all([trustRootsOf(context), vantageNowMs(context)]);
  return { roots, nowMs };
}

async function addressOf(host: string, context: ProbeContext): Promise<{ readonly address: string | null; readonly facts: readonly Fact[] }> {
  if (ipaddr.isValid(host)) return { address: host, facts: [] };
  const question: Question = { kind: 'resolve', name: host };
  const startedEpochMs = Date.now();
  const finding = await askDialects(resolveDialects, question, context);
  const facts = completeFacts(finding.facts, question, { startedEpochMs, durationMs: Date.now() - startedEpochMs });
  const addresses = facts.flatMap((fact) => (fact.kind === 'resolve' ? fact.addresses : []));
  // A vantage without IPv6 cannot use an AAAA record, and clients fall back to IPv4 at once.
  return { address: addresses.find((one) => ipaddr.IPv4.isValid(one)) ?? addresses[0] ?? null, facts };
}

async function configuredProxy(url: URL, host: string, context: ProbeContext): Promise<Proxy | null> {
  const finding = await filesOf(context);
  const environment = finding.facts.find((fact): fact is EnvironmentFact => fact.kind === 'environment');
  return environment === undefined ? null : proxyOf({ host, tls: url.protocol === 'https:' }, environment.proxies);
}
