/** The nameservers of namespaces.sh. */
import process from 'node:process';
import { startDnsServer } from '../../lab/dns-server.ts';
import { ZONE } from './zone.ts';

await Promise.all([
  startDnsServer({ address: '10.77.0.53', port: 53, transports: ['udp', 'tcp'], rules: ZONE }),
  startDnsServer({ address: 'fd77::53', port: 53, transports: ['udp', 'tcp'], rules: ZONE }),
  startDnsServer({ address: '10.77.0.54', port: 53, transports: ['udp'], rules: ZONE }),
]);
process.stdout.write('listening\n');
