#!/bin/sh
# Captures the counters' fixtures, as root on Linux, in two network namespaces that it makes and removes. Run it from the project's folder.
#   usual: a namespace that has sent a few packets        loss: SYN packets sent again, because the peer drops them
set -eu
folder=test/tools/counters/fixtures
node=node_modules/node/bin/node
trap 'ip netns del cnt-a 2>/dev/null; ip netns del cnt-b 2>/dev/null' EXIT
ip netns add cnt-a
ip netns add cnt-b
ip -n cnt-a link add a0 type veth peer name b0 netns cnt-b
ip -n cnt-a addr add 10.74.0.1/24 dev a0
ip -n cnt-b addr add 10.74.0.2/24 dev b0
ip -n cnt-a link set a0 up
ip -n cnt-a link set lo up
ip -n cnt-b link set b0 up
ip netns exec cnt-b iptables -A INPUT -p tcp --dport 9001 -j DROP
ip netns exec cnt-a bash -c ': </dev/tcp/10.74.0.2/9000' 2>/dev/null || true

capture() { # CASE
  for reader in sh bash busybox python3 cat; do
    words=$($node test/tools/path-lab/dialect-argv.ts counters "$reader-proc")
    case $reader in
      sh) tool=$(dpkg-query -W -f '${Package} ${Version}' dash) ;;
      cat) tool=$(cat --version | head -n 1) ;;
      busybox) tool=$(busybox | head -n 1) ;;
      *) tool=$($reader --version | head -n 1) ;;
    esac
    eval "$node test/tools/capture.ts $folder/$reader--$1.out \"\$tool\" -- ip netns exec cnt-a -- $words"
  done
}
capture usual
ip netns exec cnt-a timeout 4 bash -c ': </dev/tcp/10.74.0.2/9001' 2>/dev/null || true
capture loss
