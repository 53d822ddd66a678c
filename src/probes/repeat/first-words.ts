import { STARTUP } from '../../tools/protocol/databases.ts';
import { speakerOf } from '../../tools/protocol/speakers.ts';

/**
 * A protocol's first words as text for printf(1): letters as they are, the rest in octal. PostgreSQL answers a startup message without the
 * question for TLS before it; SMTP's EHLO may wait in the server's buffer until it has greeted.
 */
export function firstWords(protocol: string): string {
  switch (protocol) {
    case 'postgres':
      return printfText(STARTUP);
    case 'smtp':
      return 'EHLO netdiag.invalid\\r\\n';
    default:
      return printfText(speakerOf(protocol)?.opening ?? new Uint8Array());
  }
}

function printfText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => (/[\w /.:-]/u.test(String.fromCharCode(byte)) && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`)).join('');
}
