import { afterColon, endpoint, inBrackets, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const ip: CauseTexts<'ip'> = {
  'ip.no-route': {
    title: 'No hay ruta al destino',
    wrong: 'La tabla de rutas del pod no tiene camino a esta dirección.',
    evidence: 'El kernel dice “Network is unreachable” al instante y `ip route get` falla.',
    next: [
      'Mira la tabla: `kubectl -n <namespace> exec <pod> -c <container> -- ip route` (o `cat /proc/net/route`).',
      'Si falta la ruta por defecto, el CNI no terminó: mira su log en <node> y vuelve a arrancar el pod.',
    ],
    summary: (p) => `No hay ruta desde aquí a ${p.host}${inBrackets(p)}${afterColon(p)}.`,
  },
  'ip.ipv6-unroutable': {
    title: 'Solo falla IPv6',
    wrong: 'El nombre tiene direcciones IPv6 e IPv4, y a la IPv6 no se llega desde aquí.',
    evidence: 'La dirección IPv6 falla (inalcanzable o tiempo de espera agotado) y la IPv4 conecta.',
    next: [
      'Haz que el cliente prefiera IPv4 (/etc/gai.conf, -Djava.net.preferIPv4Stack=true, --dns-result-order=ipv4first), o pide que se retire el registro AAAA.',
      'O da al clúster una ruta IPv6.',
      'Compara: `curl -4 -v https://<host>:<port>/` y `curl -6 -v https://<host>:<port>/`',
    ],
    summary: (p) => `Desde aquí no se llega por IPv6 a ${endpoint(p)}${afterColon(p)}.`,
  },
  'ip.unreachable': {
    title: 'Un router dice que es inalcanzable',
    wrong: 'Un router del camino informa de que no puede entregar a este host o a esta red.',
    evidence: 'ICMP host o network unreachable desde un salto (!H, !N), o EHOSTUNREACH tras una pausa.',
    next: [
      'Averigua qué router lo dice: `traceroute -n <address>` (el salto marcado !H o !N), y avisa a su responsable.',
      'Comprueba que la dirección sea correcta y esté en uso.',
    ],
    limits: 'Los routers Linux envían a un cliente un error ICMP por segundo, y ninguno a quien insiste sin pausa (icmp_ratelimit): entonces nadie lo oye, y el host parece mudo.',
    summary: (p) => `Un router del camino dice que ${p.host}${inBrackets(p)} es inalcanzable${afterColon(p)}.`,
  },
  'ip.prohibited': {
    title: 'Un router lo prohíbe',
    wrong: 'Un router o firewall del camino dice que este tráfico está prohibido administrativamente.',
    evidence: 'ICMP tipo 3, código 9, 10 o 13, que se muestra como !X.',
    next: [
      'Averigua quién lo dice: `traceroute -n <address>` (el salto marcado !X).',
      'Pide a su responsable que permita las direcciones de este clúster hacia <address>, puerto <port>.',
    ],
    limits: 'Los routers Linux envían a un cliente un error ICMP por segundo, y ninguno a quien insiste sin pausa (icmp_ratelimit): entonces nadie lo oye, y el host parece mudo.',
    summary: (p) => `Un router del camino prohíbe el tráfico a ${p.host}${inBrackets(p)}${afterColon(p)}.`,
  },
  'ip.routing-loop': {
    title: 'Bucle de enrutamiento',
    wrong: 'Los routers se pasan los paquetes unos a otros hasta que caducan.',
    evidence: 'La traza repite los mismos saltos hasta su límite, o un router dice que el TTL se ha agotado.',
    next: [
      'Da la traza al responsable de los saltos que se repiten: `traceroute -n <address>`',
      'Busca cambios de rutas recientes (VPN, rutas por defecto que apuntan la una a la otra).',
    ],
    summary: (p) => `Los paquetes a ${p.host}${inBrackets(p)} dan vueltas entre routers${afterColon(p)}.`,
  },
  'ip.path-dead-after': {
    title: 'El camino se corta tras un salto',
    wrong: 'Los paquetes se pierden detrás de cierto salto.',
    evidence: 'Desde aquí no responde ningún salto posterior, mientras que la traza de un contraste continúa.',
    next: [
      'Avisa al responsable del último salto que responde en ambas trazas: `traceroute -n <address>`',
      'Haz la traza por TCP: `traceroute -n -T -p <port> <address>`; muchos routers descartan las sondas UDP e ICMP.',
    ],
    limits: 'Es normal que haya routers que no responden a las sondas; el silencio solo no demuestra nada.',
    summary: (p) => `El camino a ${p.host}${inBrackets(p)} se corta antes de llegar${afterColon(p)}${withContrast(p, (name) => `; desde ${name} continúa`)}.`,
  },
  'ip.pmtu-blackhole': {
    title: 'Los paquetes grandes desaparecen',
    wrong: 'Los paquetes pequeños pasan y los grandes se pierden, y nadie avisa al emisor.',
    evidence: 'La conexión se abre y se atasca con datos grandes; hay un límite nítido en el tamaño, y funciona con un MSS menor.',
    next: [
      'Busca el límite: `ping -M do -s 1372 <address>` y valores mayores.',
      'Baja la MTU de los pods en la configuración del CNI, o limita el MSS en el nodo: `iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu`',
      'Pide que los firewalls dejen pasar “fragmentation needed” (ICMP tipo 3 código 4; en ICMPv6, packet too big).',
    ],
    summary: (p) => `Los paquetes grandes de camino a ${endpoint(p)}${inBrackets(p)} desaparecen${afterColon(p)}.`,
  },
  'ip.cidr-overlap': {
    title: 'La dirección cae en el rango del propio clúster',
    wrong: 'La dirección del destino pertenece al rango de pods o de Services, o a una red local, y los paquetes no llegan a salir.',
    evidence: 'La dirección está dentro de un rango del clúster o coincide con una ruta local.',
    next: [
      'Compara los rangos: `kubectl get nodes -o jsonpath="{.items[*].spec.podCIDRs}"` y --service-cluster-ip-range del API server.',
      'Cambia la numeración de un lado, o llega al destino por una dirección traducida.',
    ],
    summary: (p) => `La dirección de ${p.host}${inBrackets(p)} cae en el rango del propio clúster y los paquetes no salen de él${afterColon(p)}.`,
  },
  'ip.not-masqueraded': {
    title: 'Los pods salen con su propia dirección',
    wrong: 'Los paquetes salen con la dirección del pod, y las respuestas a ella no encuentran el camino de vuelta.',
    evidence: 'El nodo conecta, el pod no, ninguna política lo deniega y el destino queda fuera de los rangos que se enmascaran.',
    next: [
      'Mira las reglas en el nodo: `iptables -t nat -S POSTROUTING`, y nonMasqueradeCIDRs del ip-masq-agent.',
      'Añade el destino a lo que se enmascara, o encamina de vuelta el rango de pods desde allí.',
    ],
    limits: 'Desde el pod, una traducción que falta y un firewall contra el rango de pods se ven igual (tcp.filtered-from-pods).',
    summary: (p) => `Los pods salen hacia ${endpoint(p)}${inBrackets(p)} con su propia dirección y no vuelve respuesta${afterColon(p)}${withContrast(p, (name) => `; desde ${name} sí se llega`)}.`,
  },
  'ip.packet-loss': {
    title: 'Se pierden paquetes en el camino',
    wrong: 'Se pierde una parte de los paquetes, así que las conexiones van lentas o fallan de vez en cuando.',
    evidence: 'La pérdida llega hasta el último salto, y TCP va lento, retransmite o falla a ratos.',
    next: [
      'Muestra dónde empieza: `mtr -rwbzc 100 <host>`; solo cuenta la pérdida que llega hasta la última línea.',
      'Da el informe al responsable de ese salto, en ambos sentidos si es posible.',
    ],
    limits: 'Los routers limitan sus propias respuestas ICMP: una pérdida en un salto que los siguientes no muestran no es nada.',
    summary: (p) => `Se pierden paquetes de camino a ${p.host}${inBrackets(p)}${afterColon(p)}.`,
  },
};
