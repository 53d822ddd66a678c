/** The pod's clock is off. libfaketime (Debian: libfaketime) shifts it for the pod's tools alone; without the library these are left out. */
import { existsSync } from 'node:fs';
import { OK, type LabCase } from '../lab-case.ts';
import { alsoFrom, scenarios, type Scenario } from '../scenario.ts';

const LIBRARY = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`).find((file) => existsSync(file));

/** Waits and timers keep the true pace. */
function shift(lab: LabCase, by: string): void {
  Object.assign(lab.environment, { LD_PRELOAD: LIBRARY ?? '', FAKETIME: by, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1' });
}

function skewed(id: string, expected: Scenario['expected'], why: string, by: (lab: LabCase) => string, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected === 'reachable' ? 'healthy' : expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.port(443);
      await lab.https(site, port, {}, { ...OK, headers: { ...OK.headers, date: new Date().toUTCString() } });
      shift(lab, by(lab));
      return `https://${site.name}:${String(port)}/`;
    },
    ...more,
  };
}

export const clockScenarios = LIBRARY === undefined ? [] : scenarios(
  alsoFrom(
    skewed('ahead', 'tls.clock-skew', 'the pod lives years ahead, where a good certificate has expired', (lab) => `+${String(lab.random.between(2000, 4000))}d`, { tolerable: ['tls.expired'] }),
    ['curl+openssl', 'python3'],
  ),
  skewed('behind', 'tls.clock-skew', 'the pod lives years back, when the certificate was not valid yet', (lab) => `-${String(lab.random.between(2000, 4000))}d`, { tolerable: ['tls.not-yet-valid'], contrasts: ['outside'] }),
  {
    ...skewed('little-clock-skew', 'tls.expired', 'the clock is minutes off, and the certificate has been expired for weeks', () => '+4m'),
    id: 'tls.expired-and-a-clock-that-is-off',
    inject: async (lab) => {
      const site = await lab.site();
      const leaf = await lab.leaf({ names: [site.name], fromDay: -120, toDay: -30 });
      await lab.https(site, 443, { key: leaf.key, certificate: leaf.certificate + lab.authorities.intermediate.certificate });
      shift(lab, '+4m');
      return `https://${site.name}/`;
    },
  },
  skewed('clock-minutes-off', 'reachable', 'the clock is a few minutes off, which matters to nobody', () => '-4m'),
);
