/** Certificates of every kind, made by openssl in a temporary folder. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scratchFolder } from './namespaces.ts';
import { runProcess } from './run-process.ts';

export interface Issued {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
}

export interface Wish {
  readonly commonName: string;
  /** DNS names and addresses of the subjectAltName. */
  readonly names?: readonly string[];
  readonly isAuthority?: boolean;
  /** Days from now; negative ones lie in the past. */
  readonly fromDay?: number;
  readonly toDay?: number;
  readonly rsa?: true;
}

const DAY_MS = 86_400_000;

/** A certificate that the authority signs; without an authority it signs itself. */
export async function issue(wish: Wish, authority: Issued | null): Promise<Issued> {
  const folder = mkdtempSync(path.join(scratchFolder(), 'certificate-'));
  const file = (name: string): string => path.join(folder, name);
  try {
    writeFileSync(file('ca.cnf'), configuration(folder, wish));
    writeFileSync(file('index.txt'), '');
    const kind = wish.rsa === true ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    await runProcess(['openssl', 'req', '-new', '-newkey', ...kind, '-nodes', '-keyout', file('key.pem'), '-out', file('request.pem'), '-subj', `/CN=${wish.commonName}`, '-config', file('ca.cnf')]);
    if (authority !== null) {
      writeFileSync(file('authority.pem'), authority.certificate);
      writeFileSync(file('authority-key.pem'), authority.key);
    }
    const signer = authority === null ? ['-selfsign', '-keyfile', file('key.pem')] : ['-cert', file('authority.pem'), '-keyfile', file('authority-key.pem')];
    const dates = ['-startdate', stamp(wish.fromDay ?? -30), '-enddate', stamp(wish.toDay ?? 300)];
    await runProcess(['openssl', 'ca', '-batch', '-notext', '-config', file('ca.cnf'), ...signer, ...dates, '-extensions', 'extensions', '-in', file('request.pem'), '-out', file('certificate.pem')]);
    return { key: readFileSync(file('key.pem'), 'utf8'), certificate: readFileSync(file('certificate.pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** YYYYMMDDHHMMSSZ, as openssl-ca(1) wants it. */
function stamp(day: number): string {
  return `${new Date(Date.now() + day * DAY_MS).toISOString().replace(/[-:T]/gu, '').slice(0, 14)}Z`;
}

function configuration(folder: string, wish: Wish): string {
  const names = (wish.names ?? []).map((name) => (/^[\d.]+$|:/u.test(name) ? `IP:${name}` : `DNS:${name}`));
  return `
[req]
distinguished_name = subject
prompt = no
[subject]
[ca]
default_ca = here
[here]
new_certs_dir = ${folder}
database = ${folder}/index.txt
rand_serial = yes
default_md = sha256
policy = policy
unique_subject = no
[policy]
commonName = supplied
[extensions]
basicConstraints = critical,CA:${wish.isAuthority === true ? 'TRUE' : 'FALSE'}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
${wish.isAuthority === true ? 'keyUsage = critical,keyCertSign,cRLSign' : 'extendedKeyUsage = serverAuth,clientAuth'}
${names.length === 0 ? '' : `subjectAltName = ${names.join(',')}`}
`;
}

/** A lab's own public key infrastructure. */
export interface Authorities {
  /** In every vantage's trust store. */
  readonly root: Issued;
  /** Signed by the root, and sent by servers that are set up well. */
  readonly intermediate: Issued;
  /** In nobody's trust store. */
  readonly stranger: Issued;
}

export async function makeAuthorities(label: string): Promise<Authorities> {
  const [root, stranger] = await Promise.all([
    issue({ commonName: `${label} Root CA`, isAuthority: true, toDay: 3000 }, null),
    issue({ commonName: `${label} Internal Issuing CA`, isAuthority: true, toDay: 3000 }, null),
  ]);
  return { root, stranger, intermediate: await issue({ commonName: `${label} TLS CA G2`, isAuthority: true, toDay: 2000 }, root) };
}
