import { kindOfHost } from '../domain/dependency.ts';

/** 4 or 6 for an address literal (a zone like `%eth0` is allowed); null for anything else, options and names included. */
export function familyOf(address: string): 4 | 6 | null {
  switch (kindOfHost(address)) {
    case 'ipv4':
      return 4;
    case 'ipv6':
      return 6;
    case 'name':
    case null:
      return null;
  }
}
