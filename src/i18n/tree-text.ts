/** What is said about one node of the tree in one language. */
export interface NodeText {
  /** What the step asks, as a question that fits on a narrow screen. */
  readonly question: string;
  /** What the guide says about this step: what to check, and with what. */
  readonly guide: string;
  /** Branch id → what that answer means. */
  readonly branches: Readonly<Record<string, string>>;
}
