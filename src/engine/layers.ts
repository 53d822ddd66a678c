import { layerOfCause } from '../domain/cause.ts';
import { LAYERS, type Layer, type LayerState, type LayerStatus } from '../domain/layer.ts';
import type { Observation } from '../domain/observation.ts';
import { TARGET } from '../tree/look.ts';
import type { Walk } from '../tree/walk.ts';

/** What an observation at the target says of its own layer: it works, it fails, or nothing. */
function sign({ fact }: Observation): { layer: Layer; works: boolean } | null {
  switch (fact.kind) {
    case 'http':
      return { layer: 'application', works: fact.outcome === 'response' && (fact.status ?? 500) < 400 };
    case 'tls':
      return { layer: 'application', works: fact.failure === null };
    case 'exchange':
      return { layer: 'application', works: fact.outcome === 'answered' || fact.outcome === 'open' };
    case 'connect':
      return fact.outcome === 'name-not-resolved' ? null : { layer: 'transport', works: fact.outcome === 'connected' };
    case 'resolve':
      return fact.outcome === 'no-data' ? null : { layer: 'internet', works: fact.outcome === 'answered' };
    case 'ping':
      return fact.received > 0 ? { layer: 'internet', works: true } : null;
    case 'interfaces':
      return {
        layer: 'network-access',
        works: fact.interfaces.some((one) => !one.loopback && one.up && one.addresses.length > 0),
      };
    default:
      return null;
  }
}

/**
 * The four layers as the walk stands. The layer of the cause fails; the layers above it cannot work and are skipped; the
 * others are what their own observations say. A packet that came back proves all that is below it.
 */
export function layerStates(current: Walk, observations: readonly Observation[]): readonly LayerState[] {
  const faulty = current.ending?.status === 'fault' && current.ending.cause !== null ? layerOfCause(current.ending.cause) : null;
  const signs = observations.filter((one) => one.vantage === TARGET).map((one) => ({ id: one.id, sign: sign(one) }));
  const connected = observations.some((one) => one.vantage === TARGET && one.fact.kind === 'connect' && one.fact.outcome === 'connected');
  return LAYERS.map((layer, index) => {
    const own = signs.filter((one) => one.sign?.layer === layer);
    const works = own.filter((one) => one.sign?.works === true).map((one) => one.id);
    const fails = own.filter((one) => one.sign?.works === false).map((one) => one.id);
    if (layer === faulty) return { layer, status: 'fail', observations: current.ending?.evidence ?? fails };
    if (faulty !== null && index < LAYERS.indexOf(faulty)) return { layer, status: 'skipped', observations: [] };
    const status = ownStatus(works.length, fails.length, connected && layer !== 'application');
    return { layer, status, observations: [...works, ...fails] };
  });
}

function ownStatus(works: number, fails: number, proved: boolean): LayerStatus {
  if (works > 0 && fails > 0) return 'warn';
  if (works > 0 || proved) return 'pass';
  return fails > 0 ? 'fail' : 'unknown';
}
