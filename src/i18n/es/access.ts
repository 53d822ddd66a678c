import type { CreatedThing, Kept, NoInstall, Permission, Progress, Refusal, RungId } from '../../domain/access.ts';
import { minutes, rightsText } from '../access-phrases.ts';
import type { Messages } from '../en.ts';

const rungs: Readonly<Record<RungId, string>> = {
  exec: 'exec en el contenedor',
  'other-container': 'exec en otro contenedor del pod',
  ephemeral: 'contenedor efímero',
  toolkit: 'pod de herramientas',
  node: 'pod de nodo (red del nodo)',
  install: 'herramientas instaladas en el contenedor',
};

const change: Messages['access']['change'] = {
  exec: ({ subject }) => `Se ejecuta un comando en ${subject}.`,
  'other-container': ({ subject }) => `Se ejecuta un comando en ${subject}.`,
  ephemeral: ({ subject, image, ttlSeconds }) =>
    `${subject} recibe un contenedor efímero de ${image ?? ''}. Termina solo${minutes(ttlSeconds, (count) => ` a más tardar en ${count} min`)}; su entrada queda en el pod hasta que se borre el pod.`,
  toolkit: ({ subject, image, ttlSeconds }) => `Se crea ${subject}, de ${image ?? ''}${minutes(ttlSeconds, (count) => `, y termina solo a más tardar en ${count} min`)}.`,
  node: ({ subject, image, ttlSeconds }) => `Se crea ${subject} en la red de su nodo, de ${image ?? ''}${minutes(ttlSeconds, (count) => `, y termina solo a más tardar en ${count} min`)}.`,
  install: ({ subject, packages, ttlSeconds }) =>
    `Se instalan ${packages?.names.join(', ') ?? ''} y lo que necesiten en ${subject} con ${packages?.manager ?? ''}, junto a la aplicación, y se quitan después${minutes(ttlSeconds, (count) => `, por sí solos a más tardar en ${count} min`)}. Un paquete que ya estaba y hubo que actualizar para ello queda actualizado hasta que el contenedor arranque de nuevo.`,
};

const noInstall: Readonly<Record<NoInstall, string>> = {
  'not-root': 'su usuario no es root',
  'read-only-files': 'su sistema de archivos es de solo lectura',
  'no-package-manager': 'no tiene gestor de paquetes (apt, apk, dnf)',
  'nothing-missing': 'ya tiene todas las herramientas',
};

function progress(step: Progress): string | null {
  switch (step.kind) {
    case 'starting':
      return `Esperando a que arranque ${step.place} (${step.image}).`;
    case 'installing':
      return `Instalando ${step.packages.join(', ')} en ${step.place}.`;
    case 'ending':
      return `Terminando ${step.place}.`;
    case 'uninstalling':
      return `Quitando de ${step.place} lo instalado.`;
    case 'not-removed':
      return `Lo instalado en ${step.place} no se pudo quitar y queda hasta que el contenedor arranque de nuevo: ${step.detail}`;
    case 'gone':
      return null;
  }
}

function created({ kind, isNew, stays, endsAt, image }: CreatedThing): string {
  if (kind === 'installed-tools') return `Instalado para este diagnóstico: ${image}; ${stays ? `se quita en ${endsAt}` : 'se quita con él'}.`;
  return isNew ? `Creado para este diagnóstico, de ${image}; ${stays ? `queda hasta ${endsAt}` : 'termina con él'}.` : `Ya estaba, de ${image}, y termina en ${endsAt}.`;
}

function kept({ network, labels, node, files }: Kept): string {
  const same = [network ? 'la red' : '', labels ? 'las etiquetas' : '', node ? 'el nodo' : '', files ? 'los archivos, el usuario y el entorno' : ''].filter((word) => word !== '');
  const other = [network ? '' : 'la red', labels ? '' : 'las etiquetas', node ? '' : 'el nodo', files ? '' : 'los archivos, el usuario y el entorno'].filter((word) => word !== '');
  return [same.length === 0 ? '' : `comparte ${same.join(', ')}`, other.length === 0 ? '' : `no comparte ${other.join(', ')}`].filter((part) => part !== '').join('; ');
}

