import type { V1EphemeralContainer, V1Pod } from '@kubernetes/client-node';
import type { Permission } from '../domain/access.ts';
import type { ClusterFailure, ClusterResult } from '../domain/cluster.ts';
import { cleanText } from '../domain/sanitise.ts';
import type { Api, ApiRequest } from './api.ts';
import { failed, ok, type ApiSubject } from './failure.ts';
import { readNodeAccess, type NodeAccess } from './node-access.ts';
import { podsWithTraces, tracesOf, type PodWithTraces } from './owned.ts';
import { readPodAccess, type PodAccess } from './pod-access.ts';
import { getWirePod } from './pods.ts';
import { readSelectors, type PodSelector } from './pod-selectors.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

export type EphemeralContainer = Wire<V1EphemeralContainer>;
export type PodManifest = Wire<V1Pod>;

/** What one may do, and the few things that this program ever changes in a cluster. `isDryRun`: every check, and no change. */
export interface ClusterAccess {
  /** The user's name as the API server knows it. */
  whoAmI(signal: AbortSignal): Promise<ClusterResult<string>>;
  /** Those of the rights that are missing. A right that nobody can tell about is not called missing. */
  missing(rights: readonly Permission[], signal: AbortSignal): Promise<readonly Permission[]>;
  podAccess(namespace: string, pod: string, signal: AbortSignal): Promise<ClusterResult<PodAccess>>;
  addEphemeral(pod: PodName, container: EphemeralContainer, isDryRun: boolean, signal: AbortSignal): Promise<ClusterResult<unknown>>;
  createPod(manifest: PodManifest, isDryRun: boolean, signal: AbortSignal): Promise<ClusterResult<PodManifest>>;
  /** Deletes that very pod and no other one of its name. */
  deletePod(pod: PodName & { readonly uid: string }, graceSeconds: number, signal: AbortSignal): Promise<ClusterResult<unknown>>;
  /** One pod, whoever made it. */
  pod(pod: PodName, signal: AbortSignal): Promise<ClusterResult<PodWithTraces>>;
  /** Pods page by page; a failure ends them. `namespace` null: all of them. */
  pods(namespace: string | null, labelSelector: string | null, signal: AbortSignal): AsyncIterable<readonly PodWithTraces[] | ClusterFailure>;
  node(name: string, signal: AbortSignal): Promise<ClusterResult<NodeAccess>>;
  /** Selectors of what would take a pod with these labels for its own: Services, and controllers that adopt pods. */
  selectors(namespace: string, signal: AbortSignal): Promise<ClusterResult<readonly PodSelector[]>>;
  /** Warnings about a pod, in the kubelet's words, the latest first. */
  warnings(pod: PodName, signal: AbortSignal): Promise<ClusterResult<readonly PodWarning[]>>;
}

export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

export interface PodWarning {
  readonly reason: string;
  readonly message: string;
  /** `spec.ephemeralContainers{netdiag-x7k2p}`; '' when it is about the whole pod. */
  readonly fieldPath: string;
}

export function createClusterAccess(api: Api): ClusterAccess {
  return {
    whoAmI: (signal) => whoAmI(api, signal),
    missing: (rights, signal) => missingRights(api, rights, signal),
    podAccess: (namespace, pod, signal) => readPodAccess(api, namespace, pod, signal),
    addEphemeral: (pod, container, isDryRun, signal) => addEphemeral(api, pod, container, isDryRun, signal),
    createPod: (manifest, isDryRun, signal) => createPod(api, manifest, isDryRun, signal),
    deletePod: (pod, graceSeconds, signal) => deletePod(api, pod, graceSeconds, signal),
    pod: (pod, signal) => readPod(api, pod, signal),
    pods: (namespace, labelSelector, signal) => podsWithTraces(api, namespace, labelSelector, signal),
    node: (name, signal) => readNodeAccess(api, name, signal),
    selectors: (namespace, signal) => readSelectors(api, namespace, signal),
    warnings: (pod, signal) => readWarnings(api, pod, signal),
  };
}

/**
 * A refusal by admission (Pod Security, a webhook, a quota) has the same status as one by RBAC:
 *   pods "x" is forbidden: User "viewer" cannot patch resource "pods/ephemeralcontainers" in API group "" in the namespace "shop"
 *   pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (...)     Kubernetes 1.34
 */
export function isAdmission(failure: ClusterFailure): boolean {
  return (failure.kind === 'forbidden' && !/\bcannot [a-z]+ resource\b/u.test(failure.detail)) || (failure.kind === 'failed' && isRejection(failure.status));
}

/** 400 is what webhooks answer, 422 what validation does. */
function isRejection(status: number | null): boolean {
  return status === 400 || status === 422;
}

async function readPod(api: Api, { namespace, name }: PodName, signal: AbortSignal): Promise<ClusterResult<PodWithTraces>> {
  const pod = await getWirePod(api, namespace, name, signal);
  return pod.ok ? ok(tracesOf(pod.value)) : pod;
}

const JSON_TYPE = 'application/json';

