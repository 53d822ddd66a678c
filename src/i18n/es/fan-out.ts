import type { Messages } from '../en.ts';

const scopes: Messages['fanOut']['scopes'] = { all: 'todas las réplicas', 'per-node': 'un pod de cada nodo' };

const states: Messages['fanOut']['states'] = { waiting: 'espera', running: 'preguntando', ended: 'sin veredicto', 'not-run': 'no se pudo preguntar' };

const patterns: Messages['fanOut']['patterns'] = {
  none: (_, all) => `Los ${String(all)} pods llegan.`,
  everywhere: (_, all) => `Fallan los ${String(all)} pods.`,
  'one-node': (pods, all, node) => `Solo fallan los pods del nodo ${node} (${String(pods)} de ${String(all)}).`,
  'some-pods': (pods, all) => `Fallan ${String(pods)} de ${String(all)} pods.`,
  unknown: (pods, all) => `No consta que falle ningún pod, pero ${String(pods)} de ${String(all)} no llegaron a un veredicto claro.`,
};

export const fanOut: Messages['fanOut'] = {
  scopes,
  states,
  patterns,
  heading: (workload, scope, pods, nodes) => `${workload}: ${scopes[scope]}, ${String(pods)} en ${String(nodes)} nodos`,
  columns: { pod: 'Pod', node: 'Nodo', verdict: 'Veredicto' },
  noNode: 'sin nodo',
  standIn: 'lo suple; otras etiquetas',
  uncovered: (nodes) => `No hay pod desde el que preguntar en: ${nodes}`,
  differ: (causes) => `No encuentran lo mismo: ${causes}.`,
  one: 'Todo sobre uno de ellos',
  console: {
    title: (dependency) => `Desde todas las réplicas: ${dependency}`,
    planning: 'Buscando las réplicas',
    onlyForPods: 'Hace falta un pod: pregunta lo mismo desde todas las réplicas de su carga de trabajo.',
    goesOn: 'Ya se está preguntando a las réplicas.',
    closing: 'Al cerrar esto terminan las ejecuciones que siguen en marcha.',
    stopped: (known: number, all: number): string => `Detenido: ${String(known)} de ${String(all)} pods llegaron a un veredicto. Sus ejecuciones quedan grabadas.`,
    failed: (detail) => `No se pudo preguntar a las réplicas: ${detail}`,
  },
};
