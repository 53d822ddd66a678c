import type { Scenario } from '../scenario.ts';
import { appScenarios } from './app.ts';
import { clockScenarios } from './clock.ts';
import { dnsScenarios } from './dns.ts';
import { healthyScenarios } from './healthy.ts';
import { ipScenarios } from './ip.ts';
import { oddPathScenarios } from './odd-paths.ts';
import { oddServerScenarios } from './odd-servers.ts';
import { ownSocketScenarios } from './own-sockets.ts';
import { tcpScenarios } from './tcp.ts';
import { tlsScenarios } from './tls.ts';

export const SCENARIOS: readonly Scenario[] = [...healthyScenarios, ...appScenarios, ...tlsScenarios, ...clockScenarios, ...tcpScenarios, ...dnsScenarios, ...ipScenarios, ...oddPathScenarios, ...oddServerScenarios, ...ownSocketScenarios];

const ids = SCENARIOS.map(({ id }) => id);
const twice = ids.find((id, index) => ids.indexOf(id) !== index);
if (twice !== undefined) throw new Error(`two scenarios are called ${twice}`);
