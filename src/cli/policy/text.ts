import { cleanLine } from '../../domain/sanitise.ts';
import type { Messages } from '../../i18n/index.ts';
import type { PolicyJson, SideJson } from './answer.ts';

/** The answer for people: the verdict, each side with what decides it, what was not read, and a policy that would help. */
export function policyLines(answer: PolicyJson, { policy: words }: Messages): readonly string[] {
  const { from, to, egress, ingress, unreadable, suggestedPolicies } = answer;
  const lines = [
    `${words.from}: ${from.namespace}/${from.pod}${from.workload === null ? '' : ` (${from.workload})`}`,
    `${words.to}: ${to.asked} (${to.protocol} ${String(to.port)})`,
    ...(to.service === null ? [] : [`  ${words.service(to.service)}: ${to.endpoints.map(endpointText).join(', ')}`]),
    '',
    `${words.verdicts[answer.verdict]}`,
    ...doubtLines(answer, words),
    '',
    ...sideLines(words.egressOf(egress.pod), 'egress', egress, words),
    ...(ingress === null ? [] : sideLines(words.ingressOf(ingress.pod), 'ingress', ingress, words)),
    ...(unreadable.length === 0 ? [] : ['', `${words.unreadable}: ${unreadable.join(', ')}`]),
    ...(answer.declared === 'allowed' || answer.declared === 'denied' ? ['', words.declaredOnly] : []),
  ];
  const suggestions = suggestedPolicies.flatMap(({ yaml }, index) => [index === 0 ? '' : '---', ...yaml.trimEnd().split('\n')]);
  return [...lines, ...(suggestions.length === 0 ? [] : ['', words.suggestion]), ...suggestions].map(cleanLine);
}

function endpointText({ pod, address, port }: PolicyJson['to']['endpoints'][number]): string {
  const at = address === null ? '?' : address.includes(':') ? `[${address}]` : address;
  return `${pod === null ? '' : `${pod} `}${at}:${String(port)}`;
}

function doubtLines({ doubts, usual, verdict }: PolicyJson, words: Messages['policy']): readonly string[] {
  const usually = verdict === 'depends-on-cni' && usual !== null && !doubts.includes('custom-policies') ? [`  ${words.usual[usual]}`] : [];
  return [...doubts.map((doubt) => `  ${words.doubts[doubt]}`), ...usually];
}

function sideLines(title: string, direction: 'egress' | 'ingress', side: SideJson, words: Messages['policy']): readonly string[] {
  const { verdict, exempt, selectedBy, deciding, customPolicies } = side;
  const isFree = selectedBy.length === 0 && verdict === 'allowed';
  return [
    `${title}: ${words.words[verdict]}${exempt !== null ? `: ${words.exempt[exempt]}` : isFree ? `: ${words.unselected}` : ''}`,
    ...(selectedBy.length === 0 ? [] : [`  ${words.selectedBy}: ${selectedBy.join(', ')}`]),
    ...deciding.map(({ policy, rule, effect }) => `  ${words.effects[effect]}: ${policy} ${rule === null ? words.noRule : `${direction}[${String(rule)}]`}`),
    ...customPolicies.map((name) => `  ${words.custom}: ${name}`),
  ];
}
