import { afterColon, endpoint, inBrackets, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const tcp: CauseTexts<'tcp' | 'udp'> = {
  'tcp.refused': {
    title: 'Nadie escucha en ese puerto',
    wrong: 'El host responde que nadie escucha en este puerto.',
    evidence: 'Un RST tras el tiempo de ida y vuelta del propio camino, igual desde un contraste, mientras el host responde a otras cosas.',
    next: [
      'Revisa el puerto: una errata, o el servicio se ha mudado.',
      'Pide al responsable que arranque el servicio o que mire en qué escucha: `ss -ltn` en <host>. Un servicio ligado a 127.0.0.1 rechaza a todos los demás.',
      'Pruébalo otra vez: `nc -vz <host> <port>`',
    ],
    limits: 'Un firewall cercano puede rechazar en nombre del host. Otro punto de prueba, o el tiempo de la respuesta frente al del camino, los distingue.',
    summary: (p) => `${endpoint(p)}${inBrackets(p)} rechaza la conexión${withContrast(p, (name) => `, también desde ${name}`)}: ahí no escucha nadie${afterColon(p)}.`,
  },
  'tcp.rejected-on-path': {
    title: 'Un firewall rechaza la conexión',
    wrong: 'Algo en el camino rechaza la conexión en lugar del servidor.',
    evidence: 'Un mensaje ICMP de puerto, host o prohibición; o un RST mucho más rápido que el camino; o rechazado aquí y abierto en otro sitio.',
    next: [
      'Pide al responsable del firewall que permita las direcciones de este clúster hacia <address>, puerto <port>.',
      'Averigua quién responde: `traceroute -T -p <port> <host>`',
      'Revisa security groups, egress gateways y NetworkPolicies de un CNI que rechace en vez de descartar.',
    ],
    summary: (p) => `Un firewall en el camino rechaza las conexiones a ${endpoint(p)}${inBrackets(p)}${afterColon(p)}${withContrast(p, (name) => `; desde ${name} sí se llega`)}.`,
  },
  'tcp.filtered': {
    title: 'Se descartan los paquetes a este puerto',
    wrong: 'Los paquetes a este puerto se pierden sin respuesta, desde aquí y desde otros sitios.',
    evidence: 'Tiempo de espera agotado desde todos los puntos de prueba, mientras responde otro puerto u otro host del mismo camino.',
    next: [
      'Pregunta al responsable del destino por su firewall o security group para el puerto <port>, indicando la dirección con la que sale tu clúster.',
      'Mira hasta dónde llegan los paquetes: `traceroute -T -p <port> <host>`',
      'Asegúrate del puerto: un servicio que se ha mudado suele quedar filtrado, no rechazado.',
    ],
    limits: 'Desde fuera, un firewall que descarta, un host que ignora el puerto y un servidor saturado cuya cola de conexiones está llena se ven igual.',
    summary: (p) => `Los paquetes a ${endpoint(p)}${inBrackets(p)} se descartan${withContrast(p, (name) => `, también desde ${name}`)}${afterColon(p)}.`,
  },
  'tcp.host-silent': {
    title: 'La dirección no responde a nada',
    wrong: 'En esta dirección no responde nadie, en ningún puerto, desde ningún sitio al que alcancemos.',
    evidence: 'Ningún puerto, ningún ping y ningún salto tras el último router, desde todos los puntos de prueba.',
    next: [
      'Comprueba que la dirección sea la correcta: `dig +short <host>` y la lista actual del proveedor.',
      'Pregunta al responsable del host si está encendido.',
      'Mira dónde termina el camino: `traceroute <address>`',
    ],
    limits: 'Un firewall que lo descarta todo se ve igual que un host apagado, y también un router Linux al que no le quedan errores ICMP: véase ip.unreachable.',
    summary: (p) => `${p.host}${inBrackets(p)} no responde a nada, ni en el puerto ${String(p.port)} ni de otro modo${withContrast(p, (name) => `, tampoco desde ${name}`)}${afterColon(p)}.`,
  },
  'tcp.filtered-from-pods': {
    title: 'Solo se descarta a los pods',
    wrong: 'Al destino se llega desde el nodo o desde esta máquina, pero no desde los pods, y ninguna política lo explica.',
    evidence: 'El pod agota el tiempo de espera, un punto fuera de la red de pods conecta y ninguna NetworkPolicy lo deniega.',
    next: [
      'Busca una regla de firewall o una ruta que conozca las direcciones de los nodos pero no el rango de pods: `kubectl get node <node> -o jsonpath="{.spec.podCIDRs}"`',
      'Comprueba si los pods salen traducidos (ip.not-masqueraded): `iptables -t nat -S POSTROUTING` en el nodo.',
      'Pregunta al destino si su lista de permitidos incluye la dirección con la que salen los pods.',
    ],
    summary: (p) => `${endpoint(p)}${inBrackets(p)} descarta lo que viene de pods${afterColon(p)}${withContrast(p, (name) => `; desde ${name} sí se llega`)}.`,
  },
  'tcp.fake-accept': {
    title: 'La conexión la acepta otro',
    wrong: 'Un equipo o un sidecar en el camino acepta conexiones que el servidor nunca ve.',
    evidence: 'También conecta un puerto que no puede estar abierto, y nunca llega saludo, TLS ni respuesta.',
    next: [
      'Busca un sidecar, un proxy transparente o un balanceador sin backends sanos.',
      'Demuéstralo: `nc -vz <host> 1` no debería conectar.',
      'Pregunta al responsable del balanceador por la salud de sus backends.',
    ],
    limits: 'Un “connected” por sí solo nunca demuestra que se llegó al servidor real.',
    summary: (p) => `La conexión a ${endpoint(p)}${inBrackets(p)} la acepta algo en el camino, no el servidor${afterColon(p)}.`,
  },
  'tcp.some-addresses-fail': {
    title: 'Fallan algunas direcciones del nombre',
    wrong: 'El nombre tiene varias direcciones y parte de ellas no acepta conexiones.',
    evidence: 'Al conectar con cada dirección por separado, unas aceptan y otras fallan.',
    next: [
      'Pide que se retire del DNS la dirección que falla, o que se repare.',
      'Pruébalas una a una: `for a in $(dig +short <host>); do nc -vz -w 3 "$a" <port>; done`',
      'Mientras tanto, haz que el cliente pase pronto a la siguiente dirección (tiempo de conexión corto, Happy Eyeballs).',
    ],
    summary: (p) => `Unas direcciones de ${endpoint(p)} aceptan la conexión y otras no${afterColon(p)}.`,
  },
  'tcp.intermittent': {
    title: 'Algunos intentos fallan al azar',
    wrong: 'Las conexiones a la misma dirección unas veces funcionan y otras no.',
    evidence: 'En N intentos a una misma dirección falla entre el 5 y el 95 %.',
    next: [
      'Busca pérdidas en el camino: `mtr -rwc 100 -T -P <port> <host>`',
      'En el nodo, mira los contadores de la tabla de conexiones: `conntrack -S` (insert_failed, drop) y `nstat -az | grep -i -e retrans -e listen`',
      'Consulta el uso de puertos de la NAT de la nube: agotar los puertos de SNAT falla exactamente así.',
    ],
    limits: 'El pod solo ve que fallan intentos; los contadores que dicen por qué están en el nodo, en la NAT y en el servidor.',
    summary: (p) => `Las conexiones a ${endpoint(p)}${inBrackets(p)} fallan de vez en cuando${afterColon(p)}.`,
  },
  'tcp.ports-exhausted': {
    title: 'No quedan puertos de origen',
    wrong: 'El pod, o la NAT que tiene delante, ha gastado sus puertos de origen hacia este destino.',
    evidence: 'EADDRNOTAVAIL, un montón de sockets en TIME_WAIT y solo está afectado este destino.',
    next: [
      'Cuéntalos: `kubectl -n <namespace> exec <pod> -c <container> -- ss -tan state time-wait`',
      'Reutiliza conexiones (keep-alive, un pool) en vez de abrir una por petición.',
      'Da más direcciones o puertos a la NAT.',
    ],
    limits: 'El agotamiento de una NAT aquí solo se ve como tiempos de espera agotados; lo demuestran sus propias métricas.',
    summary: (p) => `No quedan puertos de origen libres hacia ${endpoint(p)}${afterColon(p)}.`,
  },
  'tcp.conntrack-full': {
    title: 'La tabla de conexiones del nodo está llena',
    wrong: 'El nodo no puede seguir conexiones nuevas y las descarta.',
    evidence: 'El kernel dice “nf_conntrack: table full, dropping packet”, o la cuenta está en el máximo; lo sufren todos los pods del nodo.',
    next: [
      'En el nodo <node>: `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max; dmesg | grep conntrack`',
      'Sube nf_conntrack_max (kube-proxy: conntrack.maxPerCore) y busca el pod que abre tantas conexiones.',
    ],
    limits: 'La tabla y sus contadores son del nodo, y un pod no puede leerlos: esta causa solo se nombra si el nodo está entre los sitios con los que se compara. Sin él, una tabla llena parece pérdida: ip.packet-loss o tcp.intermittent si aún entran algunas conexiones, tcp.filtered o tcp.filtered-from-pods si no entra ninguna.',
    summary: (p) => `La tabla de conexiones del nodo está llena y se descartan las conexiones nuevas a ${endpoint(p)}${afterColon(p)}.`,
  },
  'tcp.idle-timeout': {
    title: 'Se cortan las conexiones inactivas',
    wrong: 'Algo en el camino olvida las conexiones que pasan un rato calladas; la siguiente petición por ellas falla.',
    evidence: 'Las conexiones nuevas funcionan al momento; el log muestra cortes tras un tiempo de inactividad constante.',
    next: [
      'Activa TCP keepalive, o fija la inactividad máxima del pool por debajo del límite (a menudo 350 s en NAT y balanceadores de nube, 240 s en algunos).',
      'Reintenta una vez cuando se reinicie una conexión del pool, en peticiones que puedan repetirse.',
    ],
    limits: 'Una ejecución no espera a que venza un tiempo de inactividad: solo los cortes a intervalos constantes en el log de la aplicación nombran esta causa. Sin ese log el veredicto es accesible, porque las conexiones nuevas funcionan.',
    summary: (p) => `Las conexiones nuevas a ${endpoint(p)} funcionan; las inactivas se cortan en el camino${afterColon(p)}.`,
  },
  'udp.no-answer': {
    title: 'El servicio UDP no responde',
    wrong: 'No volvió nada del servicio UDP.',
    evidence: 'Una petición del propio protocolo del servicio no obtiene respuesta. `nc -u` no demuestra nada: dice que funciona sin ella.',
    next: [
      'Prueba un cliente del propio protocolo, como `dig @<host>` o una consulta SNMP o NTP.',
      'Pregunta al responsable si la petición llega: en UDP no hay un rechazo que los firewalls dejen pasar.',
    ],
    limits: 'En UDP, el silencio puede significar descartado, que nadie escucha o una petición que el servicio prefirió ignorar.',
    summary: (p) => `El servicio UDP de ${endpoint(p)} no responde${afterColon(p)}.`,
  },
};
