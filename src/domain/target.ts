/** Where the connection starts. */
export type Target =
  | {
      readonly kind: 'pod';
      readonly context: string;
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
      readonly node: string | null;
      /** How the pod was chosen when the user named a workload: `deploy/orders`; null when the pod itself was named. */
      readonly pickedFrom: string | null;
    }
  | { readonly kind: 'local' }
  | { readonly kind: 'via'; readonly argv: readonly string[] };
