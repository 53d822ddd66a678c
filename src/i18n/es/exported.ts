import type { exported as english } from '../en/exported.ts';

export const exported: typeof english = {
  title: 'Exportar la ejecución en todos los formatos',
  what: (files) => `Ficheros: ${files}.`,
  soFar: 'La ejecución continúa: se exporta hasta donde ha llegado.',
  secrets: 'Los secretos se quitaron al grabarla.',
  withNames: 'con nombres y direcciones',
  withNamesKey: 'n',
  withoutNames: 'con símbolos en lugar de nombres y direcciones',
  withoutNamesKey: 's',
  folder: '¿En qué carpeta? Se crea si no existe; no se sobrescribe nada.',
  noFolder: 'Indica una carpeta.',
  going: 'Exportando',
  done: (folder) => `Todo está en ${folder}`,
  someFailed: (failed, folder) => `${failed.toString()} ${failed === 1 ? 'fichero no se pudo' : 'ficheros no se pudieron'} escribir en ${folder}`,
  failed: (what, problem) => `No se ha exportado nada: ${what}: ${problem}`,
  notRecorded: 'No hay nada que exportar: esta ejecución no se graba.',
};
