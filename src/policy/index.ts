/** NetworkPolicy evaluation, pure: read objects, make a World of them, ask about a connection. */
export { evaluateCase, type CaseOutcome, type CaseResult } from './cases.ts';
export { evaluateConnection, type Connection, type ConnectionAnswer } from './connection.ts';
export type { Hesitation } from './crossing.ts';
export type { CustomMatch } from './custom.ts';
export type { Asked } from './destination.ts';
export type { Decision, DirectionAnswer, PolicyReference, PolicyVerdict } from './evaluate.ts';
export type { Direction, Pod, PolicyObjects, Protocol, Service } from './model.ts';
export { NO_OBJECTS, readObjects, type ObjectProblem, type ReadResult } from './read-objects.ts';
export { policyYaml, suggestPolicies, type SuggestedPolicy } from './suggest.ts';
export { readWorld } from './read-world.ts';
export { customName, policyFacts, policyName, unreadableName } from './to-fact.ts';
export { World } from './world.ts';
