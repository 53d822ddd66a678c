/** The shell commands that make a plan real. They are the lab's own constants and drawn numbers: nothing in them comes from outside. */
import { allPlaces, namespaceOf, NET4, NET6, net4, net6, v4, v6, type Place, type Plan, type Segment } from './plan.ts';

/** Makes the namespaces and their links; the link between the first two routers is the delay relay's. */
export function linkCommands(plan: Plan): string[] {
  const ns = (place: Place | number): string => namespaceOf(plan, place);
  const veth = (a: Place | number, aName: string, b: Place | number, bName: string): string =>
    `ip -n ${ns(a)} link add ${aName} type veth peer name ${bName} netns ${ns(b)}`;
  const commands = allPlaces(plan).flatMap((place) => [
    `ip netns add ${ns(place)}`,
    // Addresses are usable at once, no ICMP is held back by rate, and nothing is filtered by where it came from.
    `ip netns exec ${ns(place)} sh -c 'for f in ${ZERO.join(' ')}; do echo 0 > /proc/sys/net/$f; done; ${forwards(place) ? FORWARD : PING_GROUPS}'`,
    `ip -n ${ns(place)} link set lo up`,
  ]);
  commands.push(veth('pod', 'eth0', 'node', 'vethpod'), veth('pod2', 'eth0', 'node', 'vethpod2'), veth('node', 'eth0', 1, 'eth0'));
  commands.push(veth(1, 'eth1', 'lan', 'eth0'));
  for (let index = 2; index < plan.routers; index += 1) commands.push(veth(index, 'eth2', index + 1, 'eth0'));
  commands.push(veth(plan.routers, 'eth3', 'srv', 'eth0'), veth(plan.routers, 'eth4', 'out', 'eth0'));
  return commands;
}

const ZERO = [
  'ipv6/conf/default/accept_dad',
  'ipv6/conf/all/accept_dad',
  'ipv4/icmp_ratelimit',
  'ipv6/icmp/ratelimit',
  'ipv4/conf/all/rp_filter',
  'ipv4/conf/default/rp_filter',
] as const;
const FORWARD = 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding';
const PING_GROUPS = 'echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range';

function forwards(place: Place | number): boolean {
  return typeof place === 'number' || place === 'node';
}

export function addressCommands(plan: Plan): string[] {
  const commands: string[] = [];
  const on = (place: Place | number, device: string, segment: Segment, host: number): void => {
    const ns = namespaceOf(plan, place);
    commands.push(
      `ip -n ${ns} addr add ${v4(segment, host)}/${String(NET4)} dev ${device}`,
      `ip -n ${ns} addr add ${v6(segment, host)}/${String(NET6)} dev ${device} nodad`,
      `ip -n ${ns} link set ${device} up`,
    );
  };
  on('node', 'eth0', plan.uplink, 2);
  on(1, 'eth0', plan.uplink, 1);
  on(1, 'eth1', plan.services, 1);
  on('lan', 'eth0', plan.services, 2);
  plan.transit.forEach((segment, index) => {
    on(index + 1, index === 0 ? 'wan0' : 'eth2', segment, 1);
    on(index + 2, index === 0 ? 'wan0' : 'eth0', segment, 2);
  });
  on(plan.routers, 'eth3', plan.servers, 1);
  on('srv', 'eth0', plan.servers, 2);
  on(plan.routers, 'eth4', plan.outside, 1);
  on('out', 'eth0', plan.outside, 2);
  return [...commands, ...podCommands(plan), ...routeCommands(plan), ...masqueradeCommands(plan)];
}

function podCommands(plan: Plan): string[] {
  const node = namespaceOf(plan, 'node');
  const gateway4 = v4(plan.pods, 1);
  const gateway6 = v6(plan.pods, 1);
  const numbers = { pod: plan.podNumber, pod2: plan.pod2Number } as const;
  const commands = plan.attach === 'bridge'
    ? [
        `ip -n ${node} link add cni0 type bridge`,
        `ip -n ${node} addr add ${gateway4}/${String(NET4)} dev cni0`,
        `ip -n ${node} addr add ${gateway6}/${String(NET6)} dev cni0 nodad`,
        `ip -n ${node} link set cni0 up`,
      ]
    : [];
  for (const place of ['pod', 'pod2'] as const) {
    const ns = namespaceOf(plan, place);
    const nodeEnd = `veth${place}`;
    const bits = plan.attach === 'bridge' ? [NET4, NET6] : [32, 128];
    commands.push(
      ...(plan.attach === 'bridge' ? [`ip -n ${node} link set ${nodeEnd} master cni0`] : []),
      `ip -n ${node} link set ${nodeEnd} up`,
      `ip -n ${ns} addr add ${v4(plan.pods, numbers[place])}/${String(bits[0])} dev eth0`,
      `ip -n ${ns} addr add ${v6(plan.pods, numbers[place])}/${String(bits[1])} dev eth0 nodad`,
      `ip -n ${ns} link set eth0 up`,
    );
    if (plan.attach === 'veth') {
      commands.push(
        `ip -n ${node} addr add ${gateway4}/32 dev ${nodeEnd}`,
        `ip -n ${node} addr add ${gateway6}/128 dev ${nodeEnd} nodad`,
        `ip -n ${node} route add ${v4(plan.pods, numbers[place])}/32 dev ${nodeEnd}`,
        `ip -n ${node} -6 route add ${v6(plan.pods, numbers[place])}/128 dev ${nodeEnd}`,
        `ip -n ${ns} route add ${gateway4}/32 dev eth0`,
        `ip -n ${ns} -6 route add ${gateway6}/128 dev eth0`,
      );
    }
    commands.push(`ip -n ${ns} route add default via ${gateway4}`, `ip -n ${ns} -6 route add default via ${gateway6}`);
  }
  return commands;
}

/** Inwards every router knows the ways; outwards there is a default, up to the last router, which knows its own networks only. */
function routeCommands(plan: Plan): string[] {
  const commands: string[] = [];
  const via = (place: Place | number, to: string, segment: Segment, host: number): void => {
    const ns = namespaceOf(plan, place);
    const [to4, to6] = to === 'default' ? ['default', 'default'] : to.split(' ');
    commands.push(`ip -n ${ns} route add ${to4 ?? ''} via ${v4(segment, host)}`, `ip -n ${ns} -6 route add ${to6 ?? ''} via ${v6(segment, host)}`);
  };
  const both = (segment: Segment): string => `${net4(segment)} ${net6(segment)}`;
  via('node', 'default', plan.uplink, 1);
  via('lan', 'default', plan.services, 1);
  via('srv', 'default', plan.servers, 1);
  via('out', 'default', plan.outside, 1);
  plan.transit.forEach((segment, index) => {
    via(index + 1, 'default', segment, 2);
    for (const inner of [plan.uplink, plan.services, ...plan.transit.slice(0, index)]) via(index + 2, both(inner), segment, 1);
  });
  return commands;
}

function masqueradeCommands(plan: Plan): string[] {
  const node = namespaceOf(plan, 'node');
  return [
    `ip netns exec ${node} iptables -w -t nat -A POSTROUTING -s ${net4(plan.pods)} -o eth0 -j MASQUERADE`,
    `ip netns exec ${node} ip6tables -w -t nat -A POSTROUTING -s ${net6(plan.pods)} -o eth0 -j MASQUERADE`,
  ];
}
