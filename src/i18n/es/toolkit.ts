import { leftoverName, type Leftover, type LeftoverEnd } from '../../domain/leftover.ts';
import type { Messages } from '../en.ts';

const kinds: Readonly<Record<Leftover['kind'], string>> = { pod: 'pod', 'ephemeral-container': 'contenedor efímero' };
const states: Readonly<Record<Leftover['state'], string>> = { running: 'en marcha', waiting: 'sin arrancar', ended: 'terminado' };

function remains(end: Extract<LeftoverEnd, { kind: 'remains' }>): string {
  const why = end.detail === '' ? '' : `: ${end.detail}`;
  switch (end.reason) {
    case 'never-started':
      return 'nunca arrancó y no se puede quitar de su pod; si llegara a arrancar, termina en el acto';
    case 'not-confirmed':
      return `aún sin confirmar${why}; termina solo cuando venza su plazo`;
    case 'refused':
      return `no se borró${why}`;
  }
}

/** The emergency kit, and the traces of it. */
export const toolkit: Messages['toolkit'] = {
  kinds,
  states,
  nothingFound: (owner) => (owner === null ? 'No queda nada de netdiag-tui en el clúster.' : `No queda nada suyo (${owner}) en el clúster.`),
  found: (count) => (count === 1 ? 'Queda una cosa:' : `Quedan ${count.toString()} cosas:`),
  line: (one, isThisSession) =>
    [kinds[one.kind], leftoverName(one), one.image, states[one.state], `de ${one.owner}${isThisSession ? ' (esta sesión)' : ''}`, one.endsAt === '' ? '' : `termina solo a las ${one.endsAt}`]
      .filter((part) => part !== '')
      .join(' · '),
  unread: (detail) => `No se pudo mirar todo: ${detail}`,
  ask: (count) => (count === 1 ? '¿Borrarla? [s/N]' : `¿Borrar las ${count.toString()}? [s/N]`),
  notAgreed: 'No se borró nada. Responda a la pregunta o dé --yes.',
  dryRun: 'No se borró nada (--dry-run).',
  deleting: (name) => `Borrando ${name}.`,
  gone: (name) => `${name}: ya no está, según confirma el servidor de la API.`,
  remains: (name, end) => `${name}: queda; ${remains(end)}.`,
  up: (name, node, endsAt) => `${name} está en marcha${node === null ? '' : ` en ${node}`} y termina solo${endsAt === '' ? '' : ` a las ${endsAt}`}.`,
  alreadyUp: (name, endsAt) => `${name} ya está en marcha${endsAt === '' ? '' : `; termina solo a las ${endsAt}`}.`,
  notUp: (why) => `No hay pod de herramientas: ${why}.`,
  none: 'Aquí no hay ningún pod de herramientas suyo.',
  leftOut: (label, by) => `Se omite la etiqueta ${label}: ${by} selecciona pods por ella.`,
  console: {
    looking: 'Buscando lo que dejó netdiag-tui…',
    notLooked: (detail) => `No se puede buscar: ${detail}`,
    goesOn: 'Ya hay una limpieza en curso.',
    delete: 'Borrarlo todo',
    deleteKey: 'b',
    others: 'Buscar también lo de otras personas',
    othersKey: 'o',
    deleting: 'Borrando',
    confirmed: 'ya no está, según confirma el servidor de la API',
    allGone: 'No queda nada.',
    someRemain: (count) => (count === 1 ? 'Queda una cosa.' : `Quedan ${count.toString()} cosas.`),
    leaveTitle: 'Esta sesión creó algo que sigue en marcha.',
    deleteAndLeave: 'Borrarlo y salir',
    keepAndLeave: 'Dejarlo y salir',
    keepKey: 'd',
    leftEarlier: (count) => (count === 1 ? 'Queda algo suyo de una sesión anterior: x limpia.' : `Quedan ${count.toString()} cosas suyas de sesiones anteriores: x limpia.`),
    ending: (name) => `Terminando ${name}.`,
    remainsUntil: (name, endsAt) => `${name} puede seguir en marcha; termina solo a las ${endsAt}. O: netdiag-tui cleanup`,
  },
  leftEarlier: (names) => `De una sesión anterior suya ${names.length === 1 ? 'queda' : 'quedan'}: ${names.join(', ')}. netdiag-tui cleanup lo termina.`,
  nextCommands: 'Para usarlo y para borrarlo:',
};
