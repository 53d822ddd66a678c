import { expect, it } from 'vitest';
import { readResolvConf } from '../../../src/tools/resolv-conf/resolv-conf.ts';

const read = (text: string): ReturnType<typeof readResolvConf> => readResolvConf(text.split('\n'));

it('a pod of ClusterFirst', () => {
  // As kubelet writes it: pkg/kubelet/network/dns/dns.go
  expect(read('search shop.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n')).toEqual({
    kind: 'resolv-conf',
    nameservers: ['10.96.0.10'],
    search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
    options: ['ndots:5'],
    ndots: 5,
  });
});

it('the last of domain and search counts, options add up, and ndots is capped at 15', () => {
  const fact = read('domain old.example\nsearch a.example b.example\noptions timeout:1\noptions ndots:99 edns0\nnameserver 10.0.0.1\n');
  expect(fact).toMatchObject({ search: ['a.example', 'b.example'], options: ['timeout:1', 'ndots:99', 'edns0'], ndots: 15 });
});

it('comments, indented keywords and words that are no address are left out', () => {
  expect(read('# nameserver 10.0.0.1\n; search x\n nameserver 10.0.0.2\nnameserver dns.example\nnameserver fe80::1%eth0\nsearch .\n')).toEqual({
    kind: 'resolv-conf',
    nameservers: ['fe80::1%eth0'],
    search: [],
    options: [],
    ndots: 1,
  });
});

it('another text is not taken for a resolv.conf', () => {
  expect(read('127.0.0.1 localhost\nserver: 10.0.0.1\n')).toBeNull();
});
