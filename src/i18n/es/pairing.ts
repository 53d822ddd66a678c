import type { ProblemSentence } from '../en/cli.ts';
import type { pairing as englishPairing, pairingProblems as english } from '../en/pairing.ts';

export const pairingProblems = {
  'nothing-live': () => ({ message: 'Nadie conduce ahora una ejecución que puedas seguir.', hint: 'Quien la conduce la comparte con --share; las tuyas se siguen sin ello. Las pasadas: netdiag-tui replay' }),
  'not-live': (detail) => ({ message: `${detail} no es una ejecución que alguien conduzca ahora.`, hint: 'Lo que se puede seguir: netdiag-tui attach --list. Lo que ya acabó: netdiag-tui replay' }),
} satisfies Readonly<Record<keyof typeof english, ProblemSentence>>;

export const pairing: typeof englishPairing = {
  usage: '[FICHERO | ID] [opciones]',
  about: 'Seguir en vivo una ejecución que conduce otra terminal u otra persona. Sin nombre: la más reciente.',
  options: {
    recording: 'una ejecución en marcha: su fichero, o el id que muestra --list',
    followDriver: 'mirar donde mira quien conduce (m lo activa y lo desactiva)',
    list: 'listar las ejecuciones que se pueden seguir ahora',
    output: 'imprimir en lugar de abrir la consola: text según avanza; json, markdown, html, junit o escalation al final',
  },
  following: (driver, run) => `Siguiendo la ejecución ${run} de ${driver}`,
  heard: {
    live: (driver) => `${driver} está ahí`,
    silent: (driver) => `sin señales de ${driver}`,
    gone: (driver) => `${driver} ya no está`,
    closed: (driver) => `${driver} ha dejado esta ejecución`,
  },
  nextRun: (driver) => `${driver} conduce otra ejecución: r la sigue.`,
  mirror: '(reflejado)',
  mirroring: (driver) => `Miras donde mira ${driver}. Con m, o con una tecla que vaya a otro sitio, deja de ser así.`,
  notMirroring: 'Vuelves a mirar donde quieras.',
  chooseTitle: 'Ejecuciones que alguien conduce ahora',
  nothingLive: 'Nadie conduce ahora una ejecución que puedas seguir. Se comparten con --share.',
  noteTitle: 'Nota para quienes miran esta ejecución',
  noteHint: 'Entra en el registro con tu nombre y la hora.',
  emptyNote: 'Aún no hay nada escrito.',
  noNotes: 'Las notas son para ejecuciones en marcha.',
  noted: 'La nota queda escrita.',
  notNoted: (detail) => `No se pudo dejar la nota: ${detail}`,
  note: (by, text) => `${by}: ${text}`,
};
