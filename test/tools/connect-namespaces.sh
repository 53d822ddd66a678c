#!/bin/sh
# Three network namespaces for capturing connects, as root: cn-a (client) - cn-r (router) - cn-b (server). `up` makes them, `down` removes them.
#   10.72.0.2 and fd72::2: 7002 keeps silent and ends with its peer, 9001 is dropped on the way, every other port refuses
#   10.72.0.77: the router says administratively prohibited; 10.71.0.99: no answer to ARP; 10.74.0.0/24: a prohibit route; 10.99.0.0/16: no route
set -e
[ "$1" = down ] && { for n in cn-a cn-r cn-b; do ip netns pids "$n" | xargs -r kill; ip netns delete "$n"; done; exit; }
for n in cn-a cn-r cn-b; do ip netns add "$n"; ip -n "$n" link set lo up; done
ip link add cna0 netns cn-a type veth peer name ra netns cn-r
ip link add cnb0 netns cn-b type veth peer name rb netns cn-r
address() { ip -n "$1" address add "$3" dev "$2"; ip -n "$1" -6 address add "$4" dev "$2" nodad; ip -n "$1" link set "$2" up; }
address cn-a cna0 10.71.0.2/24 fd71::2/64
address cn-r ra 10.71.0.1/24 fd71::1/64
address cn-r rb 10.72.0.1/24 fd72::1/64
address cn-b cnb0 10.72.0.2/24 fd72::2/64
ip -n cn-a route add 10.72.0.0/24 via 10.71.0.1
ip -n cn-a -6 route add fd72::/64 via fd71::1
ip -n cn-b route add 10.71.0.0/24 via 10.72.0.1
ip -n cn-b -6 route add fd71::/64 via fd72::1
ip -n cn-a route add prohibit 10.74.0.0/24
ip netns exec cn-r sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
ip netns exec cn-r iptables -A FORWARD -p tcp --dport 9001 -j DROP
ip netns exec cn-r iptables -A FORWARD -d 10.72.0.77 -j REJECT --reject-with icmp-admin-prohibited
ip netns exec cn-b node -e 'require("net").createServer((c) => c.resume()).listen(7002, "::")' &
