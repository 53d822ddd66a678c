import type { Fact, ToolsFact } from '../../domain/facts.ts';
import type { Question } from '../../domain/question.ts';
import { busyboxArgv } from '../../tools/survey/busybox.ts';
import { clientArgs } from './handshakes.ts';
import { has, limited, shellOf } from './has.ts';
import { firstWords } from './first-words.ts';

type Exchange = Extract<Question, { kind: 'exchange' }>;
type Place = Pick<Exchange, 'address' | 'port'>;

/** bash without timeout(1): what connects is a child of its own, and the wait for its word is limited. */
const CONNECT_BASH = 'exec 3< <(exec 2>&1; : 4<>"/dev/tcp/$0/$1" && echo connected); read -r -t 4 -u 3 said && echo "$said" || echo "no answer in 4 s"';

export function connectArgv({ address, port }: Place, tools: ToolsFact): readonly string[] | null {
  const [host, service] = [address, String(port)];
  if (has(tools, 'nc', 'openbsd')) return ['nc', '-vz', '-w', '4', host, service];
  if (has(tools, 'ncat')) return ['ncat', '-vz', '-w', '4', host, service];
  if (has(tools, 'nc', 'ncat')) return ['nc', '-vz', '-w', '4', host, service];
  if (has(tools, 'nc', 'traditional')) return ['nc', '-vnz', '-w', '4', host, service];
  if (has(tools, 'nc', 'busybox-extras')) return busyboxArgv(tools, 'nc', ['-vvz', '-w', '4', host, service]);
  if (has(tools, 'bash', 'bash') && has(tools, 'timeout', 'coreutils')) {
    return limited(tools, 5, ['bash', '-c', 'exec 3<>"/dev/tcp/$0/$1" && echo connected', host, service]);
  }
  if (has(tools, 'bash', 'bash')) return ['bash', '-c', CONNECT_BASH, host, service];
  // This build has no -v; what it starts has the standard error that nc was given.
  if (has(tools, 'nc', 'busybox')) return busyboxArgv(tools, 'nc', ['-w', '4', host, service, '-e', ...busyboxArgv(tools, 'sh', ['-c', 'echo connected >&2'])]);
  if (has(tools, 'python3')) {
    return ['python3', '-c', 'import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 4); print("connected")', host, service];
  }
  return has(tools, 'curl') ? ['curl', '-sv', '--noproxy', '*', '--max-time', '4', `telnet://${address.includes(':') ? `[${address}]` : address}:${service}`] : null;
}

/** Each part up to a NUL byte is printed quoted (%q): what a server sends is nothing to give to a terminal as it is. */
const SPEAK_BASH =
  'exec 3<>"/dev/tcp/$0/$1" && printf "$2" >&3 && while :; do IFS= read -r -t 4 -d "" -u 3 part; s=$?; printf "%q " "$part"; [ $s = 0 ] || break; done; ' +
  '[ "$s" -gt 128 ] && echo "(nothing more in 4 s)" || echo "(connection closed)"';
const SPEAK_NC = (nc: string): string => `{ printf "$2"; sleep 3; } | ${nc} "$0" "$1" 2>&1 | cat -v; echo; echo "(that is all)"`;
const SPEAK_PYTHON =
  'import socket, sys; s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 4); s.sendall(sys.argv[3].encode().decode("unicode_escape").encode("latin1")); print(s.recv(2000) or "(connection closed)")';
const SPEAK_TLS = '{ printf "$0"; sleep 3; } | openssl s_client -quiet "$@" 2>&1 | cat -v; echo "(that is all)"';

/** The protocol's first words, and what comes back: made visible, because most of these protocols are not text. */
export function exchangeArgv(question: Exchange, fact: Fact, tools: ToolsFact): readonly string[] | null {
  if (fact.kind === 'connect') return connectArgv(question, tools);
  const words = [question.address, String(question.port), firstWords(question.protocol)] as const;
  const shell = shellOf(tools);
  if (question.tls) {
    if (!has(tools, 'openssl') || shell === null || !has(tools, 'cat')) return null;
    return limited(tools, 10, [...shell, SPEAK_TLS, words[2], ...clientArgs(question)]);
  }
  if (has(tools, 'bash', 'bash')) return ['bash', '-c', SPEAK_BASH, ...words];
  if (has(tools, 'python3')) return ['python3', '-c', SPEAK_PYTHON, ...words];
  if (shell === null || !has(tools, 'cat')) return null;
  if (has(tools, 'nc', 'openbsd')) return [...shell, SPEAK_NC('nc -w 4'), ...words];
  if (has(tools, 'ncat')) return [...shell, SPEAK_NC('ncat -w 4 -i 4'), ...words];
  if (has(tools, 'nc', 'traditional')) return [...shell, SPEAK_NC('nc -n -w 4'), ...words];
  if (has(tools, 'nc', 'busybox') || has(tools, 'nc', 'busybox-extras')) return [...shell, SPEAK_NC(busyboxArgv(tools, 'nc', ['-w', '4']).join(' ')), ...words];
  return null;
}

/** A TCP connect says nothing of a datagram: one is sent, and the answer, or the ICMP error, is waited for. */
export function datagramArgv({ address, port }: Place, tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'bash', 'bash') && has(tools, 'timeout', 'coreutils') && has(tools, 'head')) {
    return limited(tools, 4, ['bash', '-c', 'exec 3<>"/dev/udp/$0/$1" && printf "\\r\\n" >&3 && head -c 200 <&3', address, String(port)]);
  }
  const python = 'import socket, sys; s = socket.socket(socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(4); s.connect((sys.argv[1], int(sys.argv[2]))); s.send(b"\\r\\n"); print(s.recv(200))';
  return has(tools, 'python3') ? ['python3', '-c', python, address, String(port)] : null;
}
