/** Recordings that come with the program: id → the story in one sentence, told so that the verdict is not given away at once. */
export const demos = {
  healthy: 'Nothing is wrong: the application reaches its payment provider, and every layer says so.',
  'policy-denial': 'Since this morning’s rollout of policies the shop’s names resolve, but not one payment gets through.',
  'dns-down': 'Everything in the namespace fails at once, each service with another error text.',
  'expired-certificate': 'The provider’s port is open and its address is right, and yet every client hangs up.',
  'wrong-endpoint': 'The database answers every probe, and the application insists that there is no such host.',
  'service-port': 'A Service exists and its pods are ready; whoever asks it is refused.',
  'crash-loop': 'The pod is in the list, and nobody can be asked in it.',
  'one-node': 'Some replicas take payments and others never do, all of one image and one configuration.',
  'path-mtu': 'The connection opens, a small request is answered, a large answer never arrives.',
  'fake-accept': 'Every port connects at once, even those that cannot be open, and then there is silence.',
  'dead-path': 'The same address answers from outside and is silent from the cluster.',
};
