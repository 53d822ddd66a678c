/** The counters that tell of trouble on a connection, of some three hundred that there are. */
export const TELLING_COUNTERS: readonly string[] = [
  // what was sent again, or given up (RFC 4022; snmp_counter.rst)
  ...['TcpActiveOpens', 'TcpAttemptFails', 'TcpEstabResets', 'TcpOutSegs', 'TcpRetransSegs', 'TcpInErrs', 'TcpInCsumErrors', 'TcpOutRsts'],
  ...['TcpExtTCPTimeouts', 'TcpExtTCPSynRetrans', 'TcpExtTCPLostRetransmit', 'TcpExtTCPFastRetrans', 'TcpExtTCPSpuriousRTOs'],
  ...['TcpExtTCPAbortOnTimeout', 'TcpExtTCPAbortOnData', 'TcpExtTCPAbortFailed', 'TcpExtTCPMTUPFail', 'TcpExtTCPMTUPSuccess', 'TcpExtTCPChallengeACK'],
  // queues of this end that were full
  ...['TcpExtListenOverflows', 'TcpExtListenDrops', 'TcpExtTCPBacklogDrop', 'TcpExtTCPReqQFullDrop', 'TcpExtTCPRcvQDrop', 'TcpExtTCPMemoryPressures', 'TcpExtTCPTimeWaitOverflow'],
  // packets that the kernel would not take or could not send
  ...['TcpExtIPReversePathFilter', 'IpInHdrErrors', 'IpInAddrErrors', 'IpInDiscards', 'IpOutDiscards', 'IpOutNoRoutes', 'IpReasmFails', 'IpFragFails', 'IpExtInNoRoutes', 'IpExtInCsumErrors'],
  ...['Ip6InNoRoutes', 'Ip6OutNoRoutes', 'Ip6OutDiscards', 'Ip6InTooBigErrors', 'Ip6FragFails'],
  // what routers and hosts said
  ...['IcmpInDestUnreachs', 'IcmpInTimeExcds', 'IcmpOutDestUnreachs', 'Icmp6InDestUnreachs', 'Icmp6InPktTooBigs', 'Icmp6InTimeExcds'],
  ...['UdpInErrors', 'UdpNoPorts', 'UdpRcvbufErrors', 'UdpSndbufErrors', 'UdpInCsumErrors', 'Udp6InErrors', 'Udp6NoPorts'],
];
