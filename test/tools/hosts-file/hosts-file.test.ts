import { expect, it } from 'vitest';
import { readHostsFile } from '../../../src/tools/hosts-file/hosts-file.ts';

it('the hosts file of a pod with hostAliases', () => {
  // As kubelet writes it: pkg/kubelet/kubelet_pods.go
  const text = [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-mcastprefix',
    '10.244.0.7\torders-6f7c',
    '',
    '# Entries added by HostAliases.',
    '198.51.100.10\tapi.payments.example\tpay # moved',
  ];
  expect(readHostsFile(text)?.entries).toEqual([
    { address: '127.0.0.1', names: ['localhost'] },
    { address: '::1', names: ['localhost', 'ip6-localhost', 'ip6-loopback'] },
    { address: 'fe00::0', names: ['ip6-mcastprefix'] },
    { address: '10.244.0.7', names: ['orders-6f7c'] },
    { address: '198.51.100.10', names: ['api.payments.example', 'pay'] },
  ]);
});

it('another text is not taken for a hosts file', () => {
  expect(readHostsFile(['nameserver 10.0.0.1', '10 requests', '10.1 x', '127.0.0.1'])).toBeNull();
});
