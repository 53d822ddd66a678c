/** Bundles the console on made-up data into `outfile`. */
export function buildDevConsole(outfile: string, entry?: string): Promise<void>;