function refusal(given: Refusal): string {
  const why = given.detail === '' ? '' : `: ${given.detail}`;
  switch (given.kind) {
    case 'no-tools':
      return given.detail === '' ? 'no tiene ninguna herramienta' : `no tiene ninguna herramienta que abra conexiones, solo ${given.detail}`;
    case 'not-permitted':
      return given.missing.length === 0 ? `sin permiso${why}` : `falta el permiso: ${rightsText(given.missing)}`;
    case 'admission':
      return `las reglas del namespace lo rechazan${why}`;
    case 'read-only':
      return 'cambia el clúster, y eso requiere --write';
    case 'declined':
      return 'cambia el clúster, y nadie dijo que sí (responda a la pregunta o dé --yes)';
    case 'on-request':
      return 'solo si se pide';
    case 'not-here':
      return `aquí no es posible${why}`;
    case 'no-install':
      return `allí no se puede instalar nada: ${noInstall[given.reason]}${given.detail === '' ? '' : ` sino ${given.detail}`}`;
    case 'failed':
      return `falló${why}`;
  }
}

/** Getting into a pod. */
export const access: Messages['access'] = {
  rungs,
  change,
  kept,
  refusal,
  title: 'Vía de entrada',
  pulls: 'El nodo aún no tiene la imagen y ha de obtenerla.',
  limitedBy: (why: string): string => `Se ejecuta con menos permisos de los que convendrían (ping y traceroute necesitan NET_RAW), porque más se rechazaría: ${why}`,
  sameAs: 'Lo mismo a mano:',
  question: '¿Hacerlo? [s/N]',
  yesWords: ['s', 'si', 'sí', 'y', 'yes'],
  progress,
  used: (rung, place, same) => `Vía de entrada: ${rungs[rung]}, ${place} (${same})`,
  notUsed: (rung, place, why) => `Vía de entrada descartada: ${rungs[rung]}${place === null ? '' : ` (${place})`}: ${why}`,
  compared: (rung, place, same) => `Para comparar: ${rungs[rung]}, ${place} (${same})`,
  notCompared: (rung, why) => `Para comparar, sin ${rungs[rung]}: ${why}`,
  created,
  stillInstalled: (place, endsAt) => `Lo instalado en ${place} puede seguir allí; se quita solo en ${endsAt}.`,
  grant: (namespaces) => `Un Role en ${namespaces} con estas reglas lo permitiría:`,
  console: {
    title: '¿Cambiar el clúster?',
    agree: 'Hacerlo',
    agreeKey: 's',
    noRun: 'Aún no se ha ejecutado nada en un pod.',
    armHint: 'Inicie netdiag-tui con --write para que lo haga aquí, tras preguntar.',
    noPod: 'Una shell necesita un pod: elija uno primero.',
    entering: 'Buscando una vía de entrada…',
    noShell: 'No hay manera de obtener una shell',
    shellFailed: (detail) => `Se perdió la shell: ${detail}`,
    shellEnded: (code) => `La shell terminó con código de salida ${code.toString()}.`,
  },
  steps: {
    write: (rung: RungId) =>
      rung === 'install' ? 'O deje que netdiag-tui instale herramientas en el contenedor por un tiempo: --write --install-tools.' : `Deje que netdiag-tui pregunte desde un ${rungs[rung]} en la red del pod: repita con --write (y --yes para omitir la pregunta).`,
    byHand: 'O hágalo a mano con los comandos de abajo.',
    grant: (rung: RungId, rights: readonly Permission[]) => `Para ${rungs[rung]}: pida el permiso ${rightsText(rights)}.`,
    amounts: 'Indique las cantidades que se exigen: --request cpu=100m --limit memory=256Mi (o toolkit: en config.yaml).',
    image: 'Indique una imagen que el nodo pueda obtener: --toolkit-image IMAGEN.',
  },
};
