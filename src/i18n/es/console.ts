import type { console as englishConsole } from '../en/console.ts';

export const console: typeof englishConsole = {
  dialogs: {
    cancel: 'Cancelar',
    finished: 'Terminado. esc lo cierra.',
    guarded: 'Esto se abrió solo: las teclas cuentan cuando no llegue ninguna en medio segundo.',
    goesOn: 'esc lo cierra; el trabajo sigue.',
    nothingToPick: 'No hay nada que elegir.',
    itemState: { waiting: 'en espera', running: 'en curso', done: 'hecho', failed: 'falló', skipped: 'omitido', open: 'no se sabe' },
  },
  commandLine: {
    title: 'Órdenes',
    unknown: (name) => `No existe la orden "${name}". Pulsa : y luego tab para verlas, o ? para la ayuda.`,
    several: (name, names) => `"${name}" puede ser: ${names.join(', ')}.`,
  },
  lists: {
    allPods: 'Pods de todos los namespaces',
    contexts: 'Contextos',
    connectivity: 'ÚLTIMA EJECUCIÓN',
    askedBefore: 'ya pedido en esta sesión',
    copied: (name) => `Copiado ${name}`,
    stale: (time, ago) => `Reconectando: el clúster no responde desde las ${time} (${ago}).`,
  },
  run: {
    parsed: 'leído',
    because: 'por',
    copied: (lines) => `Copiadas ${lines.toString()} líneas. Si tu terminal no admite copias, Y las muestra como texto simple.`,
    tooLong: 'Demasiado largo para que un terminal lo copie. Y lo muestra como texto simple.',
    plainTitle: 'Texto simple, para seleccionar con el ratón',
    notFound: (text) => `"${text}" no está aquí.`,
    search: 'Buscar',
  },
  commands: {
    namespaces: 'los namespaces; con un NOMBRE, sus pods',
    contexts: 'los contextos del kubeconfig',
    pods: 'los pods de este namespace, o de NOMBRE',
    local: 'empezar la conexión en esta máquina',
    cleanup: 'borrar lo que netdiag-tui creó en el clúster',
    runs: 'reproducir una ejecución grabada o una demostración',
    attach: 'seguir una ejecución que alguien conduce ahora',
    demo: 'ver cómo se encontraron fallos grabados, sin clúster',
    shell: 'una shell en el pod',
    all: 'preguntar lo mismo desde todas las réplicas del pod',
    access: 'cómo se entró en el pod, y otras vías',
    help: 'todas las teclas y órdenes',
    quit: 'salir de la consola',
  },
};
