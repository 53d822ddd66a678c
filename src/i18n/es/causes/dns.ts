import { afterColon, withContrast, withDetail } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const dns: CauseTexts<'dns'> = {
  'dns.nxdomain': {
    title: 'El nombre no existe',
    wrong: 'El DNS dice que ese nombre no existe (NXDOMAIN).',
    evidence: 'NXDOMAIN para el nombre con punto final, desde aquí y desde un contraste.',
    next: [
      'Revisa la ortografía y la variable o el ConfigMap de donde sale.',
      'Pregunta sin lista de búsqueda: `dig <host>. A` o `nslookup <host>.`',
      'Si el nombre es nuevo: NXDOMAIN se guarda en caché durante el TTL negativo de la zona (el último número del SOA).',
    ],
    limits: 'Sin la respuesta del propio nameserver (solo con herramientas de libc), “no existe” y “no tiene dirección” son un mismo mensaje.',
    summary: (p) => `El nombre ${p.host} no existe (NXDOMAIN)${withContrast(p, (name) => `, tampoco preguntando desde ${name}`)}${withDetail(p, (nameserver) => `, según ${nameserver.replace(/\.$/u, '')}`)}.`,
  },
  'dns.no-address': {
    title: 'El nombre no tiene dirección de ese tipo',
    wrong: 'El nombre existe, pero no tiene ningún registro del tipo buscado.',
    evidence: 'NOERROR con la respuesta vacía: no hay registro A, o solo AAAA.',
    next: [
      'Mira qué hay: `dig <host>. A; dig <host>. AAAA; dig <host>. CNAME`',
      'Pide que se añada el registro que falta, o usa un nombre que lo tenga.',
      'Si solo hay AAAA, el pod necesita una ruta IPv6.',
    ],
    summary: (p) => `El nombre ${p.host} existe, pero no tiene ninguna dirección utilizable${withDetail(p, (nameserver) => `, según ${nameserver.replace(/\.$/u, '')}`)}.`,
  },
  'dns.servfail': {
    title: 'Falla el DNS de nivel superior',
    wrong: 'El nameserver responde, pero él mismo no consiguió respuesta (SERVFAIL).',
    evidence: 'SERVFAIL para los nombres externos, mientras que los del clúster se resuelven.',
    next: [
      'Mira a quién reenvía: `kubectl -n kube-system get configmap coredns -o yaml` (la línea `forward`).',
      'Lee los errores de CoreDNS: `kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50`',
      'Si solo falla este nombre, la que está rota es su zona (DNSSEC, nameservers caídos): `dig +trace <host>`',
    ],
    summary: (p) => `El nameserver no consigue respuesta para ${p.host} (SERVFAIL)${withDetail(p, (nameserver) => `, según ${nameserver.replace(/\.$/u, '')}`)}.`,
  },
  'dns.refused': {
    title: 'El nameserver rechaza la pregunta',
    wrong: 'El nameserver no atiende este nombre o a este cliente (REFUSED).',
    evidence: 'El código de la respuesta es REFUSED.',
    next: [
      'Revisa las reglas de acceso y las vistas del nameserver para la dirección de este cliente.',
      'Revisa las políticas que entienden DNS: una política FQDN de Cilium responde REFUSED a los nombres que no permite.',
      'Pregunta a otro nameserver: `dig @NAMESERVER <host>`',
    ],
    summary: (p) => `El nameserver se niega a responder por ${p.host} (REFUSED)${withDetail(p, (nameserver) => `, según ${nameserver.replace(/\.$/u, '')}`)}.`,
  },
  'dns.resolver-unreachable': {
    title: 'El nameserver no responde',
    wrong: 'No se llega al nameserver configurado en el pod, así que no se resuelve ningún nombre.',
    evidence: 'Todos los nombres agotan el tiempo de espera y el puerto 53 del nameserver configurado no responde, mientras que otros nameservers sí.',
    next: [
      'Mira qué nameserver usa el pod: `kubectl -n <namespace> exec <pod> -c <container> -- cat /etc/resolv.conf`',
      'Comprueba que el DNS del clúster tenga endpoints: `kubectl -n kube-system get endpointslices -l k8s-app=kube-dns`',
      'Revisa el camino hasta él: kube-proxy en <node>, NetworkPolicies (puerto 53), NodeLocal DNSCache.',
    ],
    summary: (p) => `El nameserver que debería resolver ${p.host} no responde${withDetail(p, (nameserver) => ` (${nameserver})`)}.`,
  },
  'dns.cluster-dns-down': {
    title: 'El DNS del clúster está caído',
    wrong: 'Ningún pod de CoreDNS está listo, así que detrás del Service de DNS no hay nadie.',
    evidence: 'Los EndpointSlices del Service de DNS no tienen ningún endpoint listo.',
    next: [
      'Mira los pods: `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`',
      'Mira los endpoints: `kubectl -n kube-system get endpointslices -l k8s-app=kube-dns`',
      'Averigua por qué no están listos: `kubectl -n kube-system describe pods -l k8s-app=kube-dns` y sus logs; comprueba que el Deployment no esté escalado a 0.',
    ],
    summary: (p) => `El DNS del clúster no tiene ningún endpoint listo, así que ${p.host} no se puede resolver${withDetail(p, (nameserver) => ` (${nameserver})`)}.`,
  },
  'dns.forward-loop': {
    title: 'CoreDNS se reenvía a sí mismo',
    wrong: 'El servidor al que reenvía CoreDNS lleva de vuelta a CoreDNS; se detiene con un error o no responde nada.',
    evidence: 'Su log dice “Loop ... detected for zone”.',
    next: [
      'Da al kubelet un resolv.conf con los servidores reales (resolvConf; con systemd-resolved: /run/systemd/resolve/resolv.conf).',
      'O nombra los servidores en el Corefile: `kubectl -n kube-system edit configmap coredns`',
    ],
    summary: (p) => `CoreDNS se reenvía las preguntas a sí mismo, así que ${p.host} no se puede resolver${afterColon(p)}.`,
  },
  'dns.wrong-resolver': {
    title: 'El pod pregunta al nameserver equivocado',
    wrong: 'El resolv.conf del pod nombra un nameserver que no es el del clúster.',
    evidence: 'El nameserver no es el Service de DNS del clúster, por dnsPolicy o dnsConfig, y los nombres del clúster fallan.',
    next: [
      'Mira los ajustes del pod: `kubectl -n <namespace> get pod <pod> -o jsonpath="{.spec.dnsPolicy} {.spec.dnsConfig}"`',
      'Usa dnsPolicy ClusterFirst; en pods con hostNetwork, ClusterFirstWithHostNet.',
    ],
    summary: (p) => `Este pod no pregunta por ${p.host} al nameserver del clúster${withDetail(p, (nameserver) => ` (${nameserver})`)}.`,
  },
  'dns.search-hijack': {
    title: 'Un dominio de búsqueda responde por el nombre',
    wrong: 'Se añade un dominio de la lista de búsqueda y otra cosa responde bajo ese nombre más largo.',
    evidence: 'El nombre y el mismo nombre con punto final dan respuestas distintas.',
    next: [
      'Compara: `getent ahosts <host>` y `getent ahosts <host>.`',
      'Escribe el nombre con punto final, o baja ndots en dnsConfig: {options: [{name: ndots, value: "1"}]}.',
      'Busca y elimina el registro comodín del dominio de búsqueda.',
    ],
    summary: (p) => `Un dominio de búsqueda responde en lugar de ${p.host}${afterColon(p)}.`,
  },
  'dns.split-horizon': {
    title: 'Dentro y fuera responden distinto',
    wrong: 'El nameserver del pod da una dirección distinta de la que funciona en otros sitios.',
    evidence: 'Las respuestas de aquí y de un contraste difieren, y la de aquí falla; o el servidor de nombres responde 0.0.0.0 o ::, que no es la dirección de nadie: así responden las listas de bloqueo.',
    next: [
      'Compara: `dig +short <host>` aquí y `dig @OTHER-NAMESERVER +short <host>`',
      'Pide que se corrija la zona privada o el private endpoint, o que la zona se reenvíe a los servidores adecuados.',
    ],
    limits: 'En las redes de distribución de contenidos es normal que las respuestas difieran; solo es un fallo la que no funciona.',
    summary: (p) => `${p.host} tiene aquí una dirección distinta${withContrast(p, (name) => ` que en ${name}`)}, y esa falla${afterColon(p)}.`,
  },
  'dns.stale-hosts': {
    title: '/etc/hosts se impone al DNS',
    wrong: 'Una línea del /etc/hosts del pod da una dirección que el DNS no da.',
    evidence: 'La resolución del sistema difiere de la respuesta del nameserver y /etc/hosts tiene una línea con el nombre.',
    next: [
      'Mira la línea: `kubectl -n <namespace> exec <pod> -c <container> -- cat /etc/hosts`',
      'Quítala o corrígela en los hostAliases del pod o en la imagen: `kubectl -n <namespace> get pod <pod> -o jsonpath="{.spec.hostAliases}"`',
    ],
    summary: (p) => `/etc/hosts da a ${p.host} una dirección que el DNS no da${afterColon(p)}.`,
  },
  'dns.tcp-blocked': {
    title: 'El DNS por TCP está bloqueado',
    wrong: 'Las respuestas grandes necesitan TCP, y TCP al puerto 53 no pasa.',
    evidence: 'La respuesta UDP llega truncada (TC) y TCP 53 al mismo nameserver falla.',
    next: [
      'Permite TCP 53 además de UDP 53 en NetworkPolicies y firewalls.',
      'Compara: `dig +notcp <host>` y `dig +tcp <host>`',
    ],
    summary: (p) => `La respuesta para ${p.host} necesita DNS por TCP, y eso no pasa${afterColon(p)}.`,
  },
  'dns.slow': {
    title: 'El DNS tarda segundos o pierde preguntas',
    wrong: 'El nombre se resuelve bien, pero solo al cabo de unos segundos o no siempre: las respuestas llegan tarde o se pierden preguntas.',
    evidence: 'Más de una resolución tarda unos 5 s o múltiplos (se pierde un primer paquete y el cliente reintenta) cuando otra que no necesita a nadie es rápida; o un servidor responde a una pregunta unas veces sí y otras no.',
    next: [
      'Mídelo: `time getent ahosts <host>` varias veces, con punto final y sin él.',
      'Baja ndots o usa el punto final: cada dominio de búsqueda cuesta una pregunta.',
      'Valora NodeLocal DNSCache y la opción single-request-reopen (una carrera en conntrack con A y AAAA en paralelo).',
    ],
    summary: (p) => `Las respuestas DNS sobre ${p.host} son lentas o se pierden${afterColon(p)}.`,
  },
  'dns.external-name': {
    title: 'Un Service ExternalName lleva a un nombre erróneo',
    wrong: 'El Service es solo un alias, y el nombre que hay detrás es erróneo o no encaja con TLS y la cabecera Host.',
    evidence: 'El destino del CNAME no se resuelve, o su certificado o virtual host no corresponde al nombre del Service.',
    next: [
      'Mira el alias: `kubectl get service NAME -o jsonpath="{.spec.externalName}"`',
      'Corrige el Service, o usa el nombre real en la aplicación: TLS y HTTP ven el nombre que pide el cliente.',
    ],
    summary: (p) => `El Service ExternalName ${p.host} lleva a un nombre que no funciona${afterColon(p)}.`,
  },
};
