import { expect, it } from 'vitest';
import { parseIfconfig } from '../../../src/tools/ifconfig/parse.ts';
import { describeGolden, outputOf } from '../golden.ts';

describeGolden(new URL('./fixtures/', import.meta.url), () => parseIfconfig);

it('macOS: masks in hex, carrier in words', () => {
  const text = `en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
	ether 02:00:00:00:00:05
	inet6 fe80::1c2b:3a49:5867:7685%en0 prefixlen 64 secured scopeid 0x6
	inet 192.0.2.5 netmask 0xffffff00 broadcast 192.0.2.255
	status: active
en1: flags=8823<UP,BROADCAST,SMART,SIMPLEX,MULTICAST> mtu 1500
	status: inactive`;
  expect(parseIfconfig(outputOf(text))).toMatchObject([{ interfaces: [
    { name: 'en0', up: true, carrier: true, mtuBytes: 1500, addresses: ['fe80::1c2b:3a49:5867:7685/64', '192.0.2.5/24'] },
    { name: 'en1', up: true, carrier: false, addresses: [] },
  ] }]);
});
