/** The name does not lead where it should. */
import { scenarios, type Scenario } from '../scenario.ts';

export const dnsScenarios: readonly Scenario[] = scenarios(
  {
    id: 'dns.nxdomain-typo',
    expected: 'dns.nxdomain',
    why: 'the nameserver says that there is no such name, here and elsewhere',
    contrasts: ['outside'],
    inject: (lab) => `https://${lab.freshName()}/`,
  },
);
