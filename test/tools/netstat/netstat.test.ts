import { expect, it } from 'vitest';
import { parseNetstatRoutes } from '../../../src/tools/netstat/routes.ts';
import { describeGolden, outputOf } from '../golden.ts';

describeGolden(new URL('./fixtures/', import.meta.url), () => parseNetstatRoutes);

it('macOS: defaults, short networks, link routes', () => {
  const text = `Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.0.2.1          UGScg                 en0
127                127.0.0.1          UCS                   lo0
192.0.2            link#6             UCS                   en0      !

Internet6:
Destination                             Gateway                                 Flags               Netif Expire
default                                 fe80::1%en0                             UGcg                  en0`;
  expect(parseNetstatRoutes(outputOf(text))).toMatchObject([
    { family: 4, routes: [{ destination: '0.0.0.0/0', gateway: '192.0.2.1', device: 'en0' }, { destination: '127.0.0.0/8' }, { destination: '192.0.2.0/24', gateway: null }] },
    { family: 6, routes: [{ destination: '::/0', gateway: 'fe80::1' }] },
  ]);
});
