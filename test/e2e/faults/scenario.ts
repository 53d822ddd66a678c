import type { CauseId } from '../../../src/domain/cause.ts';

/** A host of the test cluster, or the network of a pod on one: `pod:orders@n1`. */
export type Place = 'bastion' | 'router' | 'n1' | 'n2' | 'inet' | 'cp' | `pod:${string}`;

/**
 * One command at one place. Words in braces are filled in: `{orders@n1}` the name of the app's pod on that node, `{orders@n1.ip}` its
 * address, `{vault.ip}` that of an app's only pod, wherever it is, `{service:orders}` a cluster address, `{pid:kubelet-n2}` a process of
 * the cluster, `{run}` the folder of its files. Of the workloads only `orders` has a pod on each node: a scenario `needs` any other that
 * it wants on a certain one.
 */
export interface Step {
  readonly on?: Place;
  readonly argv: readonly string[];
  /** Given to standard input; objects as JSON. */
  readonly input?: string | object;
}

/** A fault as data: what breaks the cluster, what mends it, what is asked meanwhile and what the answer has to be. */
export interface Scenario {
  readonly id: string;
  /** Pods that have to be there and ready before anything breaks, and are removed at the end. */
  readonly needs?: readonly object[];
  /** null for a cluster that is healthy as it is. */
  readonly inject: Step | null;
  readonly undo: Step | null;
  /** Repeated until it succeeds: the fault takes effect. */
  readonly until?: Step;
  /** Repeated until it succeeds: the cluster is well again. */
  readonly restored?: Step;
  /** Arguments of `netdiag-tui run`. */
  readonly run: readonly string[];
  readonly expected: CauseId | 'reachable' | 'inconclusive';
  /** Neighbours that the means at hand may not tell apart; they do not count as exact. */
  readonly tolerable?: readonly CauseId[];
  readonly why: string;
  /** What enforces policies does with a packet: drops it unless told. */
  readonly enforcing?: 'drop' | 'reject';
}

export const PAYMENTS = 'https://api.payments.example/';
export const DATABASE = 'tcp://198.51.100.11:5432';

export function fromShop(target: string, to: string, ...more: readonly string[]): readonly string[] {
  return ['-n', 'shop', target, '--to', to, ...more];
}

export function kubectl(...argv: readonly string[]): Step {
  return { argv: ['kubectl', ...argv] };
}

export function apply(...objects: readonly object[]): Step {
  return { argv: ['kubectl', 'apply', '-f', '-'], input: { apiVersion: 'v1', kind: 'List', items: objects } };
}

export function remove(...objects: readonly object[]): Step {
  return { argv: ['kubectl', 'delete', '--ignore-not-found', '-f', '-'], input: { apiVersion: 'v1', kind: 'List', items: objects } };
}

/** Objects that exist as long as the scenario does. */
export function during(...objects: readonly object[]): Pick<Scenario, 'inject' | 'undo'> {
  return { inject: apply(...objects), undo: remove(...objects) };
}

export function iptables(on: Place, ...rule: readonly string[]): Pick<Scenario, 'inject' | 'undo'> {
  const step = (action: string): Step => ({ on, argv: ['iptables', '-w', action, ...rule] });
  return { inject: step('-I'), undo: step('-D') };
}
