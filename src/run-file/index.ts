export { readRunFile } from './read.ts';
export { recordingsFolder, shortId, storedRecordings, type StoredRecording } from './folder.ts';
export type { Recording, RunFileProblem } from './format.ts';
