import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { linkFault } from '../link-fault.ts';
import { connections, idsOf } from '../reading.ts';
import { silentAddress } from '../silence.ts';

/** The guide's layer 1, as far as the pod itself can see it: its interface, and its gateway's link address. */
export const linkInterfaces: TreeNode = {
  id: 'link.interfaces',
  layer: 'network-access',
  branches: [
    { id: 'up', goto: 'tcp.elsewhere', causes: [] },
    { id: 'down', goto: null, causes: ['link.interface-down', 'ip.no-route'] },
    { id: 'gateway-silent', goto: null, causes: ['link.gateway-unreachable'] },
    { id: 'on-link', goto: null, causes: ['ip.cidr-overlap', 'tcp.host-silent'] },
    { id: 'cannot-tell', goto: 'tcp.elsewhere', causes: [] },
  ],
  decide(look) {
    const address = silentAddress(look);
    const found = linkFault(look, address);
    if (found === 'wait') return WAIT;
    const interfaces = look.peek({ kind: 'interfaces' });
    if (found === null) {
      const readable = (interfaces?.fact('interfaces') ?? null) !== null;
      return readable ? follow('up', interfaces?.ids('interfaces')) : follow('cannot-tell', interfaces?.ids());
    }
    const evidence = [...found.evidence, ...idsOf(connections(look))];
    const details = { detail: found.detail, address: address ?? undefined };
    switch (found.cause) {
      case 'link.interface-down':
      case 'ip.no-route':
        return fault(look, 'down', found.cause, 'certain', evidence, details);
      case 'link.gateway-unreachable':
        return fault(look, 'gateway-silent', found.cause, 'certain', evidence, details);
      case 'ip.cidr-overlap':
      case 'tcp.host-silent':
        return fault(look, 'on-link', found.cause, 'likely', evidence, details);
    }
  },
};
