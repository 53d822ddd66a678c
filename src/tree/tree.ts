import type { TreeNode } from './node.ts';
import { appEverywhere } from './nodes/app-everywhere.ts';
import { appLog } from './nodes/app-log.ts';
import { appRequest } from './nodes/app-request.ts';
import { appSilence } from './nodes/app-silence.ts';
import { appStatus } from './nodes/app-status.ts';
import { dnsAnswer } from './nodes/dns-answer.ts';
import { dnsResolve } from './nodes/dns-resolve.ts';
import { dnsResolver } from './nodes/dns-resolver.ts';
import { ipPing } from './nodes/ip-ping.ts';
import { ipRoute } from './nodes/ip-route.ts';
import { ipTrace } from './nodes/ip-trace.ts';
import { linkInterfaces } from './nodes/link-interfaces.ts';
import { nodeCni } from './nodes/node-cni.ts';
import { nodeReady } from './nodes/node-ready.ts';
import { pathFar } from './nodes/path-far.ts';
import { pathNear } from './nodes/path-near.ts';
import { podRunning } from './nodes/pod-running.ts';
import { podTools } from './nodes/pod-tools.ts';
import { policyDeclared } from './nodes/policy-declared.ts';
import { proxyConnect } from './nodes/proxy-connect.ts';
import { proxyElsewhere } from './nodes/proxy-elsewhere.ts';
import { serviceDirect } from './nodes/service-direct.ts';
import { serviceEndpoints } from './nodes/service-endpoints.ts';
import { tcpConnect } from './nodes/tcp-connect.ts';
import { tcpElsewhere } from './nodes/tcp-elsewhere.ts';
import { tcpRefusal } from './nodes/tcp-refusal.ts';
import { tcpRepeat } from './nodes/tcp-repeat.ts';
import { tlsHandshake } from './nodes/tls-handshake.ts';
import { udpAnswer } from './nodes/udp-answer.ts';

export const ROOT = 'pod.running';

/** Every step of the guide, application first. A cause's node is one line here. */
export const TREE: readonly TreeNode[] = [
  podRunning,
  podTools,
  serviceEndpoints,
  appRequest,
  appEverywhere,
  appLog,
  appStatus,
  appSilence,
  tlsHandshake,
  proxyConnect,
  dnsAnswer,
  serviceDirect,
  proxyElsewhere,
  policyDeclared,
  tcpConnect,
  tcpRefusal,
  udpAnswer,
  dnsResolve,
  dnsResolver,
  ipPing,
  ipRoute,
  ipTrace,
  tcpRepeat,
  linkInterfaces,
  tcpElsewhere,
  nodeReady,
  nodeCni,
  pathNear,
  pathFar,
];
