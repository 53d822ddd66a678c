/** The connection is there, and TLS does not come about. */
import type { CauseId } from '../../../src/domain/cause.ts';
import { OK, type LabCase, type Site } from '../lab-case.ts';
import { alsoFrom, scenarios, type Scenario } from '../scenario.ts';
import type { Talk, TlsSpec } from '../servers/spec.ts';

type MakeTls = (lab: LabCase, site: Site) => Promise<Partial<TlsSpec>> | Partial<TlsSpec>;

function tls(id: string, expected: CauseId, why: string, make: MakeTls, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.port(443);
      await lab.https(site, port, await make(lab, site));
      return `https://${site.name}:${String(port)}/`;
    },
    ...more,
  };
}

const withIntermediate = (lab: LabCase, leaf: { key: string; certificate: string }): Partial<TlsSpec> => ({
  key: leaf.key,
  certificate: leaf.certificate + lab.authorities.intermediate.certificate,
});

const dates = scenarios(
  alsoFrom(
    tls('leaf', 'tls.expired', 'notAfter of the leaf has passed', async (lab, site) =>
      withIntermediate(lab, await lab.leaf({ names: [site.name], fromDay: -120, toDay: -lab.random.between(1, 60) }))),
    ['curl+openssl', 'python3', 'busybox', 'slim', 'bash', 'nothing'],
  ),
  tls('intermediate', 'tls.expired', 'the leaf is valid, its issuer is not any more', async (lab, site) => {
    const old = await lab.leaf({ commonName: 'TLS CA G1', isAuthority: true, fromDay: -900, toDay: -3 }, lab.authorities.root);
    const leaf = await lab.leaf({ names: [site.name] }, old);
    return { key: leaf.key, certificate: leaf.certificate + old.certificate };
  }),
  {
    id: 'tls.expired-tls-port',
    expected: 'tls.expired' as const,
    why: 'the same on a bare TLS port',
    inject: async (lab: LabCase) => {
      const site = await lab.site();
      await lab.serve(site.v4, 5671, { kind: 'protocol', name: 'amqp', state: 'ok' }, { tls: { ...(await lab.goodTls([site.name])), ...withIntermediate(lab, await lab.leaf({ names: [site.name], toDay: -2 })) } });
      return `amqps://${site.name}`;
    },
  },
  tls('tomorrow', 'tls.not-yet-valid', 'notBefore lies ahead', async (lab, site) => withIntermediate(lab, await lab.leaf({ names: [site.name], fromDay: 1 }))),
  tls('next-month', 'tls.not-yet-valid', 'notBefore lies ahead by weeks', async (lab, site) =>
    withIntermediate(lab, await lab.leaf({ names: [site.name], fromDay: lab.random.between(10, 40) })), { contrasts: ['outside'] }),
);

