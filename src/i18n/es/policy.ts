import type { Messages } from '../en.ts';

export const policy: Messages['policy'] = {
  from: 'Desde',
  to: 'Hacia',
  service: (name) => `Service ${name}`,
  verdicts: {
    allowed: 'Permitida: ninguna política impide esta conexión.',
    denied: 'Denegada: las políticas no dejan pasar esta conexión.',
    'depends-on-cni': 'Depende: las políticas por sí solas no deciden esta conexión.',
  },
  words: { allowed: 'permitida', denied: 'denegada', 'depends-on-cni': 'depende' },
  doubts: {
    'ip-block-of-pod': 'Depende del CNI: un ipBlock está pensado para direcciones de fuera del clúster, y los plugins no coinciden en si abarca pods.',
    'host-network': 'Depende del CNI: unos plugins distinguen un pod con hostNetwork de su nodo, y en otros las políticas no lo ven.',
    'service-translation': 'Depende del CNI: los plugins no coinciden en si ven la dirección y el puerto del Service o los que hay detrás.',
    'unknown-peer': 'No se sabe todo del destino: un nombre sin dirección, ningún endpoint, o listas que no se pudieron leer.',
    'equal-priority': 'Dos AdminNetworkPolicy de igual prioridad se contradicen, y el plugin puede aplicar cualquiera.',
    'domain-name': 'Una AdminNetworkPolicy nombra dominios, y solo el plugin sabe si esta dirección es de uno de ellos.',
    'backends-differ': 'Los endpoints del Service difieren: unos están permitidos y otros no.',
    'unreadable-policies': 'No se pudieron leer políticas que podrían decidir.',
    'custom-policies': 'Una política del plugin de red selecciona el pod: puede denegar, o permitir, más allá de lo que aquí se evalúa.',
  },
  usual: {
    allowed: 'Donde el plugin sigue las pruebas de Kubernetes, está permitida.',
    denied: 'Donde el plugin sigue las pruebas de Kubernetes, está denegada.',
  },
  egressOf: (pod) => `Egress de ${pod}`,
  ingressOf: (pod) => `Ingress en ${pod}`,
  unselected: 'ninguna política lo selecciona',
  selectedBy: 'lo seleccionan',
  effects: { allows: 'permite', denies: 'deniega', passes: 'cede el paso' },
  noRule: '(ninguna de sus reglas lo permite)',
  exempt: { self: 'un pod siempre llega a sí mismo', 'own-node': 'un pod y su propio nodo siempre se alcanzan' },
  custom: 'lo selecciona una política del plugin, que puede denegar',
  unreadable: 'No se pudo leer',
  declaredOnly: 'Esto es lo declarado. Si el plugin de red lo aplica, solo lo dice una prueba: netdiag-tui run.',
  suggestion: 'La política adicional más pequeña que la permitiría:',
  cases: {
    agreements: { agrees: 'coincide ', usual: 'coincide*', disagrees: 'DISCREPA ', unreadable: 'NO LEÍDO ' },
    compared: (expected, found) => `se esperaba ${expected}, resulta ${found}`,
    sum: ({ total, agree, usual, disagree, unreadable }) =>
      [
        `${String(agree)} de ${String(total)} casos coinciden, ${String(disagree)} discrepan, ${String(unreadable)} no se pudieron leer.`,
        ...(usual === 0 ? [] : [`* ${String(usual)} de ellos dependen del CNI, y coinciden donde este sigue las pruebas de Kubernetes.`]),
      ].join('\n'),
  },
};
