import type { ChannelDialect } from '../domain/dialect.ts';
import { bashChannel } from './bash/channel.ts';
import { busyboxExtrasNcChannel, busyboxNcChannel, ncAsNcatChannel, ncatChannel, openbsdNcChannel, traditionalNcChannel } from './nc/channel.ts';
import { nodeChannel } from './node/channel.ts';
import { perlChannel } from './perl/channel.ts';
import { python3Channel, pythonChannel } from './python3/channel.ts';
import { socatChannel } from './socat/channel.ts';

/** Ways to carry bytes, in order of preference: those that close half a connection and bound the connect come first. */
export const channelDialects: readonly ChannelDialect[] = [
  perlChannel,
  python3Channel,
  pythonChannel,
  socatChannel,
  bashChannel,
  openbsdNcChannel,
  ncatChannel,
  ncAsNcatChannel,
  traditionalNcChannel,
  busyboxExtrasNcChannel,
  nodeChannel,
  busyboxNcChannel,
];
