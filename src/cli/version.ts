import packageJson from '../../package.json' with { type: 'json' };

export const TOOL: { readonly name: string; readonly version: string } = { name: packageJson.name, version: packageJson.version };
