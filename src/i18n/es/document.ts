import { escalation } from './escalation.ts';
import type { Messages } from '../en.ts';

export const document: Messages['document'] = {
  language: 'es',
  title: (destination) => `Conexión con ${destination}`,
  from: 'Desde',
  to: 'Hacia',
  when: 'Cuándo',
  took: (seconds) => `duró ${seconds} s`,
  madeBy: (name, version) => `Hecho por ${name} ${version}.`,
  run: 'Ejecución',
  path: 'Camino',
  layer: 'Capa',
  state: 'Estado',
  finding: 'Hallazgo',
  more: (count) => (count === 1 ? '1 línea más' : `${count.toString()} líneas más`),
  timeline: 'Todo lo que se preguntó',
  timelineColumns: { id: 'Id', place: 'Lugar', question: 'Pregunta', answer: 'Respuesta', time: 'Tiempo' },
  nothingRead: 'Sin líneas: se leyó de la API.',
  remarks: 'Notas de quienes miraban',
  milliseconds: (ms) => `${ms} ms`,
  pictureAlt: 'El camino desde el origen hasta el destino, y dónde se corta',
  escalation,
};
