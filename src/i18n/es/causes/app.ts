import { afterColon, endpoint, inBrackets, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const app: CauseTexts<'app'> = {
  'app.not-network': {
    title: 'La red está bien; falla la aplicación',
    wrong: 'Todas las capas funcionan desde el propio pod de la aplicación y, aun así, la aplicación falla.',
    evidence: 'Todas las pruebas pasan, y varias veces seguidas, desde el mismo espacio de red. Los errores del log no corresponden a ningún fallo de red o son anteriores al pod.',
    next: [
      'Lee el error exacto: `kubectl -n <namespace> logs <pod> -c <container> --since=15m`',
      'Compara el host, el puerto y las credenciales que lee la aplicación con los que se han probado aquí: `kubectl -n <namespace> exec <pod> -c <container> -- env`',
      'Reinicia una réplica: un cliente que guarda direcciones o conexiones en caché arranca limpio.',
    ],
    limits: 'Una prueba es un instante: un fallo que va y viene puede no estar mientras miramos. Solo acaba así una ejecución desde un pod cuyo log se puede leer, y solo si la aplicación registra otro error sobre el destino mientras se observa; si no, el veredicto es accesible, con una nota sobre los errores anteriores.',
    summary: (p) =>
      p.since === undefined
        ? `${endpoint(p)}${inBrackets(p)} funciona desde el pod en todas las capas: el fallo está en la aplicación${afterColon(p)}.`
        : `El último error sobre ${endpoint(p)} en el log de la aplicación es de ${p.since} y desde entonces no hay ninguno: ahora la red funciona${afterColon(p)}.`,
  },
  'app.wrong-endpoint': {
    title: 'La aplicación usa otra dirección',
    wrong: 'La aplicación está configurada con un host o un puerto que no son los de la dependencia.',
    evidence: 'El host o el puerto del entorno, de un ConfigMap, del log o de las conexiones abiertas no coincide con la dependencia, y ese otro es el que falla.',
    next: [
      'Averigua de dónde sale el valor: `kubectl -n <namespace> set env pod/<pod> --list`',
      'Corrígelo en el Deployment, ConfigMap o Secret y después `kubectl -n <namespace> rollout restart deployment/NAME` (las variables de entorno solo se leen al arrancar).',
    ],
    limits: 'Una dirección compilada o leída de una configuración remota solo se ve en los logs y en las conexiones abiertas. La ejecución acaba así solo si la dependencia no está configurada en ningún sitio, otro destino parece puesto en su lugar y también falla al probarlo; si no se pueden leer el log o el entorno, el veredicto es el de la dependencia que indicaste.',
    summary: (p) => `La aplicación no usa ${endpoint(p)}, sino otro destino, y ese es el que falla${afterColon(p)}.`,
  },
  'app.timeout-too-short': {
    title: 'El tiempo de espera de la aplicación es demasiado corto',
    wrong: 'La dependencia responde bien, pero más tarde de lo que la aplicación está dispuesta a esperar.',
    evidence: 'El primer byte tarda más que el tiempo de espera que figura en el entorno o en el log, y la respuesta en sí es correcta.',
    next: [
      'Mídelo varias veces: `curl -o /dev/null -s -w "%{time_connect} %{time_starttransfer} %{time_total}\\n" https://<host>:<port>/`',
      'Sube el tiempo de espera del cliente por encima de la respuesta normal más lenta y reintenta con pausas crecientes.',
      'Pregunta al responsable de la dependencia si ese tiempo de respuesta es normal.',
    ],
    limits: 'El tiempo de espera de la aplicación solo se conoce si está en el entorno o en una línea del log: sin él, o sin otro vencimiento en el log mientras se observa, una respuesta lenta se da por accesible, y un cliente que desiste por otra causa es app.not-network.',
    summary: (p) => `${endpoint(p)} responde, pero más tarde de lo que espera la aplicación${afterColon(p)}.`,
  },
  'app.slow-response': {
    title: 'Conecta, pero no responde a tiempo',
    wrong: 'La conexión se abre enseguida y la respuesta completa no llega dentro del límite.',
    evidence: 'TCP y TLS son rápidos y luego no llega el primer byte (curl sale con 28 después de conectar), igual con peticiones pequeñas que grandes.',
    next: [
      'Avisa al responsable de la dependencia: conectado, petición enviada, sin respuesta, y la hora del intento.',
      'Prueba una petición más ligera del mismo servicio, como su comprobación de salud: `curl -v --max-time 30 https://<host>:<port>/health`',
      'Pon al cliente un tiempo de espera y un circuit breaker para que no se acumulen sus propios hilos.',
    ],
    limits: 'Un servidor que piensa y un camino que pierde los paquetes grandes se ven igual desde un lado: compara con una respuesta pequeña (ip.pmtu-blackhole).',
    summary: (p) => `${endpoint(p)}${inBrackets(p)} acepta la conexión, pero no responde dentro del límite${afterColon(p)}.`,
  },
  'app.http-client-error': {
    title: 'El servicio rechaza la petición (4xx)',
    wrong: 'Se llegó a la dependencia y esta dice que la petición es incorrecta.',
    evidence: 'Una línea de estado 4xx distinta de 401, 403, 407 y 429, de la propia dependencia.',
    next: [
      'Revisa la ruta, el método y la cabecera Host: `curl -v https://<host>:<port>/PATH`',
      'Compárala con la documentación del servicio: prefijo de versión, cabeceras obligatorias, cuerpo.',
    ],
    summary: (p) => `La red funciona: ${endpoint(p)} responde que la petición es incorrecta${afterColon(p)}.`,
  },
  'app.auth-rejected': {
    title: 'Credenciales rechazadas',
    wrong: 'La conexión es buena y la dependencia no acepta quiénes decimos ser.',
    evidence: '401 o 403, o el error de autenticación propio de la base de datos (SQLSTATE 28xxx, NOAUTH, WRONGPASS), tras una conexión correcta.',
    next: [
      'Mira qué Secret lee el pod y cuándo cambió: `kubectl -n <namespace> get pod <pod> -o yaml | grep -A4 secretKeyRef`',
      'Reinicia el pod si el Secret cambió después de su arranque.',
      'Pregunta al responsable si cambiaron la cuenta, sus permisos o la lista de direcciones permitidas.',
    ],
    summary: (p) => `La red funciona: ${endpoint(p)} rechaza las credenciales${afterColon(p)}.`,
  },
  'app.rate-limited': {
    title: 'Límite de peticiones alcanzado',
    wrong: 'La dependencia pide a este cliente que envíe menos peticiones.',
    evidence: 'Estado 429, o 503 con Retry-After.',
    next: [
      'Respeta Retry-After y reintenta con pausas crecientes y aleatorias.',
      'Cuenta los clientes que comparten el límite: todos los pods detrás de una misma dirección NAT suelen contar como uno.',
      'Pide más cuota al responsable de la dependencia.',
    ],
    summary: (p) => `La red funciona: ${endpoint(p)} limita el ritmo de las peticiones${afterColon(p)}.`,
  },
  'app.http-server-error': {
    title: 'Falla el propio servicio (5xx)',
    wrong: 'Se llegó a la dependencia y esta informa de un fallo suyo.',
    evidence: 'Una línea de estado 5xx cuyas cabeceras `server` y `via` no son las de un proxy o una malla de nuestro lado.',
    next: [
      'Avisa al responsable de la dependencia, con la hora, la ruta y el identificador de petición de las cabeceras: `curl -sv https://<host>:<port>/ -o /dev/null`',
      'Mira la página de estado del servicio antes de cambiar nada aquí.',
    ],
    limits: 'Una pasarela del otro lado responde 502 a 504 en nombre de un servicio que no podemos ver.',
    summary: (p) => `La red funciona: ${endpoint(p)} informa de un fallo propio${afterColon(p)}.`,
  },
  'app.connection-closed': {
    title: 'Acepta y luego cierra',
    wrong: 'El servidor acepta la conexión y la termina antes de responder.',
    evidence: 'La conexión se abre y se cierra o se reinicia antes de la respuesta (curl sale con 52 o 56), igual desde todos los puntos de prueba.',
    next: [
      'Asegúrate primero del protocolo: TLS contra un puerto sin cifrar, o HTTP contra una base de datos, acaban así.',
      'Pide al responsable de la dependencia el log del servidor a esta hora: límites de clientes, lista de direcciones permitidas, una caída.',
      'Mira qué llega: `openssl s_client -connect <host>:<port> -servername <host> </dev/null`',
    ],
    limits: 'El servidor y un equipo delante de él cierran igual.',
    summary: (p) =>
      `${endpoint(p)}${inBrackets(p)} acepta la conexión y la termina antes de responder${withContrast(p, (name) => `, también desde ${name}`)}${afterColon(p)}.`,
  },
  'app.protocol-mismatch': {
    title: 'En este puerto responde otro protocolo',
    wrong: 'El puerto está abierto, pero lo que escucha ahí habla otro protocolo.',
    evidence: 'Los primeros bytes o el saludo son de otro protocolo.',
    next: [
      'Revisa el esquema y el puerto en la configuración de la aplicación.',
      'Mira tú mismo los primeros bytes: `timeout 3 nc <host> <port> </dev/null | head -c 200`',
    ],
    summary: (p) => `Algo escucha en ${endpoint(p)}${inBrackets(p)}, pero habla otro protocolo${afterColon(p)}.`,
  },
  'app.connections-exhausted': {
    title: 'La aplicación se ha quedado sin conexiones',
    wrong: 'Un límite de pool, ficheros o hilos en el pod detiene a la aplicación antes de que envíe nada.',
    evidence: 'Las pruebas desde el pod pasan. El log nombra el pool, EMFILE o “too many open files”, o hay muchas conexiones con la dependencia en CLOSE_WAIT o ESTABLISHED.',
    next: [
      'Cuenta las conexiones por estado: `kubectl -n <namespace> exec <pod> -c <container> -- ss -tan`',
      'Cierra respuestas y conexiones en todos los caminos del código, también en los de error; CLOSE_WAIT significa que la aplicación no lo hizo.',
      'Sube el pool o el límite de ficheros cuando hayas descartado fugas.',
    ],
    summary: (p) =>
      p.since === undefined
        ? `${endpoint(p)} es alcanzable, pero a la aplicación no le queda ninguna conexión libre${afterColon(p)}.`
        : `A las ${p.since} el registro de la aplicación nombró un límite propio; no se repitió, o es de otro servidor${afterColon(p)}.`,
  },
  'app.stale-address': {
    title: 'La aplicación conserva una dirección antigua',
    wrong: 'La aplicación sigue usando una dirección que el nombre ya no tiene.',
    evidence: 'El otro extremo de una conexión abierta (SYN_SENT o ESTABLISHED) no está entre las direcciones que da ahora el DNS.',
    next: [
      'Reinicia el pod para confirmarlo: `kubectl -n <namespace> delete pod <pod>` (su controlador crea otro).',
      'Haz que el cliente respete el TTL: en Java `networkaddress.cache.ttl`; en otros, una edad máxima de conexión.',
    ],
    limits: 'Con nombres de muchas direcciones, o de direcciones que cambian, una conexión buena puede parecer antigua.',
    summary: (p) => `La aplicación sigue usando una dirección que ${p.host} ya no tiene${afterColon(p)}.`,
  },
};
