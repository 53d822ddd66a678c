import { afterColon, endpoint, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const proxy: CauseTexts<'proxy' | 'mesh'> = {
  'proxy.required': {
    title: 'La salida es por un proxy',
    wrong: 'La salida directa está cerrada; a los hosts externos se llega por un proxy que este pod no usa.',
    evidence: 'La conexión directa agota el tiempo de espera. Un pod hermano o el nodo tiene variables de proxy y, por ese proxy, la petición funciona.',
    next: [
      'Define HTTPS_PROXY, HTTP_PROXY y NO_PROXY en el Deployment: `kubectl -n <namespace> set env deployment/NAME HTTPS_PROXY=http://PROXY:PORT NO_PROXY=.svc,.cluster.local,CLUSTER-CIDRS`',
      'Comprueba que la biblioteca cliente respete esas variables; algunas necesitan el proxy en su propia configuración.',
    ],
    summary: (p) => `A ${endpoint(p)} no se llega directamente, solo por el proxy${withContrast(p, (name) => ` que usa ${name}`)}${afterColon(p)}.`,
  },
  'proxy.unreachable': {
    title: 'El proxy no responde',
    wrong: 'El pod está configurado para usar un proxy y no se puede conectar con él, o este acepta la conexión y no dice nada.',
    evidence: 'Falla la conexión a la dirección del propio proxy, antes de que se hable de la dependencia; o nada llega a través de él, ni responde cuando se le pregunta a él mismo.',
    next: [
      'Revisa el host y el puerto del proxy: `kubectl -n <namespace> exec <pod> -c <container> -- env | grep -i proxy`',
      'Diagnostica el proxy como una dependencia más: `netdiag-tui run -n <namespace> <pod> --to tcp://PROXY:PORT`',
    ],
    summary: (p) => `El proxy configurado no responde, así que no se puede llegar a ${endpoint(p)}${afterColon(p)}.`,
  },
  'proxy.denied': {
    title: 'El proxy deniega el destino',
    wrong: 'Se llegó al proxy y este no deja que este cliente vaya a ese host.',
    evidence: 'El proxy responde a CONNECT con 403, 502 o 503; o cuelga al recibirlo, y sí responde cuando se le pregunta a él mismo.',
    next: [
      'Pide al responsable del proxy que permita <host>:<port> para las direcciones de este clúster.',
      'Mira su respuesta: `curl -v https://<host>:<port>/ 2>&1 | grep -i "HTTP/"` (el primer estado es el del proxy).',
      'Con 502 y 503, pregunta si el propio proxy resuelve el host y llega a él.',
    ],
    summary: (p) => `El proxy deniega la conexión a ${endpoint(p)}${afterColon(p)}.`,
  },
  'proxy.auth-required': {
    title: 'El proxy pide credenciales',
    wrong: 'El proxy pide un usuario y una contraseña que el pod no envía, o envía mal.',
    evidence: 'El proxy responde 407.',
    next: [
      'Pon las credenciales en la URL del proxy desde un Secret: http://USER:PASSWORD@PROXY:PORT (con los caracteres especiales codificados con %).',
      'Comprueba si la cuenta ha caducado o si el proxy quiere otro esquema (NTLM, Kerberos).',
    ],
    summary: (p) => `El proxy de camino a ${endpoint(p)} exige credenciales${afterColon(p)}.`,
  },
  'proxy.no-proxy-gap': {
    title: 'Un destino interno sale por el proxy',
    wrong: 'La dependencia es interna, pero NO_PROXY no la incluye, y la petición va al proxy y falla allí.',
    evidence: 'Directamente funciona (`curl --noproxy "*"`) y por el proxy falla.',
    next: [
      'Añade <host> (o su dominio con un punto delante) a NO_PROXY y no_proxy; las bibliotecas difieren en mayúsculas, comodines y CIDR.',
      'Compara: `curl -v --noproxy "*" https://<host>:<port>/` y lo mismo sin la opción.',
    ],
    summary: (p) => `${endpoint(p)} funciona directamente, pero por un hueco en NO_PROXY va por el proxy${afterColon(p)}.`,
  },
  'mesh.blocked': {
    title: 'La malla de servicios lo bloquea',
    wrong: 'El sidecar no tiene ruta a este host, o una política de la malla lo deniega.',
    evidence: 'Hay un sidecar y es él quien responde: BlackHoleCluster, 502 “direct response”, o 403 con `server: envoy`.',
    next: [
      'Crea un ServiceEntry para <host>, o permítelo en la AuthorizationPolicy o el recurso Sidecar.',
      'Lee el log de accesos del sidecar: `kubectl -n <namespace> logs <pod> -c istio-proxy --tail=50`',
      'Revisa outboundTrafficPolicy (REGISTRY_ONLY o ALLOW_ANY).',
    ],
    summary: (p) => `La malla de servicios no deja a este pod llegar a ${endpoint(p)}${afterColon(p)}.`,
  },
  'mesh.proxy-not-ready': {
    title: 'El sidecar no está listo',
    wrong: 'El tráfico de la aplicación pasa por un sidecar que no está listo (todavía).',
    evidence: 'El contenedor del sidecar no está listo, o solo fallan los primeros segundos de vida del pod.',
    next: [
      'Mira el estado del sidecar: `kubectl -n <namespace> describe pod <pod>`',
      'Retén la aplicación hasta que el sidecar esté listo (holdApplicationUntilProxyStarts o un sidecar nativo) y reintenta al arrancar.',
    ],
    summary: (p) => `El sidecar que lleva el tráfico a ${endpoint(p)} no está listo${afterColon(p)}.`,
  },
};
