import { afterColon, endpoint, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const tls: CauseTexts<'tls'> = {
  'tls.expired': {
    title: 'Certificado caducado',
    wrong: 'El certificado del servidor ha pasado su último día de validez.',
    evidence: 'notAfter queda en el pasado según el reloj del pod y según un segundo reloj (el del API server o una cabecera Date de HTTP).',
    next: [
      'Pide al responsable de la dependencia que renueve el certificado y recargue el servidor.',
      'Mira las fechas: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -dates -subject`',
      'Si ya se renovó, puede que uno de varios servidores siga sirviendo el antiguo: mira cada dirección.',
    ],
    limits: 'Sin un segundo reloj no se descarta que el reloj del nodo esté mal (tls.clock-skew).',
    summary: (p) => `El certificado de ${endpoint(p)} ha caducado${afterColon(p)}.`,
  },
  'tls.not-yet-valid': {
    title: 'Certificado todavía no válido',
    wrong: 'La validez del certificado del servidor empieza en el futuro.',
    evidence: 'notBefore queda en el futuro según el reloj del pod y según un segundo reloj.',
    next: [
      'Espera a notBefore o pide que se emita de nuevo con un comienzo anterior.',
      'Mira las fechas: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -dates`',
    ],
    limits: 'Sin un segundo reloj no se descarta que el reloj del nodo esté mal (tls.clock-skew).',
    summary: (p) => `El certificado de ${endpoint(p)} todavía no es válido${afterColon(p)}.`,
  },
  'tls.clock-skew': {
    title: 'El reloj del nodo está mal',
    wrong: 'El certificado está bien; es el reloj del nodo el que lo sitúa fuera de sus fechas.',
    evidence: 'El reloj del pod difiere del reloj del API server en más que el error de medida y, con la hora correcta, el certificado es válido.',
    next: [
      'En el nodo <node>: `chronyc tracking` o `timedatectl`, y repara el servicio de hora.',
      'Compara los relojes: `kubectl -n <namespace> exec <pod> -c <container> -- date -u; date -u`',
      'Mientras tanto, ejecuta el pod en otro nodo.',
    ],
    summary: (p) => `El certificado de ${endpoint(p)} es válido, pero el reloj de aquí está mal${afterColon(p)}.`,
  },
  'tls.self-signed': {
    title: 'Certificado autofirmado',
    wrong: 'El certificado del servidor está firmado por sí mismo: ninguna autoridad responde por él.',
    evidence: 'Error de verificación 18 de OpenSSL: un solo certificado cuyo emisor es su propio sujeto.',
    next: [
      'Consigue un certificado de una autoridad en la que confíe el pod.',
      'O monta exactamente este certificado como de confianza e indícaselo al runtime (SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, un almacén de confianza de Java).',
      'Míralo antes: `openssl s_client -connect <host>:<port> -servername <host> -showcerts </dev/null`; un emisor inesperado puede ser un equipo intermedio.',
    ],
    summary: (p) => `${endpoint(p)} presenta un certificado autofirmado${afterColon(p)}.`,
  },
  'tls.unknown-ca': {
    title: 'Aquí no se confía en el emisor',
    wrong: 'La autoridad que firmó el certificado no está en el almacén de confianza que usa el pod.',
    evidence: 'Error de verificación 19 o 20 de OpenSSL aunque el servidor envió la cadena completa.',
    next: [
      'Monta el certificado de la autoridad en el contenedor e indícaselo al runtime: SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, un almacén de confianza de Java.',
      'Comprueba que la imagen tenga almacén de confianza: `ls /etc/ssl/certs /etc/pki/tls/certs`; a las imágenes mínimas suele faltarles el paquete ca-certificates.',
      'Mira quién lo emitió: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -issuer`',
    ],
    limits: 'Las herramientas y la aplicación pueden usar almacenes de confianza distintos.',
    summary: (p) => `El pod no confía en el emisor del certificado de ${endpoint(p)}${afterColon(p)}.`,
  },
  'tls.incomplete-chain': {
    title: 'El servidor envía la cadena incompleta',
    wrong: 'El servidor no envía el certificado intermedio que lleva a una autoridad de confianza.',
    evidence: 'Error de verificación 20 o 21 de OpenSSL, un solo certificado enviado y su emisor es un intermedio. Los navegadores suelen ocultarlo, porque descargan o recuerdan los intermedios.',
    next: [
      'Pide al responsable que sirva la cadena completa (primero el del servidor, después los intermedios; “fullchain.pem”).',
      'Mira qué se envía: `openssl s_client -connect <host>:<port> -servername <host> -showcerts </dev/null`',
      'Como arreglo provisional, monta el intermedio como de confianza en el pod.',
    ],
    summary: (p) => `${endpoint(p)} no envía el certificado intermedio de su cadena${afterColon(p)}.`,
  },
  'tls.intercepted': {
    title: 'TLS interceptado en el camino',
    wrong: 'Un equipo entre el pod y el servidor termina TLS y vuelve a firmar con su propia autoridad.',
    evidence: 'El emisor no es el que se ve desde otro punto de prueba, o una autoridad privada firmó para un nombre público.',
    next: [
      'Pide al equipo de red una excepción para <host> o el certificado de la autoridad del equipo intermedio.',
      'Si la inspección es intencionada, monta esa autoridad en el almacén de confianza del contenedor.',
      'Compara los emisores: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -issuer -fingerprint` aquí y en otro sitio.',
    ],
    limits: 'Servidores en varios lugares pueden tener certificados de emisores distintos sin que haya interceptación.',
    summary: (p) => `Algo en el camino sustituye el certificado de ${endpoint(p)}${afterColon(p)}${withContrast(p, (name) => `; desde ${name} se ve otro emisor`)}.`,
  },
  'tls.hostname-mismatch': {
    title: 'El certificado es para otros nombres',
    wrong: 'El nombre solicitado no está entre los nombres del certificado.',
    evidence: 'La lista subjectAltName no contiene el nombre; con un nombre de la lista se acepta la conexión.',
    next: [
      'Usa un nombre del certificado: `openssl s_client -connect <host>:<port> -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -ext subjectAltName`',
      'Si es un alias (CNAME, Service ExternalName, dirección IP), configura el nombre real en la aplicación.',
      'O pide al responsable que añada el nombre al certificado.',
    ],
    summary: (p) => `El certificado de ${endpoint(p)} no es para el nombre ${p.host}${afterColon(p)}.`,
  },
  'tls.sni-required': {
    title: 'El servidor exige SNI',
    wrong: 'El servidor necesita el nombre en el handshake para elegir el certificado y no lo recibe.',
    evidence: 'El handshake falla o da otro certificado sin SNI o por dirección, y funciona con el nombre.',
    next: [
      'Conecta por nombre en vez de por dirección, o fija el SNI en el cliente.',
      'Compara: `openssl s_client -connect <address>:<port> -noservername </dev/null` y lo mismo con `-servername <host>`.',
    ],
    summary: (p) => `${endpoint(p)} solo completa TLS cuando el cliente envía el nombre del servidor (SNI)${afterColon(p)}.`,
  },
  'tls.version-unsupported': {
    title: 'Sin versión de TLS en común',
    wrong: 'Cliente y servidor no aceptan ninguna versión del protocolo en común.',
    evidence: 'Alerta 70 (protocol_version) o “unsupported protocol”, y un handshake que funciona al ofrecer otra versión.',
    next: [
      'Averigua qué versión acepta el servidor: `openssl s_client -connect <host>:<port> -servername <host> -tls1_2 </dev/null` (y `-tls1_3`).',
      'Actualiza el lado más antiguo; baja la versión mínima solo de forma provisional.',
    ],
    summary: (p) => `El cliente de aquí y ${endpoint(p)} no tienen ninguna versión de TLS en común${afterColon(p)}.`,
  },
  'tls.no-shared-cipher': {
    title: 'Sin cifrado en común',
    wrong: 'Cliente y servidor no comparten ningún conjunto de cifrado ni grupo de intercambio de claves.',
    evidence: 'Alerta 40 (handshake_failure) en todas las versiones, y un handshake que funciona con otra lista de cifrados.',
    next: [
      'Mira qué acepta el servidor: `openssl s_client -connect <host>:<port> -servername <host> -cipher ALL:@SECLEVEL=0 </dev/null`',
      'Añade un cifrado moderno al servidor, o el que falta al cliente.',
    ],
    limits: 'La alerta 40 tiene muchos motivos (SNI, certificado de cliente); solo un handshake que funcione con otra lista demuestra este.',
    summary: (p) => `El cliente de aquí y ${endpoint(p)} no tienen ningún cifrado en común${afterColon(p)}.`,
  },
  'tls.client-certificate-required': {
    title: 'Se exige un certificado de cliente',
    wrong: 'El servidor quiere TLS mutuo y no recibió un certificado de cliente aceptable.',
    evidence: 'Alerta 116 o 42, “certificate required”, o un cierre justo después del CertificateRequest del servidor.',
    next: [
      'Da al cliente su certificado y su clave, y compruébalo con `curl --cert client.pem --key client.key https://<host>:<port>/`',
      'Mira qué autoridades acepta el servidor: “Acceptable client certificate CA names” en `openssl s_client -connect <host>:<port> -servername <host> </dev/null`',
      'Comprueba que el certificado de cliente montado no haya caducado.',
    ],
    summary: (p) => `${endpoint(p)} exige un certificado de cliente${afterColon(p)}.`,
  },
  'tls.plaintext-port': {
    title: 'El puerto no habla TLS',
    wrong: 'Se intentó TLS en un puerto que habla sin cifrar.',
    evidence: 'Los primeros bytes no son un registro TLS: “wrong version number”, “packet length too long”, “record layer failure”.',
    next: [
      'Usa el esquema sin cifrar (http en vez de https) o el puerto TLS del servicio.',
      'En los protocolos que pasan a TLS después (SMTP, PostgreSQL, MySQL), usa STARTTLS: `openssl s_client -starttls smtp -connect <host>:<port>`',
    ],
    summary: (p) => `${endpoint(p)} responde sin cifrar, no en TLS${afterColon(p)}.`,
  },
  'tls.expected-on-port': {
    title: 'El puerto espera TLS',
    wrong: 'Se envió texto sin cifrar a un puerto que habla TLS.',
    evidence: '400 “plain HTTP request was sent to HTTPS port”, o una alerta TLS como respuesta al texto sin cifrar.',
    next: ['Usa https (o el esquema TLS del protocolo) en este puerto.', 'O usa el puerto sin cifrar del servicio, si lo hay.'],
    summary: (p) => `${endpoint(p)} habla TLS y se le envió texto sin cifrar${afterColon(p)}.`,
  },
};
