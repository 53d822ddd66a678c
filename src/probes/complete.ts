import type { Fact } from '../domain/facts.ts';
import type { Question } from '../domain/question.ts';
import { completeNameFacts, type CommandTimes } from './dns/complete.ts';

/** Fills in what was asked where the tool's text did not repeat it: address, port, name, time. */
export function completeFacts(facts: readonly Fact[], question: Question, times: CommandTimes): readonly Fact[] {
  return completeNameFacts(facts, question, times).map((fact) => completeFact(fact, question));
}

function completeFact(fact: Fact, question: Question): Fact {
  switch (fact.kind) {
    case 'connect':
      return question.kind === 'connect' || question.kind === 'exchange' || question.kind === 'tls'
        ? { ...fact, address: question.address, port: question.port }
        : fact;
    case 'tls':
      return question.kind === 'tls'
        ? { ...fact, address: question.address, port: question.port, serverName: question.serverName }
        : fact;
    case 'exchange':
      return question.kind === 'exchange' ? { ...fact, address: question.address, port: question.port } : fact;
    case 'ping':
    case 'trace':
      return question.kind === 'ping' || question.kind === 'trace' ? { ...fact, address: question.address } : fact;
    case 'http':
      return question.kind === 'request' ? { ...fact, url: question.url } : fact;
    default:
      return fact;
  }
}
