import type { CommandFailure } from '../../domain/command.ts';
import type { PortFailure } from '../../domain/console-ports.ts';
import type { DependencyErrorCode } from '../../domain/dependency.ts';
import type { Question } from '../../domain/question.ts';
import type { ui as englishUi } from '../en/ui.ts';

function portFailure(failure: PortFailure): string {
  switch (failure.kind) {
    case 'forbidden': {
      const where = failure.namespace === null ? '' : ` en el namespace ${failure.namespace}`;
      return `Sin permiso: no puedes hacer ${failure.verb} de ${failure.resource}${where}. Pide el verbo "${failure.verb}" sobre "${failure.resource}".`;
    }
    case 'unreachable':
      return `No se llega al servidor de la API: ${failure.detail}`;
    case 'no-cluster':
      return `No hay un kubeconfig utilizable: ${failure.detail}. Define KUBECONFIG y pulsa r, empieza desde esta máquina (arriba), o escribe :demo para ver cómo se encontraron fallos grabados.`;
    case 'not-found':
      return `No existe: ${failure.detail}`;
    case 'failed':
      return `Ha fallado: ${failure.detail}`;
  }
}

function dependencyError(code: DependencyErrorCode, detail: string): string {
  switch (code) {
    case 'empty':
      return 'Escribe a dónde debe ir la conexión, por ejemplo api.example.com:443.';
    case 'looks-like-option':
      return `"${detail}" empieza por un guion: es una opción, no un destino.`;
    case 'unknown-scheme':
      return `El esquema "${detail}" no se conoce. Para un puerto TCP cualquiera, usa tcp://host:puerto.`;
    case 'bad-host':
      return `"${detail}" no es un nombre de host ni una dirección IP.`;
    case 'bad-port':
      return `"${detail}" no es un puerto: de 1 a 65535.`;
    case 'no-port':
      return 'Falta el puerto: host:puerto.';
    case 'not-a-url':
      return 'Eso no es un destino: contiene espacios o caracteres de control.';
  }
}

function segments(sizeBytes: number | undefined): string {
  return sizeBytes === undefined ? '' : ` en segmentos de ${sizeBytes.toString()} bytes`;
}

function question(asked: Question): string {
  switch (asked.kind) {
    case 'tools':
      return '¿qué herramientas hay?';
    case 'files':
      return '¿qué dicen resolv.conf, hosts y el entorno?';
    case 'resolve':
      return `¿resuelve ${asked.name}?`;
    case 'query':
      return `¿qué responde ${asked.nameserver} a ${asked.name} ${asked.recordType}?`;
    case 'connect':
      return `¿acepta conexiones ${asked.address} en el puerto ${asked.port.toString()}?`;
    case 'request':
      return `¿qué responde ${asked.url}${segments(asked.segmentBytes)}?`;
    case 'tls':
      return `¿se completa TLS con ${asked.serverName ?? asked.address} en el puerto ${asked.port.toString()}${segments(asked.segmentBytes)}?`;
    case 'exchange':
      // Sin protocolo: si el servidor dice algo por sí mismo.
      if (asked.protocol === 'none') return `¿qué dice por sí mismo ${asked.address} en el puerto ${asked.port.toString()}?`;
      return `¿habla ${asked.protocol} ${asked.address} en el puerto ${asked.port.toString()}?`;
    case 'ping':
      return `¿responde ${asked.address} al ping?`;
    case 'trace':
      return `¿hasta dónde llegan los paquetes hacia ${asked.address}?`;
    case 'interfaces':
      return '¿están levantadas las interfaces?';
    case 'routes':
      return '¿qué rutas hay?';
    case 'neighbours':
      return '¿quién responde en el enlace?';
    case 'sockets':
      return '¿qué conexiones hay abiertas?';
    case 'processes':
      return '¿cuántos ficheros tienen abiertos sus procesos?';
    case 'conntrack':
      return `¿cómo se siguen las conexiones a ${asked.address}?`;
    case 'counters':
      return asked.attempt === 0 ? '¿qué ha contado el kernel?' : '¿qué ha contado el kernel desde entonces?';
    case 'log':
      return asked.watchMs === 0 ? '¿qué dice el log de la aplicación?' : '¿registra ahora más errores la aplicación?';
    case 'endpoints':
      return '¿adónde se conecta la aplicación?';
    case 'pod-state':
      return '¿está el pod en marcha?';
    case 'node-state':
      return '¿está listo el nodo?';
    case 'cni-state':
      return '¿está sano el plugin de red?';
    case 'proxy-state':
      return '¿está sano kube-proxy en el nodo?';
    case 'dns-server':
      return `¿qué dicen los servidores DNS del clúster sobre ${asked.name}?`;
    case 'changes':
      return '¿qué ha cambiado últimamente?';
    case 'service-at':
      return `¿qué Service tiene ${asked.address} puerto ${asked.port.toString()}?`;
    case 'cluster-dns':
      return '¿funciona el DNS del clúster?';
    case 'service':
      return `¿tiene endpoints el servicio ${asked.name}?`;
    case 'policy':
      return `¿permiten las políticas de red ${asked.transport} ${asked.address} puerto ${asked.port.toString()}?`;
  }
}

function commandFailure(failure: CommandFailure): string {
  switch (failure) {
    case 'no-such-command':
      return 'no existe la orden';
    case 'not-permitted':
      return 'sin permiso';
    case 'vantage-lost':
      return 'se perdió la conexión con el sitio';
    case 'timed-out':
      return 'terminada al agotar su tiempo';
    case 'too-much-output':
      return 'más salida de la que se guarda';
    case 'cancelled':
      return 'cancelada';
  }
}

