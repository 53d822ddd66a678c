/**
 * What the kernel's connection tracking knows of one address: how full its table is, its counters, and the connections there. Argument: the
 * address. Counters are for everybody; the list takes root, and then either conntrack(8) or the kernel's own file (CONFIG_NF_CONNTRACK_PROCFS).
 *
 *     netdiag-conntrack 1
 *     count 137
 *     limit 262144
 *     stat entries  clashres found new ...               /proc/net/stat/nf_conntrack: names, then a line of hexadecimals for each CPU
 *     flows listed                                       or `flows hidden`
 *     flow tcp      6 117 SYN_SENT src=10.42.0.7 dst=192.0.2.9 sport=40000 dport=443 [UNREPLIED] src=192.0.2.9 dst=172.16.1.2 sport=443 dport=40000 ...
 *     netdiag-conntrack end
 *
 * cat, because a shell's own `read` asks byte by byte, and the kernel gives the first byte of such a file only.
 */
export const CONNTRACK_SCRIPT = `
PATH=$PATH:/usr/sbin:/sbin
echo netdiag-conntrack 1
one() { value=$(cat "$2" 2>/dev/null) && printf '%s %s\\n' "$1" "$value"; }
one count /proc/sys/net/netfilter/nf_conntrack_count
one limit /proc/sys/net/netfilter/nf_conntrack_max
[ -r /proc/net/stat/nf_conntrack ] && while IFS= read -r line; do printf 'stat %s\\n' "$line"; done < /proc/net/stat/nf_conntrack
if flows=$(conntrack -L -d "$1" 2>/dev/null); then echo flows listed
elif [ -r /proc/net/nf_conntrack ]; then echo flows listed; flows=$(grep -F " dst=$1 " /proc/net/nf_conntrack)
else echo flows hidden; flows=
fi
printf '%s\\n' "$flows" | while IFS= read -r line; do [ -n "$line" ] && printf 'flow %s\\n' "$line"; done
echo netdiag-conntrack end
`;
