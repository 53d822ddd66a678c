import { follow, WAIT, type TreeNode } from '../node.ts';
import { elsewhere, silentAddress } from '../silence.ts';

/** The question that tells near faults from far ones: does the same connect succeed from anywhere else? */
export const tcpElsewhere: TreeNode = {
  id: 'tcp.elsewhere',
  layer: 'transport',
  branches: [
    { id: 'connects-elsewhere', goto: 'node.ready', causes: [] },
    { id: 'fails-everywhere', goto: 'path.far', causes: [] },
    { id: 'nowhere-to-ask', goto: 'path.far', causes: [] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return follow('nowhere-to-ask');
    const { connected, failed, waiting } = elsewhere(look, address);
    if (waiting) return WAIT;
    const ids = (list: typeof connected): readonly string[] => list.flatMap(({ answer }) => answer.ids('connect'));
    if (connected.length > 0) return follow('connects-elsewhere', [...ids(connected), ...ids(failed)]);
    return failed.length > 0 ? follow('fails-everywhere', ids(failed)) : follow('nowhere-to-ask');
  },
};
