import { isWithinNetwork } from '../domain/network.ts';
import type { Look } from './look.ts';
import { connectQuestion } from './reading.ts';
import { helpful, pingQuestion } from './silence.ts';

/** A port that a node answers on, whatever the answer is. */
const KUBELET_PORT = 10_250;
const DEFAULT_ROUTE = '0.0.0.0/0';

/**
 * The gateway on the pod's own link, when it answers neither a connect nor an echo: an address that was learnt before stays in the
 * neighbour table for a while after nobody is there any more. null when it answers, or when it is not a host of that link (a plugin
 * may route by an address that nobody has).
 */
export function silentGateway(look: Look): { readonly gateway: string; readonly evidence: readonly string[] } | null | 'wait' {
  const routes = look.need({ kind: 'routes' });
  const interfaces = look.need({ kind: 'interfaces' });
  if (routes === null || interfaces === null) return 'wait';
  const facts = routes.observations.flatMap(({ fact }) => (fact.kind === 'routes' && fact.family === 4 ? fact.routes : []));
  const gateway = facts.find(({ destination }) => destination === DEFAULT_ROUTE)?.gateway ?? null;
  const networks = interfaces.fact('interfaces')?.interfaces.filter((one) => !one.loopback).flatMap((one) => one.addresses) ?? [];
  if (gateway === null || !networks.some((network) => !network.endsWith('/32') && isWithinNetwork(gateway, network))) return null;
  const connect = look.need(connectQuestion(gateway, KUBELET_PORT));
  const ping = helpful(look, pingQuestion(gateway));
  if (connect === null) return 'wait';
  const outcome = connect.fact('connect')?.outcome;
  if (outcome !== 'timeout' && outcome !== 'host-unreachable') return null;
  if (ping === null) return 'wait';
  if (ping !== 'late' && (ping.fact('ping')?.received ?? 0) > 0) return null;
  return { gateway, evidence: [...connect.ids('connect'), ...routes.ids('routes'), ...(ping === 'late' ? [] : ping.ids('ping'))] };
}
