import { afterColon, endpoint, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const tls: CauseTexts<'tls'> = {
  'tls.expired': {
    title: 'Certificate expired',
    wrong: 'The server’s certificate is past its last day.',
    evidence: 'notAfter lies in the past by the pod’s clock and by a second clock (the API server’s, or an HTTP Date header).',
    next: [
      'Have the dependency’s owner renew the certificate and reload the server.',
      'See the dates: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -dates -subject`',
      'When it was renewed already: one of several servers may still serve the old one; look at every address.',
    ],
    limits: 'Without a second clock, a wrong clock on the node is not excluded (tls.clock-skew).',
    summary: (p) => `The certificate of ${endpoint(p)} has expired${afterColon(p)}.`,
  },
  'tls.not-yet-valid': {
    title: 'Certificate not valid yet',
    wrong: 'The server’s certificate begins to be valid in the future.',
    evidence: 'notBefore lies in the future by the pod’s clock and by a second clock.',
    next: [
      'Wait for notBefore, or have the certificate issued again with an earlier start.',
      'See the dates: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -dates`',
    ],
    limits: 'Without a second clock, a wrong clock on the node is not excluded (tls.clock-skew).',
    summary: (p) => `The certificate of ${endpoint(p)} is not valid yet${afterColon(p)}.`,
  },
  'tls.clock-skew': {
    title: 'The node’s clock is wrong',
    wrong: 'The certificate is fine; the node’s clock places it outside its dates.',
    evidence: 'The pod’s clock differs from the API server’s by more than the measuring error, and by the right time the certificate is valid.',
    next: [
      'On the node <node>: `chronyc tracking` or `timedatectl`, and repair the time service.',
      'Compare clocks: `kubectl -n <namespace> exec <pod> -c <container> -- date -u; date -u`',
      'Until then, run the pod on another node.',
    ],
    summary: (p) => `The certificate of ${endpoint(p)} is valid, but the clock here is wrong${afterColon(p)}.`,
  },
  'tls.self-signed': {
    title: 'Self-signed certificate',
    wrong: 'The server’s own certificate is signed by itself, so no authority vouches for it.',
    evidence: 'OpenSSL verify error 18: a single certificate whose issuer is its subject.',
    next: [
      'Get a certificate from an authority that the pod trusts.',
      'Or mount exactly this certificate as trusted, and point the runtime at it (SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, a Java trust store).',
      'Look at it first: `openssl s_client -connect <host>:<port> -servername <host> -showcerts </dev/null`; an unexpected issuer can be a device in between.',
    ],
    summary: (p) => `${endpoint(p)} presents a self-signed certificate${afterColon(p)}.`,
  },
  'tls.unknown-ca': {
    title: 'Issuer not trusted here',
    wrong: 'The certificate’s authority is not in the trust store that the pod uses.',
    evidence: 'OpenSSL verify error 19 or 20 although the server sent a complete chain.',
    next: [
      'Mount the authority’s certificate into the container and point the runtime at it: SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, a Java trust store.',
      'Check that the image has a trust store at all: `ls /etc/ssl/certs /etc/pki/tls/certs`; minimal images often lack the ca-certificates package.',
      'See who issued it: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -issuer`',
    ],
    limits: 'Tools and the application may use different trust stores.',
    summary: (p) => `The pod does not trust the issuer of the certificate of ${endpoint(p)}${afterColon(p)}.`,
  },
  'tls.incomplete-chain': {
    title: 'The server sends an incomplete chain',
    wrong: 'The server does not send the intermediate certificate that leads to a trusted authority.',
    evidence: 'OpenSSL verify error 20 or 21, one certificate sent, and its issuer is an intermediate. Browsers often hide this, because they fetch or remember intermediates.',
    next: [
      'Have the owner serve the full chain (leaf first, then intermediates; “fullchain.pem”).',
      'See what is sent: `openssl s_client -connect <host>:<port> -servername <host> -showcerts </dev/null`',
      'As a stopgap, mount the intermediate as trusted in the pod.',
    ],
    summary: (p) => `${endpoint(p)} does not send the intermediate certificate of its chain${afterColon(p)}.`,
  },
  'tls.intercepted': {
    title: 'TLS is intercepted on the path',
    wrong: 'A device between the pod and the server ends TLS and signs with its own authority.',
    evidence: 'The issuer differs from the one that another vantage sees, or a private authority signed for a public name.',
    next: [
      'Ask the network team for an exception for <host>, or for the device’s authority certificate.',
      'If inspection is wanted, mount that authority in the container’s trust store.',
      'Compare issuers: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -issuer -fingerprint` here and elsewhere.',
    ],
    limits: 'Servers in several places can have certificates of different issuers without any interception.',
    summary: (p) => `Something on the path replaces the certificate of ${endpoint(p)}${afterColon(p)}${withContrast(p, (name) => `; ${name} sees another issuer`)}.`,
  },
  'tls.hostname-mismatch': {
    title: 'The certificate is for other names',
    wrong: 'The name that was asked for is not among the names in the certificate.',
    evidence: 'The subjectAltName list lacks the name; with a name from the list the connection is accepted.',
    next: [
      'Use a name from the certificate: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -ext subjectAltName`',
      'For an alias (CNAME, ExternalName Service, address), configure the real name in the application.',
      'Or have the owner add the name to the certificate.',
    ],
    summary: (p) => `The certificate of ${endpoint(p)} is not for the name ${p.host}${afterColon(p)}.`,
  },
  'tls.sni-required': {
    title: 'The server wants SNI',
    wrong: 'The server needs the server name in the handshake to choose a certificate, and does not get it.',
    evidence: 'The handshake fails or gives a wrong certificate without SNI or by address, and works with the name.',
    next: [
      'Connect by name instead of by address, or set the SNI in the client explicitly.',
      'Compare: `openssl s_client -connect <address>:<port> -noservername </dev/null` and the same with `-servername <host>`.',
    ],
    summary: (p) => `${endpoint(p)} completes TLS only when the client sends the server name (SNI)${afterColon(p)}.`,
  },
  'tls.version-unsupported': {
    title: 'No common TLS version',
    wrong: 'Client and server accept no protocol version in common.',
    evidence: 'Alert 70 (protocol_version) or “unsupported protocol”, and a handshake that works when another version is offered.',
    next: [
      'Find the version that the server takes: `openssl s_client -connect <host>:<port> -servername <host> -tls1_2 </dev/null` (and `-tls1_3`).',
      'Upgrade the older side; lower a minimum version only as a stopgap.',
    ],
    summary: (p) => `The client here and ${endpoint(p)} have no TLS version in common${afterColon(p)}.`,
  },
  'tls.no-shared-cipher': {
    title: 'No common cipher',
    wrong: 'Client and server have no cipher suite or key exchange group in common.',
    evidence: 'Alert 40 (handshake_failure) at every version, and a handshake that works with another cipher list.',
    next: [
      'See what the server takes: `openssl s_client -connect <host>:<port> -servername <host> -cipher ALL:@SECLEVEL=0 </dev/null`',
      'Add a modern suite to the server, or the needed one to the client.',
    ],
    limits: 'Alert 40 has many reasons (SNI, client certificate); only a handshake that works with another list proves this one.',
    summary: (p) => `The client here and ${endpoint(p)} have no cipher in common${afterColon(p)}.`,
  },
  'tls.client-certificate-required': {
    title: 'A client certificate is required',
    wrong: 'The server wants mutual TLS and got no (acceptable) client certificate.',
    evidence: 'Alert 116 or 42, “certificate required”, or a close right after the server’s CertificateRequest.',
    next: [
      'Give the client its certificate and key, and check with `curl --cert client.pem --key client.key https://<host>:<port>/`',
      'Check which authorities the server accepts: “Acceptable client certificate CA names” in `openssl s_client -connect <host>:<port> -servername <host> </dev/null`',
      'Check that the mounted client certificate has not expired.',
    ],
    summary: (p) => `${endpoint(p)} requires a client certificate${afterColon(p)}.`,
  },
  'tls.plaintext-port': {
    title: 'The port does not speak TLS',
    wrong: 'TLS was tried on a port that speaks plain text.',
    evidence: 'The first bytes are no TLS record: “wrong version number”, “packet length too long”, “record layer failure”.',
    next: [
      'Use the plain scheme (http instead of https), or the service’s TLS port.',
      'For protocols that upgrade (SMTP, PostgreSQL, MySQL), use STARTTLS: `openssl s_client -starttls smtp -connect <host>:<port>`',
    ],
    summary: (p) => `${endpoint(p)} answers in plain text, not TLS${afterColon(p)}.`,
  },
  'tls.expected-on-port': {
    title: 'The port wants TLS',
    wrong: 'Plain text was sent to a port that speaks TLS.',
    evidence: '400 “plain HTTP request was sent to HTTPS port”, or a TLS alert record in reply to plain text.',
    next: ['Use https (or the protocol’s TLS scheme) for this port.', 'Or use the service’s plain port, where there is one.'],
    summary: (p) => `${endpoint(p)} speaks TLS, and plain text was sent to it${afterColon(p)}.`,
  },
};
