import type { Target } from '../domain/target.ts';
import type { CauseParameters } from '../domain/verdict.ts';
import type { CauseText } from './cause-text.ts';

/**
 * A cause's next steps for the case at hand: `<host>`, `<port>`, `<address>`, `<namespace>`, `<pod>`, `<container>` and
 * `<node>` become what is known of them. What is not known keeps its placeholder, as in a manual.
 */
export function nextSteps(text: CauseText, parameters: CauseParameters, target: Target): readonly string[] {
  const known = knownValues(parameters, target);
  return text.next.map((step) => step.replace(/<([a-z]+)>/gu, (placeholder, name: string) => known.get(name) ?? placeholder));
}

function knownValues(parameters: CauseParameters, target: Target): ReadonlyMap<string, string> {
  const known = new Map<string, string>([
    ['host', parameters.host],
    ['port', String(parameters.port)],
    ['address', parameters.address ?? parameters.host],
  ]);
  if (target.kind !== 'pod') return known;
  known.set('namespace', target.namespace).set('pod', target.pod).set('container', target.container);
  if (target.node !== null) known.set('node', target.node);
  return known;
}
