import { proxyVariable } from '../../domain/proxy.ts';
import { fault, follow, WAIT, type TreeNode } from '../node.ts';
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
    const { dependency } = look;
    if (dependency.application !== 'http') return follow('no');
    let waiting = false;
    for (const { id, name } of look.situation.contrasts) {
      const files = look.need({ kind: 'files' }, id);
      if (files === null) waiting = true;
      const variable = proxyVariable(dependency, files?.fact('environment')?.proxies ?? {});
      if (files === null || variable === null) continue;
      const request = look.need(requestQuestion(look), id);
      if (request === null) waiting = true;
      if (request?.fact('http')?.outcome !== 'response') continue;
      return fault(look, 'through-proxy', 'proxy.required', 'likely', [...request.ids('http'), ...files.ids('environment')], {
        detail: variable,
        contrast: name,
      });
    }
    return waiting ? WAIT : follow('no');
  },
};
