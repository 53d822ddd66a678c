import type { Messages } from '../en.ts';

const times = (count: number): string => (count > 1 ? ` (×${String(count)})` : '');

const ago = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `hace ${String(seconds)} s`;
  if (seconds < 7_200) return `hace ${String(Math.round(seconds / 60))} min`;
  return seconds < 172_800 ? `hace ${String(Math.round(seconds / 3600))} h` : `hace ${String(Math.round(seconds / 86_400))} d`;
};

export const dependencies: Messages['dependencies'] = {
  heading: (pod, container, count) => `${pod}, contenedor ${container}: ${count === 1 ? '1 destino' : `${String(count)} destinos`}`,
  none: 'Ni su configuración, ni su log, ni sus sockets nombran un destino. Indícalo con --to.',
  states: {
    failing: 'falla ahora',
    'failed-before': 'falló antes',
    'in-use': 'en uso',
    configured: 'configurado',
    allowed: 'permitido por la malla',
  },
  ago,
  meanings: {
    ok: 'funcionó',
    refused: 'rechazada',
    timeout: 'tiempo agotado',
    unreachable: 'sin ruta',
    reset: 'cortada',
    dns: 'nombre sin resolver',
    'tls-expired': 'certificado fuera de fecha',
    'tls-untrusted': 'certificado no fiable',
    'tls-hostname': 'certificado de otro nombre',
    'tls-handshake': 'falló el saludo TLS',
    'http-status': 'estado de error',
    other: 'no es un error de red',
  },
  foundIn: (found) => {
    switch (found.kind) {
      case 'variable':
        return found.source === 'value' ? `variable ${found.name}` : `variable ${found.name} de ${found.source}`;
      case 'file':
        return `${found.path}${found.name === null ? '' : ` ${found.name}`} de ${found.source}`;
      case 'argument':
        return found.name === null ? 'línea de comandos' : `línea de comandos, ${found.name}`;
      case 'log': {
        const when = found.error.ageMs === null ? '' : ` ${ago(found.error.ageMs)}`;
        return `${found.error.previous ? 'log anterior al reinicio' : 'log'}${when}: ${found.error.text}`;
      }
      case 'socket':
        return `socket ${found.state} a ${found.address}:${String(found.port)}${times(found.count)}`;
      case 'service-entry':
        return `ServiceEntry ${found.name}`;
    }
  },
  errors: (count) => (count === 1 ? '1 error en el log' : `${String(count)} errores en el log`),
  hidden: (source, names) =>
    names === null ? `${source}: no se leen ni sus claves ni sus valores; si hay un destino en él, hay que escribirlo.` : `${source}: ${names.join(', ')} (los valores de los Secrets no se leen)`,
  hiddenTitle: 'En Secrets',
  unreadableTitle: 'No se ha podido leer',
  next: (command) => `Diagnosticar el primero que falla: ${command}`,
  chosen: (url, reason, others) => {
    const why = { failing: 'falla ahora', 'failed-before': 'falló antes y ahora no falla nada', only: 'nada falla y es el único' }[reason];
    return `Destino elegido por --to auto: ${url}, porque ${why}${others === 0 ? '' : ` (${String(others)} más: netdiag-tui dependencies)`}.`;
  },
};
