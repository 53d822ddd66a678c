/** Apart from the formats themselves, which the command line does not need until a run has ended. */
export const REPORT_FORMATS = ['text', 'json', 'markdown', 'html', 'junit', 'escalation'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
/** Of a recorded run: also the recording itself. */
export const RECORDED_FORMATS = [...REPORT_FORMATS, 'recording'] as const;
export type RecordedFormat = (typeof RECORDED_FORMATS)[number];
/** Those that are made when the run is over. */
export type MadeFormat = Exclude<ReportFormat, 'text'>;
