import { follow, inconclusive, WAIT, type TreeNode } from '../node.ts';

/** Everything is asked with the tools of the place itself: can it be entered, and what does it have? */
export const podTools: TreeNode = {
  id: 'pod.tools',
  layer: 'application',
  branches: [
    { id: 'some', goto: 'app.request', causes: [] },
    { id: 'none', goto: null, causes: [] },
    { id: 'no-entry', goto: null, causes: [] },
  ],
  decide(look) {
    const answer = look.need({ kind: 'tools' });
    if (answer === null) return WAIT;
    const tools = answer.fact('tools');
    if (tools === null) return inconclusive(look, 'no-entry', null, answer.ids(), { detail: answer.fact('unavailable')?.detail });
    if (Object.keys(tools.tools).length > 0) return follow('some', answer.ids());
    return inconclusive(look, 'none', null, answer.ids());
  },
};
