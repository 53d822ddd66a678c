#!/bin/sh
# Captures what interfaces, routes, neighbours and sockets look like in the lab: `lab.sh up && capture-links.sh`, as root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/..
LAB=${NETDIAG_LAB:-nxp}
pod() { ip netns exec $LAB-pod "$@"; }
IPROUTE='ip utility, iproute2-6.1.0'; BUSYBOX='BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1)'; NETTOOLS='net-tools 2.10'
# save FILE TOOL COMMAND...
save() { out=$tools/$1.out; version=$2; shift 2; node "$tools/capture.ts" "$out" "$version" -- ip netns exec $LAB-pod env PATH=/usr/sbin:/usr/bin:/sbin:/bin -- "$@"; }

tables() {
  save "ip/fixtures/ip-json-interfaces--$1" "$IPROUTE" ip -j addr show
  save "ip/fixtures/ip-interfaces--$1" "$IPROUTE" ip addr show
  save "ip/fixtures/ip-brief-interfaces--$1" "$IPROUTE" ip -br addr show
  save "ip/fixtures/busybox-interfaces--$1" "$BUSYBOX" busybox ip addr show
  save "ip/fixtures/ip-json-routes--$1" "$IPROUTE" ip -j route show table all
  save "ip/fixtures/ip-routes--$1" "$IPROUTE" ip route show table all
  save "ip/fixtures/ip-main-routes--$1" "$IPROUTE" ip route
  save "ip/fixtures/busybox-routes--$1" "$BUSYBOX" busybox ip route show table all
  save "ip/fixtures/ip-json-neighbours--$1" "$IPROUTE" ip -j neigh show
  save "ip/fixtures/ip-neighbours--$1" "$IPROUTE" ip neigh show
  save "ip/fixtures/busybox-neighbours--$1" "$BUSYBOX" busybox ip neigh show
  save "ifconfig/fixtures/net-tools--$1" "$NETTOOLS" ifconfig -a
  save "ifconfig/fixtures/busybox--$1" "$BUSYBOX" busybox ifconfig -a
  save "arp/fixtures/net-tools-list--$1" "$NETTOOLS" arp -an
  save "arp/fixtures/net-tools-table--$1" "$NETTOOLS" arp -n
  save "arp/fixtures/busybox--$1" "$BUSYBOX" busybox arp -an
  save "arp/fixtures/proc--$1" 'Linux 6.18' cat /proc/net/arp
  save "netstat/fixtures/route--$1" "$NETTOOLS" route -n
  save "netstat/fixtures/netstat--$1" "$NETTOOLS" netstat -rn
  save "netstat/fixtures/busybox--$1" "$BUSYBOX" busybox route -n
  for reader in sh bash busybox python3 cat; do
    for question in interfaces routes neighbours; do proc_one "$question" "$reader" "$1"; done
  done
}

# The command is the dialect's own; fixtures show the reader's name instead of the whole script.
proc_one() {
  node "$here/dialect-argv.ts" "$1" "$2-proc" >/tmp/netdiag-argv.$$
  eval "set -- \"\$1\" \"\$2\" \"\$3\" $(cat /tmp/netdiag-argv.$$)"; rm -f /tmp/netdiag-argv.$$
  question=$1 reader=$2 name=$3; shift 3
  save "proc-net/fixtures/$reader-$question--$name" 'Linux 6.18' "$@"
}

sockets() {
  save "ss/fixtures/ss--$1" "$IPROUTE" ss -tan
  save "ss/fixtures/ss-all--$1" "$IPROUTE" ss -tuanp
  save "ss/fixtures/ss-info--$1" "$IPROUTE" ss -ti
  save "ss/fixtures/netstat--$1" "$NETTOOLS" netstat -tan
  save "ss/fixtures/busybox-netstat--$1" "$BUSYBOX" busybox netstat -tan
  for reader in sh bash busybox python3 cat; do proc_one sockets "$reader" "$1"; done
}

# A gateway that answers, one that does not, a permanent neighbour.
pod ping -q -c 1 10.77.0.1 >/dev/null; pod ping -q -c 1 fd77::1 >/dev/null
pod ping -q -c 1 -W 1 10.77.0.99 >/dev/null || true
pod ip neigh replace 10.77.0.98 lladdr 02:00:00:00:00:98 dev n0 nud permanent
pod ip link add spare type veth peer name spare-end; pod ip addr add 10.78.0.1/25 dev spare
pod ip route add 10.79.0.0/16 nexthop via 10.77.0.1 dev n0 weight 1 nexthop via 10.77.0.97 dev n0 weight 1
tables usual

# Sockets: listening for both families, established, waiting for an answer, closed by the peer.
ip netns exec $LAB-dst env PATH=/usr/bin:/bin python3 "$here/peers.py" serve & server=$!
pod env PATH=/usr/bin:/bin python3 "$here/peers.py" use & client=$!
sleep 2
sockets usual
kill "$server" "$client"; wait "$server" "$client" 2>/dev/null || true

# What a pod looks like whose interface is down, has no address, has no carrier.
pod ip neigh flush all >/dev/null 2>&1; pod ip neigh del 10.77.0.98 dev n0 2>/dev/null || true
pod ip route flush 10.79.0.0/16; pod ip link del spare
pod ip link set n0 down
tables down
pod ip link set n0 up; pod ip addr flush dev n0
tables no-address
pod ip link set n0 up; ip netns exec $LAB-r1 ip link set n0 down
tables no-carrier
"$here/lab.sh" up
pod ip addr del 10.77.0.2/24 dev n0; pod ip addr add 10.77.0.2/32 dev n0
pod ip route replace 169.254.1.1 dev n0 scope link; pod ip route replace default via 169.254.1.1 dev n0 onlink
tables host-address
"$here/lab.sh" up
