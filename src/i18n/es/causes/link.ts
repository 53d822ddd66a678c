import { afterColon, endpoint, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const link: CauseTexts<'link' | 'node' | 'pod'> = {
  'link.interface-down': {
    title: 'La interfaz está caída o no tiene dirección',
    wrong: 'El pod no tiene ninguna interfaz de red que funcione, aparte de loopback.',
    evidence: '`ip addr` la muestra DOWN o sin dirección inet.',
    next: [
      'Míralo: `kubectl -n <namespace> exec <pod> -c <container> -- ip addr` (o `cat /proc/net/dev`).',
      'Borra el pod para que el CNI la prepare de nuevo; si se repite, lee el log del CNI en <node>.',
    ],
    summary: (p) => `La interfaz de red de aquí está caída o no tiene dirección, así que no se puede llegar a ${endpoint(p)}${afterColon(p)}.`,
  },
  'link.gateway-unreachable': {
    title: 'La puerta de enlace no responde',
    wrong: 'El siguiente salto no responde a ARP ni al descubrimiento de vecinos, así que no sale ningún paquete.',
    evidence: 'La puerta de enlace está FAILED o INCOMPLETE en `ip neigh`, y las conexiones fallan con “No route to host” a los 3 s.',
    next: [
      'Míralo: `kubectl -n <namespace> exec <pod> -c <container> -- ip neigh` (o `cat /proc/net/arp`).',
      'En <node>, mira el bridge y el veth del pod: `ip link`, `bridge link`, y el log del CNI.',
    ],
    summary: (p) => `La puerta de enlace no responde en el enlace, así que no se puede llegar a ${endpoint(p)}${afterColon(p)}.`,
  },
  'link.mtu-mismatch': {
    title: 'La MTU del pod es demasiado grande',
    wrong: 'El pod envía paquetes mayores de los que admite el primer enlace o túnel.',
    evidence: 'La MTU del pod es mayor que la del nodo o la del túnel, y hay un límite nítido en el tamaño.',
    next: [
      'Compara: `ip link` en el pod y en <node> (VXLAN ocupa 50 bytes, WireGuard de 60 a 80, IPIP 20).',
      'Fija la MTU en la configuración del CNI y vuelve a arrancar los pods.',
    ],
    summary: (p) => `La MTU de aquí es mayor de lo que admite el primer enlace, así que se pierden los paquetes grandes a ${endpoint(p)}${afterColon(p)}.`,
  },
  'node.not-ready': {
    title: 'El nodo no está listo',
    wrong: 'El nodo del pod no informa al plano de control, o informa de que no está listo.',
    evidence: 'La condición Ready es False o Unknown, o el lease del nodo es antiguo.',
    next: [
      'Averigua por qué: `kubectl describe node <node>`',
      'Mueve los pods y repara el nodo: `kubectl drain <node> --ignore-daemonsets --delete-emptydir-data`',
    ],
    summary: (p) => `El nodo de este pod no está listo${afterColon(p)}.`,
  },
  'node.network-unavailable': {
    title: 'La red del nodo no está configurada',
    wrong: 'El propio nodo informa de que su red no está configurada.',
    evidence: 'La condición NetworkUnavailable es True.',
    next: [
      'Mira la condición: `kubectl describe node <node>`',
      'Mira el agente del CNI o el controlador de rutas de la nube: `kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=<node>`',
    ],
    summary: (p) => `El nodo de este pod informa de que su red no está configurada${afterColon(p)}.`,
  },
  'node.cni-agent-failing': {
    title: 'Falla el agente del CNI en este nodo',
    wrong: 'El agente que prepara la red de los pods en este nodo no está sano.',
    evidence: 'El pod del agente en este nodo no está listo, o su log muestra errores.',
    next: [
      'Búscalo: `kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=<node>`',
      'Lee su log: `kubectl -n kube-system logs AGENT-POD --tail=100 --previous`',
      'Reinicia el agente; acordona el nodo hasta que esté sano: `kubectl cordon <node>`',
    ],
    summary: (p) => `Falla el agente del CNI en el nodo de este pod${afterColon(p)}.`,
  },
  'node.single-node-fault': {
    title: 'Solo fallan los pods de este nodo',
    wrong: 'El mismo pod funciona en otros nodos: el fallo es de este nodo.',
    evidence: 'Los pods hermanos de otros nodos pasan la misma prueba.',
    next: [
      'Evita que lleguen pods nuevos: `kubectl cordon <node>`, y mueve este: `kubectl -n <namespace> delete pod <pod>`',
      'Compara rutas, reglas de firewall, conntrack y el agente del CNI con un nodo bueno.',
    ],
    summary: (p) => `${endpoint(p)} falla solo desde el nodo de este pod${afterColon(p)}${withContrast(p, (name) => `; ${name}, en otro nodo, sí llega`)}.`,
  },
  'pod.not-running': {
    title: 'El pod no está en ejecución',
    wrong: 'El contenedor no está en ejecución, así que nada puede conectar desde él.',
    evidence: 'La fase del pod, el estado y el motivo del contenedor, y sus eventos.',
    next: [
      'Averigua por qué: `kubectl -n <namespace> describe pod <pod>`',
      'Lee lo último que dijo: `kubectl -n <namespace> logs <pod> -c <container> --previous`',
      'Arregla primero el pod y después vuelve a preguntar.',
    ],
    summary: (p) => `El pod no está en ejecución, así que no puede llegar a ${endpoint(p)}${afterColon(p)}.`,
  },
  'pod.sandbox-failed': {
    title: 'El pod se quedó sin red',
    wrong: 'No se pudo crear el sandbox del pod, así que no tiene red alguna.',
    evidence: 'Un evento FailedCreatePodSandBox.',
    next: [
      'Lee el evento: `kubectl -n <namespace> get events --field-selector involvedObject.name=<pod>`',
      'Mira el CNI y su gestión de direcciones en <node>: sin direcciones libres, falta el binario de un plugin, un agente que no responde.',
    ],
    summary: (p) => `No se pudo preparar la red de este pod${afterColon(p)}.`,
  },
};