const issuers = scenarios(
  alsoFrom(tls('leaf', 'tls.self-signed', 'verify code 18', (lab, site) => lab.leaf({ names: [site.name] }, null)), ['curl+openssl', 'python3']),
  tls('authority', 'tls.self-signed', 'a self-signed certificate that calls itself an authority', (lab, site) => lab.leaf({ names: [site.name], isAuthority: true }, null)),
  tls('with-root', 'tls.unknown-ca', 'a complete chain up to a root that nobody has', async (lab, site) => {
    const leaf = await lab.leaf({ names: [site.name] }, lab.authorities.stranger);
    return { key: leaf.key, certificate: leaf.certificate + lab.authorities.stranger.certificate };
  }),
  tls('three-levels', 'tls.unknown-ca', 'leaf, intermediate and root of a stranger', async (lab, site) => {
    const middle = await lab.leaf({ commonName: 'Stranger Issuing CA 3', isAuthority: true }, lab.authorities.stranger);
    const leaf = await lab.leaf({ names: [site.name] }, middle);
    return { key: leaf.key, certificate: leaf.certificate + middle.certificate + lab.authorities.stranger.certificate };
  }, { contrasts: ['outside'] }),
  tls('leaf-only', 'tls.incomplete-chain', 'a chain of one whose issuer is an intermediate', async (lab, site) => lab.leaf({ names: [site.name] }), { tolerable: ['tls.unknown-ca'] }),
  tls('wrong-intermediate', 'tls.incomplete-chain', 'an intermediate is sent, but not the one that signed', async (lab, site) => {
    const other = await lab.leaf({ commonName: 'TLS CA G1', isAuthority: true }, lab.authorities.root);
    const leaf = await lab.leaf({ names: [site.name] });
    return { key: leaf.key, certificate: leaf.certificate + other.certificate };
  }, { tolerable: ['tls.unknown-ca'] }),
  tls('other-zone', 'tls.hostname-mismatch', 'the certificate is for other names', async (lab) =>
    lab.goodTls([`www.other-${lab.random.between(1, 99).toString()}.example`, 'other.example'])),
  tls('wildcard-too-deep', 'tls.hostname-mismatch', 'a wildcard covers one label only', async (lab) => lab.goodTls([`*.deep.${lab.plan.zone}`])),
  {
    id: 'tls.hostname-mismatch-by-address',
    expected: 'tls.hostname-mismatch' as const,
    tolerable: ['tls.sni-required' as const],
    why: 'asked by address, the certificate names the host only',
    inject: async (lab: LabCase) => {
      const site = await lab.site();
      await lab.https(site, 443);
      return `https://${site.v4[0] ?? ''}/`;
    },
  },
);

/** A middlebox in front of the site re-signs for the pods: elsewhere the real certificate is seen. */
function intercepted(id: string, contrast: 'outside', ports: string): Scenario {
  return {
    id: `tls.intercepted-${id}`,
    expected: 'tls.intercepted',
    tolerable: ['tls.unknown-ca'],
    contrasts: [contrast],
    why: 'the issuer differs from the one that an outside host sees and accepts',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.https(site, 443);
      const box = await lab.serviceAddress();
      const leaf = await lab.leaf({ names: [site.name] }, lab.authorities.stranger);
      await lab.serve([box], 8443, { kind: 'http', replies: [OK] }, { tls: { key: leaf.key, certificate: leaf.certificate + lab.authorities.stranger.certificate } }, 'lan');
      await lab.filter(1, `-t nat -A PREROUTING -i eth0 -p tcp ${ports} -j DNAT --to-destination ${box}:8443`);
      return `https://${site.name}/`;
    },
  };
}

