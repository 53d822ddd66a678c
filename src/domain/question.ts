import type { RecordType } from './facts.ts';
import type { Layer } from './layer.ts';

/**
 * What can be asked at a vantage. A question is data; its key (question-key.ts) says whether it was asked already.
 * `attempt` tells repeated tries of one question apart; 0 is the first.
 */
export type Question =
  | { readonly kind: 'tools' }
  | { readonly kind: 'files' } //                      resolv.conf, hosts, proxy variables, clock: one command
  | { readonly kind: 'resolve'; readonly name: string }
  | {
      readonly kind: 'query';
      readonly name: string;
      readonly nameserver: string;
      readonly recordType: Exclude<RecordType, 'any'>;
      readonly transport: 'udp' | 'tcp';
    }
  | { readonly kind: 'connect'; readonly address: string; readonly port: number; readonly attempt: number }
  | { readonly kind: 'request'; readonly url: string; readonly address: string | null; readonly direct: boolean; readonly attempt: number }
  | { readonly kind: 'tls'; readonly address: string; readonly port: number; readonly serverName: string | null }
  | {
      readonly kind: 'exchange';
      readonly address: string;
      readonly port: number;
      readonly protocol: string;
      readonly tls: boolean;
      readonly serverName: string | null;
    }
  // sizeBytes: payload of each echo; absent: the tool's own 56
  | { readonly kind: 'ping'; readonly address: string; readonly sizeBytes?: number }
  | { readonly kind: 'trace'; readonly address: string; readonly port: number | null }
  | { readonly kind: 'interfaces' }
  | { readonly kind: 'routes' }
  | { readonly kind: 'neighbours' }
  | { readonly kind: 'sockets' }
  | { readonly kind: 'pod-state' }
  | { readonly kind: 'node-state' }
  | { readonly kind: 'cni-state' }
  | { readonly kind: 'cluster-dns' }
  | { readonly kind: 'service'; readonly namespace: string; readonly name: string }
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
  'pod-state': 'network-access',
  'node-state': 'network-access',
  'cni-state': 'network-access',
  'cluster-dns': 'internet',
  service: 'transport',
  policy: 'internet',
};
