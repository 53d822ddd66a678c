#!/bin/bash
# Two network namespaces for capturing resolvers' outputs, and the nameservers in one of them; root, Linux.
#
#     test/tools/dns/namespaces.sh up      # then: ip netns exec dnscap-client dig @10.77.0.53 api.lab.example.
#     test/tools/dns/namespaces.sh down
#
#   10.77.0.53  UDP and TCP       10.77.0.54  UDP alone (TCP closed)    10.77.0.55  nothing listens
#   10.77.0.56  packets dropped   10.77.0.99  no such host              192.0.2.53  no route
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
client=dnscap-client server=dnscap-server
state=/tmp/dnscap

down() {
  if [ -f $state/pid ]; then kill "$(cat $state/pid)" 2>/dev/null || true; fi
  ip netns delete $client 2>/dev/null || true
  ip netns delete $server 2>/dev/null || true
  rm -rf $state /etc/netns/$client
}

up() {
  down
  mkdir -p $state /etc/netns/$client
  ip netns add $client
  ip netns add $server
  ip link add eth0 netns $client type veth peer name eth0 netns $server
  ip -n $client address add 10.77.0.1/24 dev eth0
  for last in 53 54 55 56; do ip -n $server address add 10.77.0.$last/24 dev eth0; done
  for space in $client $server; do ip -n $space link set lo up; ip -n $space link set eth0 up; done
  ip -n $client -6 address add fd77::1/64 dev eth0 nodad
  ip -n $server -6 address add fd77::53/64 dev eth0 nodad
  # The addresses in the answers have a route, so that tools that connect to them get as far as that; nobody answers there.
  ip -n $client route add 203.0.113.0/24 via 10.77.0.53
  ip -n $client -6 route add 2001:db8::/32 via fd77::53
  ip netns exec $server iptables -A INPUT -d 10.77.0.56 -j DROP
  printf 'nameserver 10.77.0.53\nsearch shop.lab.example lab.example\noptions ndots:5 timeout:1 attempts:1\n' > /etc/netns/$client/resolv.conf
  printf '127.0.0.1\tlocalhost\n203.0.113.99\tpinned.lab.example pinned\n' > /etc/netns/$client/hosts
  printf 'hosts: files dns\n' > /etc/netns/$client/nsswitch.conf
  ip netns exec $server node "$here/nameservers.ts" > $state/log 2>&1 & echo $! > $state/pid
  for _ in $(seq 50); do grep -q listening $state/log && return; sleep 0.1; done
  cat $state/log >&2; return 1
}

"$1"
