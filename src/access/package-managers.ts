/*
 * Package managers of the distributions that images are made of, and how each installs tools so that they can be taken away again.
 * What is downloaded on the way is kept in FOLDER and goes with it.
 */

/** In the container. Only one installation of ours at a time has it. */
export const FOLDER = '/tmp/netdiag-tui-install';

export interface PackageManager {
  /** The program. */
  readonly name: string;
  /** Package of each tool. A tool that is not named comes with every image that has this package manager. */
  readonly packages: Readonly<Record<string, string>>;
  /** What is run before the installation, to begin with in folders of its own; each a whole argv. */
  readonly before: readonly (readonly string[])[];
  /** What is run after the removal. */
  readonly after: readonly (readonly string[])[];
  /** Installs the packages that follow it. */
  readonly install: readonly string[];
  /** Removes the packages that follow it; where `list` is null, everything that this installation added. */
  readonly remove: readonly string[];
  /** Names all installed packages, one a line: what is new in it is removed. null: the manager itself remembers what came with what. */
  readonly list: readonly string[] | null;
}

// apt removes from its lists' folder what it does not know.
const APT = ['-o', `Dir::State::Lists=${FOLDER}/lists`, '-o', `Dir::Cache=${FOLDER}/cache`] as const;
/** apt makes folders only where there is one already. */
const OWN_FOLDERS = ['mkdir', '-p', `${FOLDER}/lists`, `${FOLDER}/cache`] as const;
const REMOVE_FOLDERS = ['rm', '-r', FOLDER] as const;
const DNF = [`--setopt=cachedir=${FOLDER}/cache`, '--setopt=install_weak_deps=0', '--setopt=tsflags=nodocs'] as const;
const RPM_PACKAGES = { curl: 'curl', dig: 'bind-utils', openssl: 'openssl', nc: 'nmap-ncat', ping: 'iputils', traceroute: 'traceroute', ip: 'iproute' } as const;

function rpmManager(name: string): PackageManager {
  return { name, packages: RPM_PACKAGES, before: [OWN_FOLDERS], after: [REMOVE_FOLDERS], install: [name, 'install', '-y', ...DNF], remove: ['rpm', '-e'], list: ['rpm', '-qa', '--qf', '%{NAME}.%{ARCH}\\n'] };
}

/** In the order in which they are looked for: an image with microdnf may have a dnf that is a link to it. */
export const PACKAGE_MANAGERS: readonly PackageManager[] = [
  {
    name: 'apt-get',
    packages: { curl: 'curl', dig: 'dnsutils', openssl: 'openssl', nc: 'netcat-openbsd', ping: 'iputils-ping', traceroute: 'traceroute', ip: 'iproute2' },
    before: [OWN_FOLDERS, ['apt-get', ...APT, 'update', '-q']],
    after: [REMOVE_FOLDERS],
    install: ['apt-get', ...APT, 'install', '-q', '-y', '--no-install-recommends'],
    // Unlike apt-get, dpkg and rpm remove nothing that others need, and nothing besides what is named.
    remove: ['dpkg', '--purge'],
    list: ['dpkg-query', '-W', '-f', '${binary:Package}\\n'],
  },
  {
    // The rest is BusyBox's, which every Alpine has. A virtual package is what is removed with all that came for it (apk-add(8), --virtual).
    name: 'apk',
    packages: { curl: 'curl', dig: 'bind-tools', openssl: 'openssl' },
    before: [],
    after: [],
    install: ['apk', 'add', '--no-cache', '--virtual', '.netdiag-tui'],
    remove: ['apk', 'del', '.netdiag-tui'],
    list: null,
  },
  rpmManager('microdnf'),
  rpmManager('dnf'),
  rpmManager('yum'),
];

/** Tools that are looked for, by all managers' names of them. */
export const WANTED_TOOLS: readonly string[] = [...new Set(PACKAGE_MANAGERS.flatMap(({ packages }) => Object.keys(packages)))];

/** Packages of the tools that are missing. */
export function packagesFor(manager: PackageManager, missing: readonly string[]): readonly string[] {
  return missing.flatMap((tool) => manager.packages[tool] ?? []);
}
