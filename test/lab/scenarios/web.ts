import type { CauseId } from '../../../src/domain/cause.ts';
import type { LabCase, Site } from '../lab-case.ts';
import type { Scenario } from '../scenario.ts';

type Spoil = (lab: LabCase, address: string, site: Site) => Promise<void>;

/** A web server that answers well but for what `spoil` does to the way there. */
export function web(id: string, expected: CauseId, why: string, spoil: Spoil, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.port(80);
      await lab.http(site, port);
      await spoil(lab, site.v4[0] ?? '', site);
      return `http://${site.name}:${String(port)}/`;
    },
    ...more,
  };
}
