/** Exporting a run from the console. */
export const exported = {
  title: 'Export the run in every format',
  what: (files: string): string => `Files: ${files}.`,
  soFar: 'The run goes on: it is exported as far as it is now.',
  secrets: 'Secrets were taken out when it was recorded.',
  withNames: 'with names and addresses',
  withNamesKey: 'n',
  withoutNames: 'with tokens for names and addresses',
  withoutNamesKey: 't',
  folder: 'Into which folder? It is made when it is not there; nothing is written over.',
  noFolder: 'Name a folder.',
  going: 'Exporting',
  done: (folder: string): string => `Everything is in ${folder}`,
  someFailed: (failed: number, folder: string): string => `${failed.toString()} ${failed === 1 ? 'file was' : 'files were'} not written into ${folder}`,
  failed: (what: string, problem: string): string => `Nothing was exported: ${what}: ${problem}`,
  notRecorded: 'There is nothing to export: this run is not recorded.',
};
