/** Networks that look odd and work. */
import type { Scenario } from '../scenario.ts';

export const healthyScenarios: readonly Scenario[] = [
  {
    id: 'healthy-https',
    expected: 'reachable',
    why: 'nothing is wrong',
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.port(443);
      await lab.https(site, port);
      return `https://${site.name}:${String(port)}/health`;
    },
  },
  {
    id: 'healthy-http-icmp-blocked',
    expected: 'reachable',
    why: 'ICMP is dropped everywhere, and HTTP answers: ping proves nothing',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.http(site, 80);
      for (const place of ['node', 1, 2] as const) await lab.filter(place, '-A FORWARD -p icmp -j DROP');
      await lab.filter('srv', '-A INPUT -p icmp -j DROP');
      return `http://${site.name}/`;
    },
  },
];
