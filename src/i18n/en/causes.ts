import type { CauseId } from '../../domain/cause.ts';
import type { CauseText } from '../cause-text.ts';
import { app } from './causes/app.ts';
import { dns } from './causes/dns.ts';
import { ip } from './causes/ip.ts';
import { link } from './causes/link.ts';
import { policy } from './causes/policy.ts';
import { proxy } from './causes/proxy.ts';
import { service } from './causes/service.ts';
import { tcp } from './causes/tcp.ts';
import { tls } from './causes/tls.ts';

export const causes: Readonly<Record<CauseId, CauseText>> = {
  ...app,
  ...tls,
  ...proxy,
  ...tcp,
  ...policy,
  ...dns,
  ...ip,
  ...link,
  ...service,
};
