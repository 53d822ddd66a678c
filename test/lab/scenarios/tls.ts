/** The connection is there, and TLS does not come about. */
import type { Scenario } from '../scenario.ts';

export const tlsScenarios: readonly Scenario[] = [
  {
    id: 'tls.expired-last-week',
    expected: 'tls.expired',
    why: 'notAfter has passed',
    inject: async (lab) => {
      const site = await lab.site();
      const leaf = await lab.leaf({ names: [site.name], fromDay: -90, toDay: -lab.random.between(1, 60) });
      await lab.https(site, 443, { key: leaf.key, certificate: leaf.certificate + lab.authorities.intermediate.certificate });
      return `https://${site.name}/`;
    },
  },
];
