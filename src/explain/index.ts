export { explainText } from './explain.ts';
export type { Explanation, LikelyCause, Meaning, NextStepId, Subject } from './explanation.ts';
export { MEANINGS } from './explanation.ts';
export { renderExplanation } from './render.ts';
export { explanationToJson, type ExplanationJson } from './to-json.ts';
