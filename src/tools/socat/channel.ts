import type { ChannelDialect } from '../../domain/dialect.ts';
import { filteredChannelArgv } from '../channel/filtered-argv.ts';
import { connectLimitSeconds } from '../connect/limit.ts';
import { parseSocat, socatAddress } from './connect.ts';

/** TCP only: for UDP socat says the same lines, which prove nothing there. -t is the wait after the end of either side, so it is shorter than elsewhere: it delays the news that the peer has closed. */
export const socatChannel: ChannelDialect = {
  id: 'socat',
  tool: 'socat',
  implementation: 'socat',
  tellsConnected: true,
  argv: ({ address, port, transport, segmentBytes }, limits, tools) => {
    if (transport === 'udp' || !/^[\w.:%-]+$/u.test(address)) return null;
    const peer = `${socatAddress(address, port)},connect-timeout=${connectLimitSeconds(limits)}${segmentBytes === undefined ? '' : `,mss=${String(segmentBytes)}`}`;
    return filteredChannelArgv(tools, ['socat', '-d', '-d', '-t', '2', 'STDIO', peer]);
  },
  parse: parseSocat,
};
