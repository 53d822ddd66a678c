import type { Confidence } from '../domain/cause.ts';
import type { TlsFact } from '../domain/facts.ts';
import type { Answer, Look } from './look.ts';
import { namelessHelloQuestion, tlsQuestion } from './reading.ts';

export interface CutOff {
  readonly confidence: Confidence;
  readonly evidence: readonly string[];
  readonly detail: string | undefined;
  readonly contrast: string | undefined;
}

/**
 * The port opens and the handshake is broken off or left without an answer: by the server, or by a filter on the way that reads the name in the
 * client's hello? A filter does not stand on another place's way, and has nothing against a hello without a name.
 */
export function cutOff(look: Look, address: string): CutOff | null | 'wait' {
  const elsewhere = look.situation.contrasts.map(({ id, name }) => ({ name, answer: look.need(tlsQuestion(look, address), id) }));
  const there = elsewhere.find(({ answer }) => isEstablished(answer));
  const detail = look.dependency.hostKind === 'name' ? `SNI ${look.dependency.host}` : undefined;
  if (there !== undefined) return { confidence: 'likely', evidence: there.answer?.ids('tls') ?? [], detail, contrast: there.name };
  if (elsewhere.some(({ answer }) => answer === null)) return 'wait';
  // It fails there as well: that is no filter of this place's.
  if (look.dependency.hostKind !== 'name' || elsewhere.some(({ answer }) => factOf(answer) !== null)) return null;
  const nameless = look.need(namelessHelloQuestion(look, address));
  if (nameless === null) return 'wait';
  return isEstablished(nameless) ? { confidence: 'possible', evidence: nameless.ids('tls'), detail, contrast: undefined } : null;
}

/** Everything that tells a filter from a silent server, put once a handshake keeps silent: each may be silent for as long. */
export function askEarlyForCutOff(look: Look, address: string): void {
  for (const { id } of look.situation.contrasts) look.need(tlsQuestion(look, address), id);
  if (look.dependency.hostKind === 'name') look.need(namelessHelloQuestion(look, address));
}

function factOf(answer: Answer | null): TlsFact | null {
  return answer?.fact('tls') ?? null;
}

function isEstablished(answer: Answer | null): boolean {
  return factOf(answer)?.established === true;
}
