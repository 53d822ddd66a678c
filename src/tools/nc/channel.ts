import type { ChannelDialect } from '../../domain/dialect.ts';
import { executedChannelArgv } from '../channel/executed-argv.ts';
import { filteredChannelArgv } from '../channel/filtered-argv.ts';
import { CHANNEL_LINGER_SECONDS } from '../channel/report.ts';
import { connectLimitWholeSeconds } from '../connect/limit.ts';
import { busyboxArgv } from '../survey/busybox.ts';
import { parseBusyboxNc } from './busybox.ts';
import { parseTraditionalNc } from './traditional.ts';

/** IPv4 and TCP only. -w would end an idle channel as well, so the vantage bounds the connect; -q bounds the wait after our end of input. */
export const traditionalNcChannel: ChannelDialect = {
  id: 'nc-traditional',
  tool: 'nc',
  implementation: 'traditional',
  tellsConnected: true,
  argv: ({ address, port, transport, segmentBytes }, _limits, tools) => {
    if (segmentBytes !== undefined || transport === 'udp' || address.includes(':')) return null;
    return filteredChannelArgv(tools, ['nc', '-v', '-n', '-q', String(CHANNEL_LINGER_SECONDS), address, String(port)]);
  },
  parse: parseTraditionalNc,
};

/** Debian's build, TCP only. -e starts our pump once the connection is made; -w bounds the connect alone. */
export const busyboxNcChannel: ChannelDialect = {
  id: 'nc-busybox',
  tool: 'nc',
  implementation: 'busybox',
  tellsConnected: true,
  argv: ({ address, port, transport, segmentBytes }, limits, tools) => {
    if (segmentBytes !== undefined || transport === 'udp') return null;
    const args = ['-w', connectLimitWholeSeconds(limits), address, String(port), '-e'];
    return executedChannelArgv(tools, busyboxArgv(tools, 'nc', args));
  },
  parse: parseBusyboxNc,
};

/** The same of Alpine's build, which carries datagrams as well, and says at -vv alone that a connection was refused. */
export const busyboxExtrasNcChannel: ChannelDialect = {
  id: 'nc-busybox-extras',
  tool: 'nc',
  implementation: 'busybox-extras',
  tellsConnected: true,
  argv: ({ address, port, transport, segmentBytes }, limits, tools) => {
    if (segmentBytes !== undefined) return null;
    const args = [...(transport === 'udp' ? ['-u'] : []), '-v', '-v', '-n', '-w', connectLimitWholeSeconds(limits), address, String(port), '-e'];
    return executedChannelArgv(tools, busyboxArgv(tools, 'nc', args));
  },
  parse: parseBusyboxNc,
};
