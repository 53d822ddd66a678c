/** The console in words, for a screen reader. */
export const spoken = {
  welcome: 'netdiag-tui, in lines for a screen reader. Question mark tells the keys, q leaves.',
  item: (text: string, place: number, count: number): string => `${text}. ${place.toString()} of ${count.toString()}`,
  chosen: (text: string, place: number, count: number): string => `Chosen: ${text}. ${place.toString()} of ${count.toString()}`,
  run: 'Run towards',
  panel: (name: string): string => `Panel ${name}. Capital Y reads it.`,
};
