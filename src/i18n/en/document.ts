import { escalation } from './escalation.ts';

/** Words of the reports that leave the terminal: Markdown, HTML, JUnit and the note for the network team. */
export const document = {
  /** BCP 47. */
  language: 'en',
  title: (destination: string): string => `Connection to ${destination}`,
  from: 'From',
  to: 'To',
  when: 'When',
  took: (seconds: string): string => `took ${seconds} s`,
  madeBy: (name: string, version: string): string => `Made by ${name} ${version}.`,
  run: 'Run',
  path: 'Path',
  layer: 'Layer',
  state: 'State',
  finding: 'Finding',
  more: (count: number): string => (count === 1 ? '1 more line' : `${count.toString()} more lines`),
  timeline: 'Everything that was asked',
  timelineColumns: { id: 'Id', place: 'Place', question: 'Question', answer: 'Answer', time: 'Time' },
  nothingRead: 'No lines: this was read from the API.',
  remarks: 'Notes of people who watched',
  milliseconds: (ms: string): string => `${ms} ms`,
  pictureAlt: 'The path from the start to the destination, and where it breaks',
  escalation,
};
