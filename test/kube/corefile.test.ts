import { describe, expect, test } from 'vitest';
import { readCorefile } from '../../src/kube/corefile.ts';

/** The Corefile that kubeadm 1.34 writes, with the blocks and plugins that people add to it. */
const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
    }
    rewrite name api.payments.example api.internal.example  # moved
    hosts {
        192.0.2.7 legacy.corp.example
        fallthrough
    }
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
}
corp.example:53 {
    forward . 10.0.0.53 tls://10.0.0.54
}
`;

describe('a Corefile', () => {
  test.each([
    ['www.example.org', ['/etc/resolv.conf'], []],
    ['www.example.org.', ['/etc/resolv.conf'], []],
    ['api.payments.example', ['/etc/resolv.conf'], ['rewrite name api.payments.example api.internal.example']],
    ['git.corp.example', ['10.0.0.53', 'tls://10.0.0.54'], []],
    ['corp.example', ['10.0.0.53', 'tls://10.0.0.54'], []],
    ['notcorp.example', ['/etc/resolv.conf'], []],
  ])('says where %s is asked for', (name, forwarders, concerning) => {
    expect(readCorefile(COREFILE, name)).toEqual({ forwarders, concerning });
  });

  test('without a block for the name sends it nowhere', () => {
    expect(readCorefile('cluster.local:53 {\n  kubernetes\n}\n', 'www.example.org')).toEqual({ forwarders: [], concerning: [] });
    expect(readCorefile('', 'www.example.org')).toEqual({ forwarders: [], concerning: [] });
  });

  test('with a hosts line for the name shows it, and of several forwarders the one for its zone counts', () => {
    const text = '. {\n hosts {\n  192.0.2.7 legacy.corp.example\n }\n forward . 192.0.2.1\n forward corp.example 192.0.2.2\n}';
    expect(readCorefile(text, 'legacy.corp.example')).toEqual({ forwarders: ['192.0.2.2'], concerning: ['192.0.2.7 legacy.corp.example'] });
  });
});
