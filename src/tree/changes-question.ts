import type { Question } from '../domain/question.ts';
import type { Look } from './look.ts';
import { serviceNamed } from './service-name.ts';

/** What changed decides nothing: people read it beside the verdict. */
export function changesQuestion(look: Look): Question {
  const service = serviceNamed(look);
  const { target } = look.situation;
  const isElsewhere = service?.isSure === true && target.kind === 'pod' && service.namespace !== target.namespace;
  return { kind: 'changes', namespace: isElsewhere ? service.namespace : null };
}
