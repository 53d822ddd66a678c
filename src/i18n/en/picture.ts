import type { PictureWords } from '../../domain/path-picture/index.ts';

/** The picture of the path. */
export const picture: PictureWords = {
  stops: {
    pod: 'pod',
    machine: 'this machine',
    prefix: 'behind',
    node: 'node',
    gateway: 'gateway',
    resolver: 'nameserver',
    proxy: 'proxy',
    hop: 'router',
    silent: 'silent',
    skipped: '...',
    destination: 'destination',
  },
  silentHops: (count) => (count === 1 ? '1 router that does not answer' : `${count.toString()} routers that do not answer`),
  skippedHops: (count) => (count === 1 ? '1 more router' : `${count.toString()} more routers`),
  breaksHere: '<-- breaks here',
  arrives: '<-- answers',
  unknown: '<-- not known',
};