export const ui: typeof englishUi = {
  titles: {
    namespaces: 'Namespaces',
    pods: (namespace) => `Pods de ${namespace}`,
    containers: (pod) => `Contenedores de ${pod}`,
    dependencies: '¿A dónde debe ir la conexión?',
    help: 'Teclas',
  },
  identity: { context: 'contexto', namespace: 'namespace', pod: 'pod', container: 'contenedor', node: 'nodo', none: '(ninguno)', readOnly: 'solo lectura', armed: 'cambios permitidos' },
  local: { name: 'esta máquina', about: 'la conexión sale de aquí, sin clúster' },
  via: 'prefijo de orden',
  columns: {
    name: 'NOMBRE',
    status: 'ESTADO',
    ready: 'LISTOS',
    restarts: 'REINICIOS',
    age: 'EDAD',
    node: 'NODO',
    ip: 'IP',
    namespace: 'NAMESPACE',
    cluster: 'CLÚSTER',
    key: 'TECLA',
    image: 'IMAGEN',
    kind: 'TIPO',
    state: 'ESTADO',
    destination: 'DESTINO',
    foundIn: 'APARECE EN',
  },
  containerKind: { container: 'contenedor', init: 'init', ephemeral: 'efímero' },
  lists: {
    loading: 'Cargando',
    soFar: (rows, remaining) =>
      remaining === null ? `${rows.toString()} hasta ahora` : `${rows.toString()} hasta ahora, faltan ${remaining.toString()}`,
    none: {
      contexts: 'No hay ningún contexto.',
      namespaces: 'No hay ningún namespace.',
      pods: 'Aquí no hay pods.',
      containers: 'El pod no tiene contenedores.',
      dependencies: 'El pod no nombra ningún destino en su entorno, ConfigMaps, argumentos, log ni sockets.',
    },
    noMatch: (filter) => `Nada coincide con "${filter}".`,
    useTyped: (name) => `ir al namespace "${name}"`,
    typeNamespace: 'Puedes seguir sin la lista: pulsa / y escribe el namespace.',
    count: (shown, all) => (shown === all ? all.toString() : `${shown.toString()} de ${all.toString()}`),
    filter: 'Filtro',
  },
  failure: portFailure,
  input: {
    label: 'Destino',
    hint: 'https://api.example.com/health   db.internal:5432   10.0.0.9:443   svc/orders:8080',
    found: 'Encontrados para este contenedor',
    searching: 'Buscando en el entorno del contenedor',
  },
  dependencyError,
  question,
  commandFailure,
  status: { pass: 'bien', fail: 'fallo', warn: 'aviso', unknown: 'sin saber', skipped: 'no hizo falta', waiting: 'en espera', running: 'en curso' },
  layers: { application: 'Aplicación', transport: 'Transporte', internet: 'Internet', 'network-access': 'Acceso a la red' },
  panels: { verdict: 'Veredicto', path: 'Árbol de decisión', picture: 'Camino' },
  run: {
    starting: 'empezando',
    running: 'en curso',
    completed: 'terminado',
    timedOut: 'tiempo agotado',
    interrupted: 'cancelado',
    broken: (detail) => `El diagnóstico se interrumpió: ${detail}`,
    asking: 'ahora',
    nothingAsked: 'no se preguntó nada a esta capa',
    notYet: 'nada todavía',
    exit: (code) => `código ${code.toString()}`,
    dropped: (count) => `ya no se guardan ${count.toString()} líneas anteriores`,
    more: (count) => `+${count.toString()} nuevas`,
    frozen: 'congelado',
    lines: (from, to, all) => `${from.toString()}-${to.toString()}/${all.toString()}`,
    unusable: (vantage, reason) => `no se puede usar ${vantage}: ${reason}`,
  },
  verdict: {
    status: { reachable: 'Se llega', fault: 'Fallo encontrado', inconclusive: 'Sin conclusión' },
    reachable: (host, port) => `${host} responde desde aquí en el puerto ${port.toString()}.`,
    inconclusive: 'Las pruebas no señalan una sola causa.',
    confidence: { certain: 'seguro', likely: 'probable', possible: 'posible' },
    evidence: 'Pruebas',
    next: 'Siguientes pasos',
    commands: 'Para verlo otra vez',
    ruledOut: 'Descartado',
    untestable: 'No se pudo preguntar',
    notes: 'También se observó',
    noVerdict: 'No se llegó a un veredicto.',
  },
  dialogs: {
    leaveRun: 'El diagnóstico sigue en curso. ¿Cancelarlo y volver?',
    runAgain: 'El diagnóstico sigue en curso. ¿Cancelarlo y empezar de nuevo?',
    quit: 'El diagnóstico sigue en curso. ¿Cancelarlo y salir?',
    yes: 'cancelar el diagnóstico',
    yesKey: 's',
  },
  help: {
    intro: 'Elige de dónde sale la conexión y luego a dónde va. La consola pregunta capa por capa y nombra la causa.',
  },
  tooSmall: (columns, rows) => `La ventana es de ${columns.toString()}x${rows.toString()}; lo mínimo para ver algo útil es 60x16.`,
  crashed: (detail) => `netdiag-tui se ha interrumpido: ${detail}`,
};
