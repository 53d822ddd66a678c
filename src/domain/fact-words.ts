import type { Fact } from './facts.ts';

/** A fact's outcome in the field's own words, which are the same in every language. Empty when the raw lines say it better. */
export function factWords(fact: Fact): string {
  switch (fact.kind) {
    case 'unavailable':
      return `${fact.reason}: ${fact.detail}`;
    case 'resolve':
      return [fact.outcome, ...fact.addresses].join(' ');
    case 'connect':
      return fact.detail === null ? fact.outcome : `${fact.outcome}: ${fact.detail}`;
    case 'exchange':
      return fact.recognised === null ? fact.outcome : `${fact.outcome} (${fact.recognised})`;
    case 'tls':
      return fact.failure ?? `${fact.version ?? 'TLS'} ${fact.verified ? 'verified' : 'established'}`;
    case 'http':
      return fact.status === null ? fact.outcome : `HTTP ${fact.status.toString()}`;
    case 'ping':
      return `${fact.received.toString()}/${fact.sent.toString()} replies`;
    case 'trace':
      return fact.reached ? `reached in ${fact.hops.length.toString()} hops` : `lost after ${fact.hops.length.toString()} hops`;
    case 'policy':
      return [`${fact.direction} ${fact.verdict}`, ...fact.deciding.map(({ policy, rule }) => (rule === null ? policy : `${policy} [${rule.toString()}]`))].join(' ');
    case 'counters':
      return Object.entries(fact.changes ?? {}).map(([name, by]) => `${name} +${by.toString()}`).join(', ');
    case 'log':
      return fact.errors.at(-1)?.meaning ?? '';
    case 'endpoints':
      return fact.endpoints.filter(({ state }) => state === 'failing').map(({ url, state }) => `${url} ${state}`).join(', ');
    case 'pod-state':
    case 'node-state':
    case 'cni-state':
    case 'proxy-state':
    case 'cluster-dns':
    case 'dns-server':
    case 'changes':
    case 'service':
    case 'resolv-conf':
    case 'hosts-file':
    case 'interfaces':
    case 'routes':
    case 'neighbours':
    case 'sockets':
    case 'processes':
    case 'conntrack':
    case 'environment':
    case 'clock':
    case 'tools':
      return '';
  }
}
