/** What only the application's own sockets and files show: the probes themselves find nothing wrong. And busy applications that are well. */
import type { CauseId } from '../../../src/domain/cause.ts';
import type { LabCase } from '../lab-case.ts';
import { scenarios, type Scenario } from '../scenario.ts';

/** A database that answers well, asked by name. */
function database(id: string, expected: CauseId | 'reachable', why: string, spoil: (lab: LabCase, address: string, port: number) => Promise<void>): Scenario {
  return {
    id,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.random.between(3000, 7900);
      await lab.serve(site.v4, port, { kind: 'protocol', name: 'postgres', state: 'ok' });
      await spoil(lab, site.v4[0] ?? '', port);
      return `postgres://${site.name}:${String(port)}`;
    },
  };
}

/** An address that the name had once, and its port. */
async function oldAddress(lab: LabCase, silent: boolean): Promise<string> {
  const address = lab.vacantAddress();
  await lab.addAddresses('srv', [address]);
  if (silent) await lab.filter('srv', `-A INPUT -d ${address} -j DROP`);
  return address;
}

/** Every process of the pod may open so many files from now on. */
async function limitFiles(lab: LabCase, files: number): Promise<void> {
  const each = (limit: number): string => `for pid in $(ip netns pids ${lab.topology.namespace('pod')}); do prlimit --pid $pid --nofile=${String(limit)}:20000; done`;
  await lab.shell([each(files)], [each(20_000)]);
}

const faults = scenarios(
  database('app.stale-address-syn-sent', 'app.stale-address', 'the application still tries an address that the name no longer has', async (lab, _address, port) => {
    await lab.holdConnections('pod', await oldAddress(lab, true), port, 2, { waits: true });
  }),
  {
    id: 'app.stale-address-established',
    expected: 'app.stale-address',
    why: 'the application keeps connections to the old server, which has the name’s certificate, and the name leads elsewhere',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.https(site, 443);
      const old = await oldAddress(lab, false);
      await lab.serve([old], 443, { kind: 'silent' }, { tls: await lab.goodTls([site.name]) });
      await lab.holdConnections('pod', old, 443, 3);
      return `https://${site.name}/`;
    },
  },
  database('app.connections-exhausted-files', 'app.connections-exhausted', 'the process holds nearly as many files as it may open', async (lab, address, port) => {
    await lab.holdConnections('pod', address, port, 400);
    await limitFiles(lab, 425);
  }),
  {
    id: 'app.connections-exhausted-close-wait',
    expected: 'app.connections-exhausted',
    why: 'the pod never closes what the dependency has closed: CLOSE_WAIT by the hundred',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.serve(site.v4, 81, { kind: 'hang-up', how: 'close', when: 'at-once' });
      await lab.http(site, 80);
      await lab.holdConnections('pod', site.v4[0] ?? '', 81, 150);
      return `http://${site.name}/`;
    },
  },
);

const healthy = scenarios(
  {
    id: 'healthy-busy-pod',
    expected: 'reachable',
    why: 'hundreds of connections, and each of them had its answer a moment ago',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.http(site, 80);
      await lab.holdConnections('pod', site.v4[0] ?? '', 80, 300, { says: 'GET / HTTP/1.1\r\nHost: x\r\n\r\n' });
      return `http://${site.name}/`;
    },
  },
  database('healthy-idle-pool', 'reachable', 'a pool of idle connections', (lab, address, port) => lab.holdConnections('pod', address, port, 40)),
  {
    id: 'healthy-other-dependency-on-443',
    expected: 'reachable',
    why: 'the pod’s connections to port 443 lead to another service, which has another certificate',
    inject: async (lab) => {
      const [site, other] = [await lab.site(), await lab.site()];
      await lab.https(site, 443);
      await lab.https(other, 443);
      await lab.holdConnections('pod', other.v4[0] ?? '', 443, 5);
      return `https://${site.name}/`;
    },
  },
  database('healthy-few-close-wait', 'reachable', 'a dozen connections that the dependency closed and the pool has not looked at yet', async (lab, address, port) => {
    await lab.serve([address], port - 1000, { kind: 'hang-up', how: 'close', when: 'at-once' });
    await lab.holdConnections('pod', address, port - 1000, 12);
  }),
);

export const ownSocketScenarios = scenarios(faults, healthy);
