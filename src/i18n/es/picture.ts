import type { picture as englishPicture } from '../en/picture.ts';

export const picture: typeof englishPicture = {
  stops: {
    pod: 'pod',
    machine: 'esta máquina',
    prefix: 'a través de',
    node: 'nodo',
    gateway: 'gateway',
    resolver: 'servidor DNS',
    proxy: 'proxy',
    hop: 'router',
    silent: 'en silencio',
    skipped: '...',
    destination: 'destino',
  },
  silentHops: (count) => (count === 1 ? '1 router que no contesta' : `${count.toString()} routers que no contestan`),
  skippedHops: (count) => (count === 1 ? '1 router más' : `${count.toString()} routers más`),
  breaksHere: '<-- se corta aquí',
  arrives: '<-- contesta',
  unknown: '<-- no se sabe',
};
