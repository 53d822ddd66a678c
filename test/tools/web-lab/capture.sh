#!/usr/bin/env bash
# capture.sh [NAME...]: makes the fixtures of curl, wget and openssl anew (all, or those whose name begins so), as root: two network
# namespaces with servers.ts in one and the tools in the other. Certificates are judged by the tool with pki/root.crt.
set -u
PATH=$(cd "$(dirname "$0")/../../.." && pwd)/node_modules/.bin:$PATH
cd "$(dirname "$0")/.."
lab=web-lab client=webcap-c server=webcap-s
export CURL_CA_BUNDLE=$lab/pki/root.crt SSL_CERT_FILE=$lab/pki/root.crt
for n in $client $server; do ip netns add $n; ip -n $n link set lo up; done
ip link add wcap0 netns $client type veth peer name wcap1 netns $server
ip -n $client addr add 192.0.2.1/24 dev wcap0; ip -n $server addr add 192.0.2.2/24 dev wcap1
ip -n $client addr add 2001:db8::1/64 dev wcap0 nodad; ip -n $server addr add 2001:db8::2/64 dev wcap1 nodad
ip -n $client link set wcap0 up; ip -n $server link set wcap1 up
ip netns exec $client ip route add unreachable 198.18.0.0/24
ip netns exec $client ip route add prohibit 198.18.1.0/24
ip netns exec $server iptables -A INPUT -p tcp --dport 9999 -j DROP
mkdir -p /etc/netns/$client; echo 'nameserver 192.0.2.2' >/etc/netns/$client/resolv.conf
printf '192.0.2.2 web.test\n2001:db8::2 both.test\n192.0.2.2 both.test\n' >/etc/netns/$client/hosts
rm -f /tmp/webcap.log
ip netns exec $server node $lab/servers.ts 192.0.2.2 >/tmp/webcap.log 2>&1 & servers=$!
trap 'kill $servers; ip netns del $client; ip netns del $server; rm -rf /etc/netns/$client' EXIT
until grep -q serving /tmp/webcap.log 2>/dev/null; do sleep 0.2; done
only=${1:-}

take() { # take FILE TOOL-LINE [capture options] -- COMMAND...
  local file=$1 tool=$2; shift 2
  [[ $(basename "$file") == "$only"* ]] || return 0
  local options=(); while [ "$1" != -- ]; do options+=("$1"); shift; done; shift
  node capture.ts "$file.out" "$tool" "${options[@]}" -- ip netns exec $client -- "$@"
}
. $lab/cases.sh
