import { afterColon, endpoint, inBrackets } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const service: CauseTexts<'service'> = {
  'service.not-found': {
    title: 'No existe ese Service',
    wrong: 'El clúster no tiene ningún Service con ese nombre en ese namespace.',
    evidence: 'El API server dice que no está.',
    next: [
      'Búscalo: `kubectl get services -A | grep NAME`',
      'Indica el namespace si es otro: `svc/NAME.NAMESPACE:PORT`; en la aplicación, `NAME.NAMESPACE`.',
    ],
    summary: (p) => `No existe el Service ${p.host}${afterColon(p)}.`,
  },
  'service.no-endpoints': {
    title: 'El Service no tiene endpoints listos',
    wrong: 'El Service existe, pero detrás no hay ningún pod listo.',
    evidence: 'Sus EndpointSlices no tienen ninguna dirección lista.',
    next: [
      'Mira los endpoints y el selector: `kubectl get endpointslices -l kubernetes.io/service-name=NAME` y `kubectl describe service NAME`',
      'Compara el selector con las etiquetas de los pods: `kubectl get pods --show-labels`',
      'Si los pods están pero no están listos, la siguiente pregunta es su readiness probe.',
    ],
    summary: (p) => `El Service ${endpoint(p)} no tiene ningún endpoint listo${afterColon(p)}.`,
  },
  'service.wrong-port': {
    title: 'El puerto del Service es erróneo',
    wrong: 'El puerto no es uno de los del Service, o su targetPort está cerrado en los pods.',
    evidence: 'No está entre los puertos del Service, o los endpoints rechazan en el targetPort.',
    next: [
      'Mira los puertos: `kubectl get service NAME -o jsonpath="{.spec.ports}"`',
      'Haz que targetPort sea el puerto en el que de verdad escucha el contenedor.',
    ],
    summary: (p) => `El puerto de ${endpoint(p)}${inBrackets(p)} no es del Service, o está cerrado detrás de él${afterColon(p)}.`,
  },
  'service.proxy-broken': {
    title: 'La dirección del Service no lleva a sus endpoints',
    wrong: 'Los pods detrás del Service responden, pero la ClusterIP no: kube-proxy (o su sustituto) falla en este nodo.',
    evidence: 'Conectar con la dirección de un endpoint funciona; con la ClusterIP, falla.',
    next: [
      'Mira kube-proxy en el nodo: `kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide --field-selector spec.nodeName=<node>` y su log.',
      'En <node>, mira las reglas: `iptables-save | grep NAME`, `ipvsadm -Ln` o `nft list table ip kube-proxy`',
    ],
    summary: (p) => `Los endpoints detrás de ${endpoint(p)}${inBrackets(p)} responden, pero la dirección del propio Service no${afterColon(p)}.`,
  },
};
