import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { proxyAt } from '../others-proxy.ts';
import { requestQuestion } from '../reading.ts';

/** The direct way is closed. Do others go through a proxy that this place does not know? */
export const proxyElsewhere: TreeNode = {
  id: 'proxy.elsewhere',
  layer: 'application',
  branches: [
    { id: 'no', goto: 'policy.declared', causes: [] },
    { id: 'through-proxy', goto: null, causes: ['proxy.required'] },
  ],
  decide(look) {
    if (look.dependency.application !== 'http') return follow('no');
    let waiting = false;
    for (const { id, name } of look.situation.contrasts) {
      const variable = proxyAt(look, id);
      if (variable === undefined) waiting = true;
      if (variable === undefined || variable === null) continue;
      const request = look.need(requestQuestion(look), id);
      if (request === null) waiting = true;
      if (request?.fact('http')?.outcome !== 'response') continue;
      return fault(look, 'through-proxy', 'proxy.required', 'likely', [...request.ids('http'), ...(look.peek({ kind: 'files' }, id)?.ids('environment') ?? [])], {
        detail: variable,
        contrast: name,
      });
    }
    return waiting ? WAIT : follow('no');
  },
};
