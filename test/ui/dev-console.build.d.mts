/** Bundles the console on made-up data into `outfile`. */
export function buildDevConsole(outfile: string): Promise<void>;
