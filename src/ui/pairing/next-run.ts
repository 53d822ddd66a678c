import type { ConsoleApp } from '../console-app.ts';
import { followLive } from './attach.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * After a driver has left a run: when the same one begins another, those who look where the driver looks go with it, and the others are
 * told how. It looks for one until something else is on the screen.
 */
export function waitForNext(app: ConsoleApp): void {
  const { live } = app.store.getState();
  if (live === null) return;
  const timer = setInterval(() => {
    const { live: now, runView } = app.store.getState();
    if (now !== live) {
      clearInterval(timer);
      return;
    }
    const next = nextOf(app);
    if (next === null) return;
    clearInterval(timer);
    if (runView.mirrorsDriver) void followLive(app, next, true);
    else app.notify('accent', app.context.messages.pairing.nextRun(live.driver));
  }, LOOK_EVERY_MS).unref();
}

/** The driver's new run, else what is followed from its beginning. */
export function followNext(app: ConsoleApp): void {
  const next = nextOf(app);
  if (next === null) app.journey.load();
  else void followLive(app, next, app.store.getState().runView.mirrorsDriver);
}

/** Path of a run that the driver of the one on the screen drives now, after having left that one or having been killed; null while there is none. */
function nextOf({ store, ports }: ConsoleApp): string | null {
  const { live } = store.getState();
  if (live === null || live.heard === 'live' || live.heard === 'silent') return null;
  return ports.listLive().find(({ driver }) => driver === live.driver)?.path ?? null;
}
