#!/bin/sh
# A chain of routers in network namespaces, for capturing what ping, traceroute and their like print on real faults.
#
#   pod ── r1 ── r2 ── r3 ── dst          IPv4 10.77.N.0/24, IPv6 fd77:N::/64, N counted from the pod
#
#   lab.sh up | down          (root, Linux)
#   ip netns exec nxp-pod COMMAND
#
# What answers how, by destination (10.77.N.M; fd77:N::M has the same N where it exists):
#   3.2 dst itself    3.4 r2 silent   3.5 half of the packets lost at r1   3.99 nobody there: host unreachable from r3
#   50.1 host unreachable at r2   51.1 no route at r2   52.1 prohibited at r2   53.1 REJECT host-prohibited   54.1 REJECT admin-prohibited
#   55.1 loop r2-r3   56.1 dies after r2   57.1 dies after r1 (blackhole in r2)   58.1 REJECT net-prohibited   59.1 REJECT proto-unreachable
#   60.1 unreachable in the pod   61.1 prohibit in the pod   62.1 blackhole in the pod   63.1 dropped by the pod's own OUTPUT chain
#   0.99 on-link, nobody there    192.0.2.1 no route in the pod (after `lab.sh no-default`)
set -eu
LAB=${NETDIAG_LAB:-nxp}  # so that two labs can stand side by side
NAMESPACES='pod r1 r2 r3 dst'
on() { name=$1; shift; ip netns exec "$LAB-$name" "$@"; }

down() {
  for name in $NAMESPACES; do ip netns del "$LAB-$name" 2>/dev/null || true; done
}

# link NUMBER LEFT RIGHT MTU: LEFT gets .1, RIGHT gets .2 of network NUMBER; the pod is .2 of network 0.
link() {
  ip link add "n$1" netns "$LAB-$2" mtu "$4" type veth peer name "n$1" netns "$LAB-$3" mtu "$4"
  on "$2" ip addr add "10.77.$1.1/24" dev "n$1"; on "$3" ip addr add "10.77.$1.2/24" dev "n$1"
  on "$2" ip addr add "fd77:$1::1/64" dev "n$1" nodad; on "$3" ip addr add "fd77:$1::2/64" dev "n$1" nodad
  on "$2" ip link set "n$1" up; on "$3" ip link set "n$1" up
}

up() {
  down
  for name in $NAMESPACES; do
    ip netns add "$LAB-$name"
    on "$name" ip link set lo up
    on "$name" sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  done
  on pod sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0
  link 0 r1 pod 1500; link 1 r1 r2 1500; link 2 r2 r3 1300; link 3 r3 dst 1500
  routes; faults
}

routes() {
  on pod ip route add default via 10.77.0.1; on pod ip -6 route add default via fd77:0::1
  on r1 ip route add 10.77.0.0/16 via 10.77.1.2; on r1 ip -6 route add fd77::/16 via fd77:1::2
  on r2 ip route add 10.77.0.0/24 via 10.77.1.1; on r2 ip -6 route add fd77:0::/64 via fd77:1::1
  on r2 ip route add 10.77.3.0/24 via 10.77.2.2; on r2 ip -6 route add fd77:3::/64 via fd77:2::2
  on r3 ip route add default via 10.77.2.1; on r3 ip -6 route add default via fd77:2::1
  on dst ip route add default via 10.77.3.1; on dst ip -6 route add default via fd77:3::1
  for host in 4 5; do on dst ip addr add "10.77.3.$host/24" dev n3; done
}

faults() {
  on r2 ip route add unreachable 10.77.50.0/24; on r2 ip -6 route add unreachable fd77:50::/64
  on r2 ip route add prohibit 10.77.52.0/24; on r2 ip -6 route add prohibit fd77:52::/64
  for net in 53 54 55 56 58 59; do on r2 ip route add "10.77.$net.0/24" via 10.77.2.2; on r2 ip -6 route add "fd77:$net::/64" via fd77:2::2; done
  on r2 ip route add blackhole 10.77.57.0/24
  on r2 iptables -A FORWARD -d 10.77.53.0/24 -j REJECT --reject-with icmp-host-prohibited
  on r2 iptables -A FORWARD -d 10.77.54.0/24 -j REJECT --reject-with icmp-admin-prohibited
  on r2 ip6tables -A FORWARD -d fd77:54::/64 -j REJECT --reject-with icmp6-adm-prohibited
  on r2 iptables -A FORWARD -d 10.77.58.0/24 -j REJECT --reject-with icmp-net-prohibited
  on r2 iptables -A FORWARD -d 10.77.59.0/24 -j REJECT --reject-with icmp-proto-unreachable
  on r3 iptables -t raw -A PREROUTING -d 10.77.56.0/24 -j DROP
  on r2 iptables -t raw -A PREROUTING -d 10.77.3.4 -m ttl --ttl-eq 1 -j DROP
  on r1 iptables -A FORWARD -d 10.77.3.5 -m statistic --mode nth --every 2 --packet 0 -j DROP
  on pod ip route add unreachable 10.77.60.0/24; on pod ip route add prohibit 10.77.61.0/24; on pod ip route add blackhole 10.77.62.0/24
  on pod iptables -A OUTPUT -d 10.77.63.0/24 -j DROP
}

case ${1-} in
  up) up ;;
  down) down ;;
  no-default) on pod ip route del default; on pod ip -6 route del default ;;
  *) sed -n '2,16p' "$0"; exit 2 ;;
esac
