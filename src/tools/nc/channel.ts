import type { ChannelDestination, ChannelDialect } from '../../domain/dialect.ts';
import { filteredChannelArgv, plainChannelArgv } from '../channel/filtered-argv.ts';
import { CHANNEL_LINGER_SECONDS } from '../channel/report.ts';
import { connectLimitMs, connectLimitWholeSeconds } from '../connect/limit.ts';
import { busyboxArgv } from '../survey/busybox.ts';
import { parseBusyboxNc } from './busybox.ts';
import { parseNcat } from './ncat.ts';
import { parseOpenbsdNc } from './openbsd.ts';
import { parseTraditionalNc } from './traditional.ts';

const LINGER = String(CHANNEL_LINGER_SECONDS);

function destinationArgs({ address, port, transport }: ChannelDestination): readonly string[] {
  return [...(transport === 'udp' ? ['-u'] : []), address, String(port)];
}

/** -N sends our end of input on to the peer, -q bounds the wait after it; -w would end an idle channel, so the vantage bounds the connect. */
export const openbsdNcChannel: ChannelDialect = {
  id: 'nc-openbsd',
  tool: 'nc',
  implementation: 'openbsd',
  tellsConnected: true,
  argv: (destination, _limits, tools) => filteredChannelArgv(tools, ['nc', '-v', '-n', '-N', '-q', LINGER, ...destinationArgs(destination)]),
  parse: parseOpenbsdNc,
};

/** -w bounds the connect and final reads only. IPv4 only. */
export const traditionalNcChannel: ChannelDialect = {
  id: 'nc-traditional',
  tool: 'nc',
  implementation: 'traditional',
  tellsConnected: true,
  argv: (destination, _limits, tools) => {
    if (destination.address.includes(':')) return null;
    return filteredChannelArgv(tools, ['nc', '-v', '-n', '-q', LINGER, ...destinationArgs(destination)]);
  },
  parse: parseTraditionalNc,
};

function ncatChannelOf(command: 'nc' | 'ncat'): ChannelDialect {
  return {
    id: command === 'ncat' ? 'ncat' : 'nc-ncat',
    tool: command,
    implementation: 'ncat',
    tellsConnected: true,
    argv: (destination, limits, tools) => {
      const flags = ['-v', '-n', '-w', `${String(connectLimitMs(limits))}ms`, '-q', LINGER];
      return filteredChannelArgv(tools, [command, ...flags, ...destinationArgs(destination)]);
    },
    parse: parseNcat,
  };
}

export const ncatChannel = ncatChannelOf('ncat');
export const ncAsNcatChannel = ncatChannelOf('nc');

/** TCP only; says nothing when connected; -w bounds the connect alone. */
export const busyboxNcChannel: ChannelDialect = {
  id: 'nc-busybox',
  tool: 'nc',
  implementation: 'busybox',
  tellsConnected: false,
  argv: ({ address, port, transport }, limits, tools) => {
    if (transport === 'udp') return null;
    const args = ['-w', connectLimitWholeSeconds(limits), address, String(port)];
    return plainChannelArgv(tools, busyboxArgv(tools, 'nc', args));
  },
  parse: parseBusyboxNc,
};

/** Here -w would also end an idle channel: the vantage bounds the connect. */
export const busyboxExtrasNcChannel: ChannelDialect = {
  id: 'nc-busybox-extras',
  tool: 'nc',
  implementation: 'busybox-extras',
  tellsConnected: true,
  argv: (destination, _limits, tools) => filteredChannelArgv(tools, busyboxArgv(tools, 'nc', ['-v', '-v', '-n', ...destinationArgs(destination)])),
  parse: parseBusyboxNc,
};
