import type { RecordType } from './facts.ts';
import type { Layer } from './layer.ts';

/**
 * What can be asked at a vantage. A question is data; its key (question-key.ts) says whether it was asked already.
 * `attempt` tells repeated tries of one question apart; 0 is the first.
 */
export type Question =
  | { readonly kind: 'tools' }
  | { readonly kind: 'files' } //                      resolv.conf, hosts, proxy variables, clock: one command
  // attempt: absent for the first
  | { readonly kind: 'resolve'; readonly name: string; readonly attempt?: number }
  | {
      readonly kind: 'query';
      readonly name: string;
      readonly nameserver: string;
      readonly recordType: Exclude<RecordType, 'any'>;
      readonly transport: 'udp' | 'tcp';
      readonly attempt?: number;
    }
  | { readonly kind: 'connect'; readonly address: string; readonly port: number; readonly attempt: number }
  // segmentBytes: no segment of this connection, either way, holds more (TCP_MAXSEG); absent: what the link allows
  | {
      readonly kind: 'request';
      readonly url: string;
      readonly address: string | null;
      readonly direct: boolean;
      readonly attempt: number;
      readonly segmentBytes?: number;
    }
  // attempt of `tls` and `exchange`: absent for the first
  | {
      readonly kind: 'tls';
      readonly address: string;
      readonly port: number;
      readonly serverName: string | null;
      readonly segmentBytes?: number;
      readonly attempt?: number;
    }
  | {
      readonly kind: 'exchange';
      readonly address: string;
      readonly port: number;
      readonly protocol: string;
      readonly tls: boolean;
      readonly serverName: string | null;
      readonly attempt?: number;
    }
  // sizeBytes: payload of each echo; absent: the tool's own 56. many: ten echoes or so, to see a share of loss; absent: two or three
  | { readonly kind: 'ping'; readonly address: string; readonly sizeBytes?: number; readonly many?: true }
  // sizeBytes: length of each packet, headers included, with Don't Fragment set; absent: the tool's own. Never with a port.
  // sparing: one packet at a time, for a router that sends few ICMP errors; absent: all at once where the tool can
  | { readonly kind: 'trace'; readonly address: string; readonly port: number | null; readonly sizeBytes?: number; readonly sparing?: true }
  // again: a second look, once something on the link has failed: the kernel tells of a lost carrier up to a second later (net/core/link_watch.c)
  | { readonly kind: 'interfaces'; readonly again?: true }
  | { readonly kind: 'routes' }
  // again: a second look, once a connect has failed: while the first was taken nobody may have been asked for yet
  | { readonly kind: 'neighbours'; readonly again?: true }
  // again: a second look, when no probe of ours is under way any more
  | { readonly kind: 'sockets'; readonly again?: true }
  | { readonly kind: 'processes' }
  /** What the kernel's connection tracking there knows of connections to this address; asked of a node. */
  | { readonly kind: 'conntrack'; readonly address: string; readonly attempt: number }
  // the kernel's counters; attempt 0 is the reading that later ones are compared with
  | { readonly kind: 'counters'; readonly attempt: number }
  | { readonly kind: 'pod-state' }
  | { readonly kind: 'node-state' }
  | { readonly kind: 'cni-state' }
  | { readonly kind: 'proxy-state' }
  | { readonly kind: 'cluster-dns' }
  /** What the cluster's DNS servers are told to do with the name, and what they say of it. */
  | { readonly kind: 'dns-server'; readonly name: string }
  | { readonly kind: 'service'; readonly namespace: string; readonly name: string }
  /** What changed around the connection lately? `namespace`: the dependency's, when it is another than the pod's. */
  | { readonly kind: 'changes'; readonly namespace: string | null }
  /** Which Service has this address, or this node port? */
  | { readonly kind: 'service-at'; readonly address: string; readonly port: number }
  /**
   * Errors in the log of the target's container. `watchMs` 0: what is there; else what it writes from now on, for at most so long, or until an
   * error names one of the hosts in `about` (separated by spaces), or has the cause that stands there.
   */
  | { readonly kind: 'log'; readonly watchMs: number; readonly about: string }
  /** What the application connects to, by its configuration, log and sockets. */
  | { readonly kind: 'endpoints' }
  /** What the policies of the cluster declare about this connection: egress here, and ingress where it ends in a pod. */
  | { readonly kind: 'policy'; readonly address: string; readonly port: number; readonly transport: 'tcp' | 'udp' };

export type QuestionKind = Question['kind'];

/** A question and the id of the vantage that it is put to. */
export interface Asked {
  readonly vantage: string;
  readonly question: Question;
}

/** Stable text of a question at a vantage: equal keys are the same question. */
export function askedKey(asked: Asked): string {
  const { kind, ...rest } = asked.question;
  const parts = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return [asked.vantage, kind, ...parts.map(([name, value]) => `${name}=${String(value)}`)].join(' ');
}

/** The panel in which a question's output is shown. */
export const QUESTION_LAYER: Readonly<Record<QuestionKind, Layer>> = {
  tools: 'application',
  files: 'internet',
  resolve: 'internet',
  query: 'internet',
  connect: 'transport',
  request: 'application',
  tls: 'application',
  exchange: 'application',
  ping: 'internet',
  trace: 'internet',
  interfaces: 'network-access',
  routes: 'internet',
  neighbours: 'network-access',
  sockets: 'transport',
  processes: 'application',
  conntrack: 'transport',
  counters: 'transport',
  'pod-state': 'network-access',
  'node-state': 'network-access',
  'cni-state': 'network-access',
  'proxy-state': 'network-access',
  'cluster-dns': 'internet',
  'dns-server': 'internet',
  service: 'transport',
  'service-at': 'transport',
  changes: 'network-access',
  policy: 'internet',
  log: 'application',
  endpoints: 'application',
};
