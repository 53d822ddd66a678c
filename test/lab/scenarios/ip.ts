/** Packets do not find the way. */
import { scenarios, type Scenario } from '../scenario.ts';

export const ipScenarios: readonly Scenario[] = scenarios(
  {
    id: 'ip.no-route-default-missing',
    expected: 'ip.no-route',
    why: 'the pod has no default route: ENETUNREACH at once',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.http(site, 80);
      lab.spoilt = true;
      await lab.ip('pod', ['route del default', null], ['-6 route del default', null]);
      return `http://${site.v4[0] ?? ''}/`;
    },
  },
);
