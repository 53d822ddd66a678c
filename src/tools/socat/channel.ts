import type { ChannelDialect } from '../../domain/dialect.ts';
import { filteredChannelArgv } from '../channel/filtered-argv.ts';
import { CHANNEL_LINGER_SECONDS } from '../channel/report.ts';
import { connectLimitSeconds } from '../connect/limit.ts';
import { parseSocat, socatAddress } from './connect.ts';

/** -t is the wait for the peer after our end of input. */
export const socatChannel: ChannelDialect = {
  id: 'socat',
  tool: 'socat',
  implementation: 'socat',
  tellsConnected: true,
  argv: ({ address, port, transport }, limits, tools) => {
    if (!/^[\w.:%-]+$/u.test(address)) return null;
    const peer =
      transport === 'udp'
        ? socatAddress('UDP', address, port)
        : `${socatAddress('TCP', address, port)},connect-timeout=${connectLimitSeconds(limits)}`;
    return filteredChannelArgv(tools, ['socat', '-d', '-d', '-t', String(CHANNEL_LINGER_SECONDS), 'STDIO', peer]);
  },
  parse: parseSocat,
};