async function whoAmI(api: Api, signal: AbortSignal): Promise<ClusterResult<string>> {
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const subject: ApiSubject = { verb: 'create', resource: 'selfsubjectreviews.authentication.k8s.io', namespace: null, name: null };
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  const answer = await getJson<{ status?: { userInfo?: { username?: string } } }>(api, { path, write: { method: 'POST', contentType: JSON_TYPE, body: review }, subject, signal });
  if (!answer.ok) return answer;
  return ok(cleanText(answer.value.status?.userInfo?.username ?? ''));
}

async function missingRights(api: Api, rights: readonly Permission[], signal: AbortSignal): Promise<readonly Permission[]> {
  const answers = await Promise.all(rights.map((right) => isAllowed(api, right, signal)));
  return rights.filter((_, index) => answers[index] === false);
}

/** SelfSubjectAccessReview (authorization.k8s.io/v1): every user may ask about itself. null when there is no answer. */
async function isAllowed(api: Api, { verb, group, resource, namespace }: Permission, signal: AbortSignal): Promise<boolean | null> {
  const [name = '', subresource] = resource.split('/');
  const attributes = { verb, group, resource: name, ...(subresource === undefined ? {} : { subresource }), ...(namespace === null ? {} : { namespace }) };
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: attributes } };
  const subject: ApiSubject = { verb: 'create', resource: 'selfsubjectaccessreviews.authorization.k8s.io', namespace: null, name: null };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const answer = await getJson<{ status?: { allowed?: boolean } }>(api, { path, write: { method: 'POST', contentType: JSON_TYPE, body: review }, subject, signal });
  return answer.ok ? answer.value.status?.allowed === true : null;
}

/** The name under which the API server remembers who set which field. */
const FIELD_MANAGER = 'netdiag-tui';

function query(isDryRun: boolean): Readonly<Record<string, string>> {
  return { fieldManager: FIELD_MANAGER, ...(isDryRun ? { dryRun: 'All' } : {}) };
}

/** A strategic merge patch: lists of containers are merged by name, so two people at once do not undo each other's. */
function addEphemeral(api: Api, pod: PodName, container: EphemeralContainer, isDryRun: boolean, signal: AbortSignal): Promise<ClusterResult<unknown>> {
  const path = apiPath('api', 'v1', 'namespaces', pod.namespace, 'pods', pod.name, 'ephemeralcontainers');
  const write: ApiRequest['write'] = {
    method: 'PATCH',
    contentType: 'application/strategic-merge-patch+json',
    body: { spec: { ephemeralContainers: [container] } },
  };
  const subject: ApiSubject = { verb: 'patch', resource: 'pods/ephemeralcontainers', namespace: pod.namespace, name: pod.name };
  return getJson(api, { path, query: query(isDryRun), write, subject, signal });
}

function createPod(api: Api, manifest: PodManifest, isDryRun: boolean, signal: AbortSignal): Promise<ClusterResult<PodManifest>> {
  const { namespace = '', name = '' } = manifest.metadata ?? {};
  const path = apiPath('api', 'v1', 'namespaces', namespace, 'pods');
  const subject: ApiSubject = { verb: 'create', resource: 'pods', namespace, name };
  return getJson(api, { path, query: query(isDryRun), write: { method: 'POST', contentType: JSON_TYPE, body: manifest }, subject, signal });
}

async function deletePod(api: Api, pod: PodName & { readonly uid: string }, graceSeconds: number, signal: AbortSignal): Promise<ClusterResult<unknown>> {
  const path = apiPath('api', 'v1', 'namespaces', pod.namespace, 'pods', pod.name);
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: graceSeconds, preconditions: { uid: pod.uid } };
  const subject: ApiSubject = { verb: 'delete', resource: 'pods', namespace: pod.namespace, name: pod.name };
  const answer = await getJson<unknown>(api, { path, write: { method: 'DELETE', contentType: JSON_TYPE, body }, subject, signal });
  if (answer.ok) return answer;
  // Gone, or another pod has its name by now: either way ours is gone.
  const { failure } = answer;
  if (failure.kind === 'not-found' || (failure.kind === 'failed' && failure.status === 409)) return ok(null);
  return failed(failure);
}

interface WireEvent {
  readonly reason?: string;
  readonly message?: string;
  readonly type?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly involvedObject?: { readonly fieldPath?: string };
}

async function readWarnings(api: Api, pod: PodName, signal: AbortSignal): Promise<ClusterResult<readonly PodWarning[]>> {
  const path = apiPath('api', 'v1', 'namespaces', pod.namespace, 'events');
  const selector = `involvedObject.kind=Pod,involvedObject.name=${pod.name},type=Warning`;
  const subject: ApiSubject = { verb: 'list', resource: 'events', namespace: pod.namespace, name: null };
  const answer = await getJson<WireList<WireEvent>>(api, { path, query: { fieldSelector: selector }, subject, signal });
  if (!answer.ok) return answer;
  const timeOf = (event: WireEvent): string => event.lastTimestamp ?? event.eventTime ?? '';
  return ok(
    answer.value.items
      .toSorted((a, b) => timeOf(b).localeCompare(timeOf(a)))
      .map(({ reason = '', message = '', involvedObject }) => ({ reason, message: cleanText(message), fieldPath: involvedObject?.fieldPath ?? '' })),
  );
}
