#!/bin/bash
# Captures the files dialects in the namespaces of ../dns/namespaces.sh, with proxy variables set.
set -euo pipefail
cd "$(dirname "$0")"
export https_proxy='http://carol:s3cr@t@proxy.corp.example:3128' NO_PROXY='.svc,10.0.0.0/8' ALL_PROXY='carol:s3cret@socks.corp.example:1080'
export HTTP_PROXY='http://upper.corp.example:3128' http_proxy='http://lower.corp.example:3128'
node argv.ts | while IFS= read -r -d '' name && IFS= read -r -d '' count; do
  argv=()
  for _ in $(seq "$count"); do IFS= read -r -d '' word; argv+=("$word"); done
  node ../capture.ts "fixtures/$name.out" "$(case $name in *busybox*) busybox | head -1;; *python3*) python3 --version;; *bash*) bash --version | head -1;; *cat*) cat --version | head -1;; *) echo 'dash 0.5.12-2, GNU coreutils 9.1';; esac)" \
    -- ip netns exec dnscap-client -- "${argv[@]}" < /dev/null
done