const negotiation = scenarios(
  tls('tls10', 'tls.version-unsupported', 'the server speaks TLS 1.0 only', () => OLD('TLSv1', 'TLSv1')),
  tls('tls11', 'tls.version-unsupported', 'the server speaks up to TLS 1.1', () => OLD('TLSv1', 'TLSv1.1')),
  tls('null-cipher', 'tls.no-shared-cipher', 'the server has only ciphers that no client offers', () => ({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0' })),
  tls('key-does-not-fit', 'tls.no-shared-cipher', 'ciphers for RSA with a key that is not', () => ({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' })),
  tls('tls13', 'tls.client-certificate-required', 'alert 116 after the handshake', (lab) => ({ clientAuthority: lab.authorities.root.certificate })),
  tls('tls12', 'tls.client-certificate-required', 'a CertificateRequest, then alert 40', (lab) => ({ clientAuthority: lab.authorities.root.certificate, maxVersion: 'TLSv1.2' })),
  {
    id: 'tls.client-certificate-required-nginx-400',
    expected: 'tls.client-certificate-required' as const,
    tolerable: ['app.http-client-error' as const],
    why: 'nginx says so itself: 400 No required SSL certificate was sent',
    inject: async (lab: LabCase) => {
      const site = await lab.site();
      await lab.https(site, 443, {}, { status: 400, reason: 'Bad Request', headers: { server: 'nginx' }, body: '<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n</html>\r\n' });
      return `https://${site.name}/`;
    },
  },
  ...([[112, 'unrecognized-name'], [40, 'handshake-failure']] as const).map(([alert, id]): Scenario => ({
    id: `tls.sni-required-${id}`,
    expected: 'tls.sni-required',
    tolerable: ['tls.no-shared-cipher'],
    why: `without a name in the hello, alert ${String(alert)}; with the name that leads to the address, all is well`,
    inject: async (lab) => {
      const site = await lab.site();
      await lab.https(site, 443, { needsName: { name: site.name, alert } });
      lab.answers({ name: `${(site.v4[0] ?? '').split('.').reverse().join('.')}.in-addr.arpa`, reply: { answers: [{ type: 'PTR', name: 'ptr', ttl: 5, data: site.name }] } });
      return `https://${site.v4[0] ?? ''}/`;
    },
  })),
);

function OLD(minVersion: 'TLSv1', maxVersion: 'TLSv1' | 'TLSv1.1'): Partial<TlsSpec> {
  return { minVersion, maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' };
}

function plainBehindHttps(id: string, why: string, talk: Talk): Scenario {
  return {
    id: `tls.plaintext-port-${id}`,
    expected: 'tls.plaintext-port',
    tolerable: ['app.protocol-mismatch'],
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.random.between(1000, 30_000);
      await lab.serve(site.v4, port, talk);
      return `https://${site.name}:${String(port)}/`;
    },
  };
}

function tlsBehindHttp(id: string, why: string, serve: (lab: LabCase, site: Site, port: number) => Promise<void>, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `tls.expected-on-port-${id}`,
    expected: 'tls.expected-on-port',
    tolerable: ['app.connection-closed', 'app.http-client-error', 'app.protocol-mismatch'],
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.random.pick([443, 8443, 6443, 9443]);
      await serve(lab, site, port);
      return `http://${site.name}:${String(port)}/`;
    },
    ...more,
  };
}

const wrongPort = scenarios(
  plainBehindHttps('http', 'an HTTP server answers the hello', { kind: 'http', replies: [OK] }),
  plainBehindHttps('http-400', 'an HTTP server answers the hello with 400', { kind: 'says', text: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', then: 'closes', when: 'after-request' }),
  plainBehindHttps('ssh', 'an SSH banner', { kind: 'says', text: 'SSH-2.0-OpenSSH_9.6\r\n', then: 'stays', when: 'at-once' }),
  tlsBehindHttp('nginx', '400 The plain HTTP request was sent to HTTPS port', (lab, site, port) => lab.https(site, port, { toPlainText: '400' })),
  tlsBehindHttp('go', 'Go: Client sent an HTTP request to an HTTPS server.', (lab, site, port) =>
    lab.serve(site.v4, port, { kind: 'says', text: 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n', then: 'closes', when: 'after-request' })),
  tlsBehindHttp('alert-record', 'an alert record comes back', (lab, site, port) =>
    lab.serve(site.v4, port, { kind: 'says', text: '\x15\x03\x01\x00\x02\x02\x46', then: 'closes', when: 'after-request' })),
  tlsBehindHttp('closes', 'the plain request is cut off, and TLS works there', (lab, site, port) => lab.https(site, port, { toPlainText: 'close' })),
);

const broken = scenarios(
  tls('close-in-handshake', 'app.connection-closed', 'closes after the hello, from everywhere', () => ({ breaksOff: 'close' }), { contrasts: ['outside'] }),
  tls('reset-in-handshake', 'app.connection-closed', 'resets after the hello, from everywhere', () => ({ breaksOff: 'reset' }), { contrasts: ['outside'] }),
  tls('silent-handshake', 'app.slow-response', 'no answer to the hello, small as it is', () => ({ breaksOff: 'silent' }), { tolerable: ['tcp.fake-accept', 'ip.pmtu-blackhole'], contrasts: ['outside'] }),
);

export const tlsScenarios = scenarios(dates, issuers, intercepted('every-port', 'outside', '-m multiport --dports 443,8443'), intercepted('one-port', 'outside', '--dport 443'), negotiation, wrongPort, broken);
