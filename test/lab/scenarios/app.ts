/** The dependency is reached, and answers badly. */
import type { Scenario } from '../scenario.ts';

export const appScenarios: readonly Scenario[] = [
  {
    id: 'app.http-server-error-500',
    expected: 'app.http-server-error',
    why: 'the dependency answers 500 by itself',
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.port(443);
      await lab.https(site, port, {}, { status: 500, reason: 'Internal Server Error', headers: { server: 'gunicorn' }, body: 'Internal Server Error' });
      return `https://${site.name}:${String(port)}/`;
    },
  },
];
