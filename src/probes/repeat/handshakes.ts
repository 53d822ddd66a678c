import type { ToolsFact } from '../../domain/facts.ts';
import type { Question } from '../../domain/question.ts';
import { limited, has, shellOf } from './has.ts';

type Handshake = Pick<Extract<Question, { kind: 'tls' }>, 'address' | 'port' | 'serverName'>;

/** Arguments of s_client: where to, which name is sent, and which name the certificate is checked against. */
export function clientArgs({ address, port, serverName }: Handshake): readonly string[] {
  const host = address.includes(':') ? `[${address}]` : address;
  const checked = serverName === null ? ['-verify_ip', address] : ['-servername', serverName, '-verify_hostname', serverName];
  return ['-connect', `${host}:${String(port)}`, ...checked];
}

const BY_PYTHON =
  'import socket, ssl, sys; a, p, n = sys.argv[1:]; c = ssl.create_default_context(); c.check_hostname = n != ""; s = c.wrap_socket(socket.create_connection((a, int(p)), 4), server_hostname=n or None); print(s.version(), s.cipher()[0])';

/** s_client leaves at the end of its input, before a TLS 1.3 server asks for a certificate: the input is kept open for a moment. */
export function handshakeArgv(question: Handshake, tools: ToolsFact): readonly string[] | null {
  if (!has(tools, 'openssl')) return has(tools, 'python3') ? ['python3', '-c', BY_PYTHON, question.address, String(question.port), question.serverName ?? ''] : null;
  const shell = shellOf(tools);
  const client = ['openssl', 's_client', ...clientArgs(question)];
  if (shell === null || !has(tools, 'sleep')) return limited(tools, 10, client);
  return limited(tools, 10, [...shell, 'sleep 2 | openssl s_client "$@"', 'sh', ...clientArgs(question)]);
}
