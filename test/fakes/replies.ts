/** Outputs for scripted vantages, in the words of the tools that have fixtures. */
import type { Reply, Script } from './scripted-vantage.ts';

export function survey(...tools: readonly string[]): Reply {
  const said = tools.includes('bash') ? ['said bash', 'bash 5.2.15(1)-release', ''] : [];
  return { out: ['netdiag-survey 1', ...tools.map((tool) => `have ${tool} /usr/bin/${tool}`), ...said, 'netdiag-survey end'] };
}

export function isSurvey(argv: readonly string[]): boolean {
  return argv.at(-1) === 'netdiag-survey';
}

export function isFiles(argv: readonly string[]): boolean {
  return argv.at(-1) === 'netdiag-files';
}

export function files(nameserver = '192.0.2.53'): Reply {
  return {
    out: [
      'netdiag-files 1', `clock ${(Date.now() / 1000).toFixed(6)}`, 'file /etc/resolv.conf', `| nameserver ${nameserver}`, 'end /etc/resolv.conf', 'file /etc/hosts', '| 127.0.0.1 localhost',
      'end /etc/hosts', 'netdiag-files end',
    ],
  };
}

/** The address and port of a connect that bash is to make; null for any other command. */
export function bashConnectOf(argv: readonly string[]): { readonly address: string; readonly port: number } | null {
  const isConnect = argv[0] === 'bash' && argv[2]?.includes('netdiag-connect to') === true && argv[2].includes('read -r -t');
  return isConnect ? { address: argv[4] ?? '', port: Number(argv[5]) } : null;
}

export function bashRefused(argv: readonly string[]): Reply {
  const { address = '', port = 0 } = bashConnectOf(argv) ?? {};
  return { out: [`netdiag-connect to ${address} ${String(port)}`, 'netdiag-connect failed 20000 bash: connect: Connection refused'], exitCode: 1 };
}

export function bashConnected(argv: readonly string[]): Reply {
  const { address = '', port = 0 } = bashConnectOf(argv) ?? {};
  return { out: [`netdiag-connect to ${address} ${String(port)}`, 'netdiag-connect connected 20000'] };
}

/** getent (glibc) ahosts. */
export function getentAddress(name: string, address: string): Reply {
  return { out: [`${address}    STREAM ${name}`, `${address}    DGRAM  `, `${address}    RAW    `] };
}

/** A place with bash and getent and nothing else; connects are answered as `connect` says. */
export function bashPlace(connect: (address: string, port: number, argv: readonly string[]) => Reply | null, more: Script = () => null): Script {
  return (argv) => {
    const own = more(argv);
    if (own !== null) return own;
    if (isSurvey(argv)) return survey('bash', 'sh', 'getent');
    if (isFiles(argv)) return files();
    const to = bashConnectOf(argv);
    return to === null ? null : connect(to.address, to.port, argv);
  };
}
