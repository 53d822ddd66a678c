import type { Messages } from '../en.ts';

export const demos: Messages['demos'] = {
  healthy: 'No pasa nada: la aplicación llega a su proveedor de pagos, y así lo dicen todas las capas.',
  'policy-denial': 'Desde el despliegue de políticas de esta mañana los nombres se resuelven, pero no pasa ni un pago.',
  'dns-down': 'En el namespace falla todo a la vez, cada servicio con un texto de error distinto.',
  'expired-certificate': 'El puerto del proveedor está abierto y la dirección es correcta, y sin embargo todos los clientes cuelgan.',
  'wrong-endpoint': 'La base de datos responde a todas las pruebas, y la aplicación insiste en que ese host no existe.',
  'service-port': 'El Service existe y sus pods están listos; a quien le pregunta lo rechaza.',
  'crash-loop': 'El pod está en la lista, y dentro no hay a quién preguntar.',
  'one-node': 'Unas réplicas cobran y otras nunca, todas con la misma imagen y la misma configuración.',
  'path-mtu': 'La conexión se abre, una petición pequeña tiene respuesta, una respuesta grande no llega nunca.',
  'fake-accept': 'Todos los puertos conectan al momento, hasta los que no pueden estar abiertos, y luego hay silencio.',
  'dead-path': 'La misma dirección responde desde fuera y calla desde el clúster.',
};
