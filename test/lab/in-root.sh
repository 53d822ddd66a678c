#!/bin/sh
# in-root.sh ROOT COMMAND...: runs a command with another file system, below `ip netns exec`, whose mounts are its own. Names, hosts and trust are the namespace's.
root=$1
shift
for file in /etc/resolv.conf /etc/hosts; do
  [ -e "$root$file" ] || : > "$root$file"
  mount --bind "$file" "$root$file" || exit 125
done
for folder in /etc/ssl /proc /sys /dev; do
  mkdir -p "$root$folder" && mount --rbind "$folder" "$root$folder" || exit 125
done
exec chroot "$root" "$@"
