import { afterColon, endpoint, inBrackets, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const policy: CauseTexts<'policy'> = {
  'policy.egress-denied': {
    title: 'Una NetworkPolicy deniega la salida',
    wrong: 'Una NetworkPolicy selecciona este pod para la salida y ninguna de sus reglas permite este destino.',
    evidence: 'Las políticas, tal como están escritas, lo deniegan; la prueba falla; y un pod o un lugar que no seleccionan sí conecta.',
    next: [
      'Lee las políticas del namespace: `kubectl -n <namespace> get networkpolicy -o yaml`',
      'Añade la regla de salida más pequeña que lo permita: ipBlock <address>/32 con TCP, puerto <port>.',
      'No olvides el DNS en la misma política (UDP y TCP 53), ni que una NetworkPolicy entiende direcciones, no nombres.',
    ],
    summary: (p) =>
      `Una NetworkPolicy no deja que este pod llegue a ${endpoint(p)}${inBrackets(p)}${afterColon(p)}${withContrast(p, (name) => `; ${name}, al que no selecciona, sí llega`)}.`,
  },
  'policy.dns-denied': {
    title: 'Una NetworkPolicy deniega el DNS',
    wrong: 'Una NetworkPolicy selecciona este pod para la salida y ninguna regla permite el DNS, así que no se resuelve ningún nombre.',
    evidence: 'El DNS agota el tiempo de espera, la conexión por dirección funciona y las políticas, tal como están escritas, deniegan el puerto 53.',
    next: [
      'Permite UDP y TCP 53 al DNS del clúster: `kubectl -n <namespace> get networkpolicy -o yaml` y una regla de salida al namespace kube-system, pods k8s-app=kube-dns.',
      'Con NodeLocal DNSCache, permite también su dirección (a menudo 169.254.20.10).',
    ],
    summary: (p) => `Una NetworkPolicy deniega el DNS a este pod, así que ${p.host} no se puede resolver${afterColon(p)}.`,
  },
  'policy.ingress-denied': {
    title: 'Una NetworkPolicy del destino deniega la entrada',
    wrong: 'El destino es un pod de este clúster y una NetworkPolicy de allí no admite a nadie como nosotros.',
    evidence: 'Las políticas del lado del destino lo deniegan y la prueba falla, mientras que la salida desde aquí está permitida.',
    next: [
      'Lee las políticas del namespace del destino: `kubectl -n TARGET-NAMESPACE get networkpolicy -o yaml`',
      'Añade allí una regla de entrada: desde el namespace <namespace> y las etiquetas de este pod, con el puerto TCP del contenedor (no el del Service).',
    ],
    summary: (p) => `Una NetworkPolicy del lado de ${endpoint(p)}${inBrackets(p)} no admite a este pod${afterColon(p)}.`,
  },
  'policy.cni-denied': {
    title: 'Lo deniega una política del CNI',
    wrong: 'Una política que no es una NetworkPolicy corriente (Cilium, Calico, AdminNetworkPolicy) deniega la conexión.',
    evidence: 'La deniega una AdminNetworkPolicy; o las NetworkPolicies corrientes lo permiten y una política de otro tipo selecciona este pod.',
    next: [
      'Lístalas: `kubectl get ciliumnetworkpolicies,ciliumclusterwidenetworkpolicies,networkpolicies.crd.projectcalico.org,globalnetworkpolicies.crd.projectcalico.org,adminnetworkpolicies -A`',
      'Mira el descarte donde el CNI lo muestra: `hubble observe --verdict DROPPED --pod <namespace>/<pod>`',
      'Pide al equipo de plataforma una excepción hacia <address>:<port>.',
    ],
    limits: 'Las AdminNetworkPolicies se evalúan. Las de Cilium y Calico se leen como objetos: su efecto completo solo lo conoce el propio CNI.',
    summary: (p) => `Una política del CNI impide que este pod llegue a ${endpoint(p)}${inBrackets(p)}${afterColon(p)}.`,
  },
  'policy.not-enforced': {
    title: 'La política no se aplica',
    wrong: 'Las NetworkPolicies deniegan esta conexión y, sin embargo, funciona: el CNI no las aplica.',
    evidence: 'Las políticas, tal como están escritas, lo deniegan y la prueba conecta.',
    next: [
      'Avisa al equipo de plataforma: el aislamiento que prometen estas políticas no existe.',
      'Comprueba si el CNI aplica NetworkPolicy (flannel y bridge a secas no lo hacen) y si su agente corre en este nodo: `kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=<node>`',
    ],
    summary: (p) => `Las NetworkPolicies deniegan ${endpoint(p)} y, sin embargo, conecta: aquí no se aplican${afterColon(p)}.`,
  },
  'policy.allowed-but-dropped': {
    title: 'Permitido por la política, descartado cerca del pod',
    wrong: 'Las NetworkPolicies permiten esta conexión y, aun así, los paquetes se pierden cerca de este pod.',
    evidence: 'Las políticas, tal como están escritas, lo permiten; un pod no seleccionado conecta y este no.',
    next: [
      'Lee el log del agente del CNI en el nodo: `kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=<node>` y después `kubectl -n kube-system logs AGENT-POD --tail=100`',
      'Reinicia el pod: con él se van las reglas viejas de una dirección reutilizada.',
      'Compáralo con un pod nuevo que tenga las mismas etiquetas.',
    ],
    summary: (p) =>
      `Las políticas permiten ${endpoint(p)}${inBrackets(p)}, pero lo que envía este pod se descarta cerca de él${afterColon(p)}${withContrast(p, (name) => `; desde ${name} sí se llega`)}.`,
  },
};
