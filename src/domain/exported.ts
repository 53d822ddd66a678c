/** What a run is exported as: one file each, in one folder. */
export const EXPORTED_FILES = {
  text: 'report.txt',
  markdown: 'report.md',
  html: 'report.html',
  json: 'report.json',
  junit: 'junit.xml',
  escalation: 'escalation.txt',
  recording: 'recording.jsonl',
} as const;

export interface ExportRequest {
  /** As the user typed it; it is made when it is not there. */
  readonly folder: string;
  /** Tokens stand for names and addresses. */
  readonly isWithoutNames: boolean;
  /** What is being played; null: the run of this session that is on the screen. */
  readonly recording: string | null;
}

/** One file is written, or is not: `problem` says why, in the system's words. `file` is the folder when that cannot be made. */
export interface ExportStep {
  readonly file: string;
  readonly problem: string | null;
}
