/** Names resolve, and connections do not come about. */
import type { Scenario } from '../scenario.ts';

export const tcpScenarios: readonly Scenario[] = [
  {
    id: 'tcp.refused-nothing-listens',
    expected: 'tcp.refused',
    why: 'the host answers ping, and refuses from everywhere after a whole round trip',
    contrasts: ['node', 'outside'],
    inject: async (lab) => {
      const site = await lab.site();
      return `tcp://${site.name}:${String(lab.port(5432))}`;
    },
  },
];
