import type { ProblemSentence } from '../en/cli.ts';
import type { recordingProblems as english, recordings as englishRecordings } from '../en/recordings.ts';

export const recordingProblems = {
  'bad-recording': (detail) => ({ message: `La grabación no se puede usar: ${detail}.`, hint: 'El formato se describe en docs/run-file.md.' }),
  'newer-recording': (detail) => ({
    message: `La grabación es de un programa más reciente: ${detail}.`,
    hint: 'Actualiza netdiag-tui para abrirla; lo que esta versión entendiera podría ser falso.',
  }),
  'no-such-recording': (detail) => ({ message: `No hay ninguna grabación ${detail}.`, hint: 'Para ver cuáles hay: netdiag-tui runs' }),
  'recording-without-names': () => ({ message: 'La grabación tiene símbolos en lugar de nombres y direcciones: no se puede volver a decidir a partir de ella.', hint: 'Usa la grabación de la que se hizo.' }),
  'no-such-demo': (detail, suggestion) => ({ message: `No hay ninguna demostración ${detail}.`, hint: suggestion === null ? 'Para verlas: netdiag-tui demo' : `¿Querías decir ${suggestion}?` }),
  'no-demos': () => ({ message: 'Faltan las grabaciones de la demostración junto al programa.', hint: 'Vuelve a instalar netdiag-tui: están en su carpeta demos.' }),
  'no-recordings': (detail) => ({
    message: `Todavía no hay nada grabado${detail === '' ? '' : ` en ${detail}`}.`,
    hint: 'Cada ejecución se graba; también puedes ver: netdiag-tui demo',
  }),
  'cannot-record': (detail) => ({
    message: `No se puede escribir la grabación: ${detail}.`,
    hint: 'Indica un fichero nuevo en una carpeta donde puedas escribir, o usa --no-record.',
  }),
} satisfies Readonly<Record<keyof typeof english, ProblemSentence>>;

export const recordings: typeof englishRecordings = {
  unusable: {
    unreadable: (detail) => detail,
    notAFile: 'no es un fichero',
    tooLarge: (bytes, limitBytes) => `tiene ${bytes.toString()} bytes, más de los ${limitBytes.toString()} que se leen`,
    cutOff: (bytes, readBytes) => `se acortó mientras se seguía (${bytes.toString()} bytes, cuando ya se habían leído ${readBytes.toString()})`,
    empty: 'termina antes que su primera línea',
    notARecording: (detail) => `no es una grabación de netdiag-tui (${detail})`,
    badLine: (line, field, detail) => `línea ${line.toString()}${field === '' ? '' : `, campo ${field}`}: ${detail}`,
  },
  newer: (version, known, writtenBy) => `versión ${version.toString()} del formato, de ${writtenBy}; esta lee hasta la ${known.toString()}`,
  usage: {
    replay: '[FICHERO | ID] [opciones]',
    report: '[FICHERO | ID] -o FORMATO [opciones]',
    runs: '[opciones]',
    demo: '[NOMBRE] [opciones]',
  },
  about: {
    replay: 'Reproducir una ejecución grabada, en la consola o impresa. Sin nombre: la más reciente.',
    report: 'Hacer un informe de una ejecución grabada. Sin nombre: la más reciente.',
    runs: 'Listar las ejecuciones grabadas, la más reciente primero.',
    demo: 'Ver cómo se encuentran fallos reales, sin clúster y sin red. Sin nombre: lo que hay.',
  },
  options: {
    recording: 'una grabación: un fichero, o el id que muestra `runs`',
    demoName: 'uno de los nombres que lista `demo`',
    toEnd: 'imprimir la ejecución entera de una vez en lugar de reproducirla',
    redecide: 'decidir de nuevo: qué concluye el árbol de hoy con las observaciones grabadas.\nCódigo de salida: 0 el mismo veredicto, 1 otro, 2 preguntaría más',
    record: 'grabar la ejecución en este fichero nuevo (por defecto, en ~/.local/state/netdiag-tui/runs)',
    noRecord: 'no grabar la ejecución',
    share: 'dejar que otros en esta máquina sigan la ejecución y dejen notas (docs/pairing.md)',
    reportOutput: 'text, json, markdown, html, junit o escalation',
    recordedOutput: 'text, json, markdown, html, junit, escalation o recording',
    privacy: 'poner símbolos en lugar de nombres y direcciones, los mismos para lo mismo (pod-1, private-address-2)',
  },
  recorded: (path, id) => `Grabada en ${path} (netdiag-tui replay ${id})`,
  notRecorded: (detail) => `La ejecución deja de grabarse: ${detail}`,
  waitsForNames: 'Un nombre solo se puede sustituir cuando se conoce: el informe llega al acabar la ejecución.',
  torn: 'La grabación acaba a medias: el programa que la escribía se detuvo ahí.',
  outputLeftOut: 'La grabación llegó a su límite: desde cierto punto falta la salida de las herramientas.',
  unknownKinds: (kinds: string): string => `Se omiten líneas de tipos que esta versión no conoce: ${kinds}. Un netdiag-tui más reciente las lee.`,
  columns: { id: 'ID', started: 'INICIO', from: 'DESDE', to: 'HASTA', verdict: 'VEREDICTO' },
  going: 'en marcha',
  unfinished: 'sin terminar',
  unreadable: 'no se puede leer',
  demo: {
    title: 'Fallos reales, grabados por netdiag-tui mientras los encontraba:',
    how: 'Para reproducir uno: netdiag-tui demo NOMBRE',
  },
  console: {
    title: 'Ejecuciones grabadas y demostraciones',
    none: 'Aún no hay nada grabado, y faltan las demostraciones.',
    playing: 'reproduciendo',
    paused: 'en pausa',
  },
  redecision: {
    then: 'Entonces',
    now: 'Ahora',
    nothingThen: 'sin veredicto',
    notStarted: 'En la grabación no hay ninguna ejecución sobre la que decidir.',
    same: 'El mismo veredicto.',
    changed: 'El veredicto ha cambiado.',
    undecided: (node) => `sin veredicto: en «${node}» pregunta algo que entonces no se preguntó`,
    asks: 'Pregunta',
  },
};
