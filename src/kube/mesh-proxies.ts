import type { MeshProxyState } from '../domain/facts.ts';
import { containersOf, type WirePod } from './pods.ts';

type WireContainer = NonNullable<WirePod['spec']>['containers'][number];

/** Names that the meshes' own injectors give: Istio, Linkerd, Consul, Kuma, App Mesh and OSM (`envoy`), NGINX. */
const NAMES = /^(?:istio-proxy|linkerd-proxy|consul-dataplane|kuma-sidecar|kuma-dp|nginx-mesh-sidecar|(?:aws-appmesh-|osm-)?envoy(?:-proxy|-sidecar)?)$/u;
/** The last part of the image's name, without its tag: `docker.io/istio/proxyv2:1.26.0`, `cr.l5d.io/linkerd/proxy:edge`, `envoyproxy/envoy:v1.35`. */
const IMAGES = /(?:^|\/)(?:proxyv2|linkerd\/proxy|linkerd2?-proxy|envoy|consul-dataplane|kuma-dp|aws-appmesh-envoy)(?:[:@]|$)/u;
/** Where they take connections, or tell that they are ready (Istio 15000 to 15090, "Ports used by Istio"; Linkerd 4140, 4143, 4191). */
const PORTS: ReadonlySet<number> = new Set([15001, 15006, 15020, 15021, 15090, 4140, 4143, 4191]);

/**
 * Containers besides `own` that carry the pod's traffic: known by name, image or ports, or because an init container may rewrite the pod's
 * firewall (NET_ADMIN), and then every other container may be what it leads to.
 */
export function meshProxiesOf(pod: WirePod, own: string): readonly MeshProxyState[] {
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  const beside = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')].filter(({ name }) => name !== own);
  const isRedirected = initContainers.some(rewritesFirewall);
  const known = beside.filter(isMeshProxy);
  const names = new Set((known.length > 0 || !isRedirected ? known : beside).map(({ name }) => name));
  return containersOf(pod)
    .filter(({ name, kind }) => names.has(name) && kind !== 'ephemeral')
    .map(({ name, ready, state, reason, restarts }) => ({ name, ready, state, reason, restarts }));
}

function isMeshProxy(container: WireContainer): boolean {
  const probed = [container.readinessProbe, container.startupProbe].map((probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port);
  const ports = [...(container.ports ?? []).map(({ containerPort }) => containerPort), ...probed];
  return NAMES.test(container.name) || IMAGES.test(container.image ?? '') || ports.some((port) => PORTS.has(Number(port)));
}

function rewritesFirewall({ securityContext }: WireContainer): boolean {
  return securityContext?.privileged === true || (securityContext?.capabilities?.add ?? []).some((name) => name === 'NET_ADMIN' || name === 'ALL');
}
