import type { NodeText } from '../tree-text.ts';

const nodes: Readonly<Record<string, NodeText>> = {
  'pod.running': {
    question: '¿Está corriendo el pod?',
    guide: 'Mira el pod antes que su red: `kubectl get pod`. Desde un pod que no corre no se puede preguntar nada.',
    branches: {
      running: 'el contenedor está corriendo',
      'not-a-pod': 'la conexión no parte de un pod',
      'cannot-tell': 'la API no lo dice',
      'no-network': 'no se le llegó a crear red',
      'not-running': 'no está corriendo',
    },
  },
  'pod.tools': {
    question: '¿Se puede entrar y qué herramientas tiene?',
    guide: '`kubectl exec -it POD -- sh`: si no tiene curl, nslookup, ping, nc o telnet, hace falta otra forma de preguntar.',
    branches: {
      some: 'hay herramientas con las que preguntar',
      none: 'en este contenedor no hay ninguna herramienta con la que preguntar',
      'no-entry': 'allí no se puede ejecutar nada',
    },
  },
  'service.endpoints': {
    question: '¿Existe el Service y tiene endpoints?',
    guide: 'Si la dependencia es un Service: ¿existe, tiene ese puerto, hay algún endpoint listo?',
    branches: {
      'not-a-service': 'la dependencia no es un Service de este clúster',
      'has-endpoints': 'tiene endpoints listos en ese puerto',
      'external-name': 'representa un nombre externo',
      'cannot-tell': 'la API no lo dice',
      'not-found': 'ese Service no existe',
      'wrong-port': 'el Service no tiene ese puerto',
      'no-endpoints': 'no hay ningún endpoint listo',
    },
  },
  'app.request': {
    question: '¿Responde la dependencia a una petición?',
    guide: 'Prueba de `curl -v` (o herramienta equivalente para tu protocolo) desde el Pod: intenta acceder al servicio externo directamente.',
    branches: {
      answers: 'curl funciona. Si la aplicación sigue fallando, el problema es casi seguro el código o la configuración de la aplicación: la red funciona bien hasta este punto',
      status: 'se llegó hasta ella y respondió con un error propio',
      'tls-fails': 'curl falla con "SSL handshake failed" o "certificate verify failed": el problema está en los certificados TLS de la aplicación o del entorno del Pod',
      'no-answer': 'conecta, pero no llega una respuesta completa',
      proxy: 'el proxy del camino no la deja pasar',
      name: 'curl falla con "Could not resolve host": el problema está en una capa inferior. ¡Continuamos!',
      'no-connection': 'curl falla con "Connection timed out", "Connection refused" o similar: el problema está en una capa inferior. ¡Continuamos!',
      'no-datagram': 'la dependencia habla UDP, que no tiene conexión que probar',
      'cannot-ask': 'aquí no hay ninguna herramienta que pueda hacer la petición',
    },
  },
  'app.everywhere': {
    question: '¿En todas sus direcciones, siempre, y es ella?',
    guide: 'Un acierto no basta: cada dirección del nombre, varios intentos y un puerto que no puede estar abierto.',
    branches: {
      everywhere: 'sí: es accesible',
      'some-addresses': 'algunas de sus direcciones fallan',
      sometimes: 'algunos de los intentos fallan',
      'anything-accepts': 'algo en el camino acepta en cualquier puerto',
      'slow-name': 'sí, pero el nombre tarda segundos en resolverse',
    },
  },
  'app.status': {
    question: '¿Con qué error responde?',
    guide: '"404 Not Found", "500 Internal Server Error": la conexión de red funciona, pero la lógica de la aplicación remota falla.',
    branches: {
      'client-error': 'rechaza la petición',
      credentials: 'rechaza las credenciales',
      rate: 'pide que bajemos el ritmo',
      'server-error': 'falla ella misma',
      'https-wanted': 'en este puerto quiere HTTPS',
      'proxy-password': 'un proxy pide credenciales',
      'only-by-proxy': 'el error es del proxy',
      mesh: 'responde por ella la malla de servicios',
      other: 'una respuesta que no señala ninguna causa',
    },
  },
  'app.silence': {
    question: '¿Por qué no llega una respuesta completa?',
    guide: 'Conectado, y después nada: un servidor que cierra, que tarda demasiado o que habla otro protocolo.',
    branches: {
      closed: 'acepta y luego cierra',
      slow: 'acepta y no responde a tiempo',
      'other-protocol': 'habla otro protocolo',
      'nobody-there': 'algo en el camino acepta en cualquier puerto',
      'cannot-tell': 'lo visto no permite decidirlo',
    },
  },
  'tls.handshake': {
    question: '¿Qué falla en TLS?',
    guide: '`openssl s_client`: ¿hay problemas con los certificados (expirados, no confiables, de otro nombre)? ¿Comparten versión y cifrado los dos lados?',
    branches: {
      certificate: 'el certificado no se acepta',
      negotiation: 'los dos lados no se ponen de acuerdo en cómo hablar',
      silence: 'el otro lado termina la negociación sin decir nada',
      unexplained: 'la negociación falla y nadie dice por qué',
    },
  },
  'proxy.connect': {
    question: '¿La deja pasar el proxy?',
    guide: 'El entorno indica un proxy: tiene que responder, conocernos y permitir el destino.',
    branches: {
      unreachable: 'el proxy no responde',
      denied: 'el proxy rechaza el destino',
      password: 'el proxy pide credenciales',
      'not-needed': 'sin el proxy funciona',
      'cannot-tell': 'lo visto no permite decidirlo',
    },
  },
  'dns.answer': {
    question: '¿Lleva el nombre a la dirección correcta?',
    guide: 'Compara lo que usa el pod con lo que dice el servidor de nombres, sin fichero hosts ni lista de búsqueda, y con lo que obtienen otros.',
    branches: { right: 'nada indica lo contrario', wrong: 'el pod usa otra dirección' },
  },
  'dns.resolve': {
    question: '¿Qué dicen del nombre los servidores DNS?',
    guide: '`nslookup` o `dig` desde el Pod. Si falla nslookup ("server can\'t find"), el problema es de DNS: revisa la configuración DNS de tu clúster (CoreDNS) o del Pod (/etc/resolv.conf).',
    branches: {
      nxdomain: 'el nombre no existe',
      'no-address': 'el nombre existe, pero sin dirección del tipo buscado',
      servfail: 'el servidor no consigue averiguarlo',
      refused: 'el servidor se niega a responder',
      'only-here': 'en otros sitios resuelve, aquí no',
      'external-name': 'el Service lleva a un nombre que no resuelve',
      'tcp-only': 'la respuesta no cabe en UDP y por TCP no llega',
      silent: 'ningún servidor DNS responde',
      unclear: 'lo visto no permite decidirlo',
    },
  },
  'dns.resolver': {
    question: '¿Por qué no responde ningún servidor DNS?',
    guide: 'Revisa el DNS del clúster (CoreDNS) y el /etc/resolv.conf del Pod, y pregunta otro nombre al mismo servidor.',
    branches: {
      'cluster-dns-down': 'el DNS del clúster no tiene ningún endpoint listo',
      'wrong-resolver': 'resolv.conf indica un servidor que no es el del clúster',
      upstream: 'responde por sus propios nombres: falla el servidor al que reenvía',
      unreachable: 'no responde a nada',
      'no-link': 'el enlace del propio pod está roto',
      unclear: 'aquí no hay herramienta para preguntarle',
    },
  },
  'service.direct': {
    question: '¿Conectan los endpoints del Service por sí solos?',
    guide: 'Pregunta a un endpoint por su propia dirección: así se distingue el proxy del Service (kube-proxy) de los pods que hay detrás.',
    branches: {
      'not-a-service': 'la dependencia no es un Service de este clúster',
      same: 'sus endpoints fallan también',
      'endpoint-connects': 'un endpoint conecta y el Service no',
      'endpoint-refuses': 'sus endpoints rechazan en su puerto',
    },
  },
  'proxy.elsewhere': {
    question: '¿Salen otros por un proxy?',
    guide: 'Donde la salida directa está cerrada, el camino es HTTPS_PROXY: mira el entorno de los sitios donde funciona.',
    branches: { no: 'no se encontró ningún proxy que la deje pasar', 'through-proxy': 'en otro sitio funciona por un proxy que aquí no está configurado' },
  },
  'tcp.connect': {
    question: '¿Se puede tocar el puerto?',
    guide: '`nc -vz HOST PUERTO` o `telnet`: la prueba definitiva para saber si puedes *tocar* el puerto remoto.',
    branches: {
      connects: 'nc se conecta ("succeeded!"): la conectividad al puerto está bien, y también las capas inferiores; el problema vuelve a estar en la capa de Aplicación',
      refused: '"Connection refused": la conexión llegó y fue rechazada activamente. El servicio no está escuchando en ese puerto, o un firewall la bloqueó activamente',
      'timed-out': '"Timed out": la conexión nunca llegó al destino o no se recibió respuesta. Hay un bloqueo en la ruta (firewall intermedio), o el destino no existe o no responde',
      unreachable: '"Network unreachable": problema en la capa de Internet. ¡Continuamos!',
      'not-permitted': 'el propio sistema no deja salir el paquete',
      'no-source-port': 'no queda dirección ni puerto de origen',
      'cannot-ask': 'aquí no hay ninguna herramienta que pueda probarlo',
    },
  },
  'tcp.refusal': {
    question: '¿Quién rechaza: el host o algo en el camino?',
    guide: '¿El servicio externo realmente está escuchando en ese puerto? ¿Rechaza un firewall? Lo aclaran el mismo puerto visto desde otro sitio y el tiempo que tardó el rechazo.',
    branches: {
      'nothing-listens': 'nadie escucha en ese puerto',
      'on-the-way': 'algo en el camino la rechaza',
      sometimes: 'algunos de los intentos conectan',
    },
  },
  'udp.answer': {
    question: '¿Responde el servicio UDP?',
    guide: '`nc -u` no demuestra nada: solo vale una respuesta del propio protocolo.',
    branches: {
      answers: 'responde',
      refused: 'el puerto está cerrado',
      silent: 'no vuelve nada',
      name: 'el nombre no resuelve',
      'cannot-tell': 'aquí no hay ninguna herramienta que pueda preguntar',
    },
  },
  'ip.ping': {
    question: '¿Responde la dirección a un ping?',
    guide: '`ping -c 4 DIRECCIÓN`. Si falla, el problema está en el enrutamiento o en un firewall que bloquea ICMP: por sí solo no demuestra nada.',
    branches: {
      answers: 'ping funciona: la conectividad IP básica está bien. El problema es más probable en la capa de Transporte',
      unreachable: 'alguien dice que es inalcanzable o que está prohibido',
      silent: 'ping falla ("Request timed out"): enrutamiento, o un firewall que bloquea ICMP',
      'cannot-ask': 'aquí no se puede usar ping',
    },
  },
  'ip.route': {
    question: '¿Hay una ruta?',
    guide: '¿Existe una ruta de red válida desde tu Pod hasta la IP del servicio externo? `ip route get DIRECCIÓN`.',
    branches: {
      'no-route': 'no hay ruta hasta ella',
      'no-ipv6-route': 'no hay ruta para IPv6',
      'no-link': 'no hay interfaz por la que salir',
      'has-route': 'hay una ruta: el error viene de más lejos',
      'cannot-tell': 'no se puede leer la tabla de rutas',
    },
  },
  'ip.trace': {
    question: '¿Dónde termina el camino?',
    guide: '`traceroute DIRECCIÓN` muestra la ruta que toman los paquetes y dónde se detienen: es invaluable para identificar firewalls o routers que no reenvían el tráfico.',
    branches: {
      loops: 'el camino da vueltas en círculo',
      prohibited: 'un router dice que está prohibido',
      unreachable: 'un router dice que es inalcanzable',
      reached: 'el camino llega hasta la dirección',
      stops: 'el camino se corta sin que nadie diga nada',
      'cannot-ask': 'desde aquí no se puede trazar el camino',
    },
  },
  'tcp.repeat': {
    question: '¿Falla siempre?',
    guide: 'Prueba otra vez: una pérdida que va y viene es otra avería que una puerta cerrada.',
    branches: { always: 'fallan todos los intentos', sometimes: 'algunos de los intentos conectan' },
  },
  'tcp.elsewhere': {
    question: '¿Conecta desde algún otro sitio?',
    guide: 'La misma conexión desde otro pod, desde el nodo o desde esta máquina dice si la avería está cerca del pod o lejos.',
    branches: {
      'connects-elsewhere': 'desde otro sitio conecta: la avería está cerca del pod',
      'fails-everywhere': 'falla en todas partes: la avería está lejos del pod',
      'nowhere-to-ask': 'no hay otro sitio desde el que probar',
    },
  },
  'link.interfaces': {
    question: '¿Están bien la interfaz y la puerta de enlace?',
    guide: '`ip a show`: ¿las interfaces de red están levantadas y correctamente configuradas? ¿Responde la puerta de enlace?',
    branches: {
      up: 'la interfaz está levantada y nada apunta a la puerta de enlace',
      down: 'la interfaz está caída, o le falta la dirección o la ruta',
      'gateway-silent': 'la puerta de enlace no responde en el enlace',
      'on-link': 'la dirección se busca en el propio enlace del pod, donde nadie la tiene',
      'cannot-tell': 'no se pueden leer las interfaces',
    },
  },
  'node.ready': {
    question: '¿Está bien el nodo?',
    guide: '`kubectl get nodes`: ¿el nodo donde está tu Pod está "Ready"?',
    branches: {
      ready: 'el nodo está Ready',
      'not-ready': 'el nodo está NotReady',
      'network-unavailable': 'el nodo no tiene red',
      'cannot-ask': 'no se puede consultar el nodo',
    },
  },
  'node.cni': {
    question: '¿Funciona el plugin de red en este nodo?',
    guide: '`kubectl logs -n kube-system -l k8s-app=<nombre>`: ¿hay problemas con el plugin CNI que asigna IPs a los Pods y configura sus interfaces virtuales?',
    branches: {
      works: 'su agente en este nodo está listo',
      fails: 'su agente en este nodo falla',
      'cannot-ask': 'no se encontró ningún agente que consultar',
    },
  },
  'path.near': {
    question: '¿Qué tienen en común los sitios que fallan?',
    guide: 'Compara: pods de este nodo con pods de otros, pods con nodos, y hasta dónde llega cada camino.',
    branches: {
      'this-node': 'solo fallan los pods de este nodo',
      'only-pods': 'falla desde el pod y conecta desde fuera de él',
      'not-translated': 'el camino termina justo detrás del nodo: las direcciones de los pods salen sin traducir',
      'ends-early': 'el camino termina antes que desde otro sitio',
    },
  },
  'path.far': {
    question: '¿Responde la dirección a alguna cosa?',
    guide: '¿Existe un firewall (de tu proveedor de nube, del destino) que bloquea el puerto, o no hay nadie en esa dirección?',
    branches: {
      'this-port': 'responde a otras cosas: este puerto está filtrado',
      'nothing-answers': 'no responde a nada',
      unreachable: 'el sistema dice que es inalcanzable, pero no se vio quién lo dice en el camino',
      'cannot-tell': 'lo visto no permite decidirlo',
    },
  },
};

export const tree = { nodes };
