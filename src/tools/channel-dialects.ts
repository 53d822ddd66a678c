import type { ChannelDialect } from '../domain/dialect.ts';
import { bashChannel } from './bash/channel.ts';
import { busyboxExtrasNcChannel, busyboxNcChannel, traditionalNcChannel } from './nc/channel.ts';
import { nodeChannel } from './node/channel.ts';
import { perlChannel } from './perl/channel.ts';
import { python3Channel, pythonChannel } from './python3/channel.ts';
import { socatChannel } from './socat/channel.ts';

/**
 * Ways to carry bytes, in order of preference: those that close half a connection and bound the connect come first. Not among them, because
 * they do not end when the peer closes while their input is open, so that a closed connection would look like a silent one: OpenBSD's nc
 * (tried: Debian 1.219) and Ncat (7.93).
 */
export const channelDialects: readonly ChannelDialect[] = [
  perlChannel,
  python3Channel,
  pythonChannel,
  socatChannel,
  bashChannel,
  busyboxNcChannel,
  busyboxExtrasNcChannel,
  traditionalNcChannel,
  nodeChannel,
];
