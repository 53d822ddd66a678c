import type { ConsoleApp } from '../console-app.ts';
import type { Action } from '../key-bindings.ts';

const PLAYBACK_ACTIONS = ['playPause', 'stepEvent', 'stepNode', 'toVerdict', 'faster', 'slower'] as const satisfies readonly Action[];
type PlaybackAction = (typeof PLAYBACK_ACTIONS)[number];

export function isPlaybackAction(action: Action): action is PlaybackAction {
  return PLAYBACK_ACTIONS.some((one) => one === action);
}

/** What keys do to a recording that is being played; nothing once it has been played to its end. */
export function actInPlayback({ journey }: ConsoleApp, action: PlaybackAction): void {
  const { playback } = journey.run;
  if (playback === null || playback.state.played === playback.state.events) return;
  switch (action) {
    case 'playPause':
      playback.toggle();
      return;
    case 'stepEvent':
      playback.step('event');
      return;
    case 'stepNode':
      playback.step('node');
      return;
    case 'toVerdict':
      playback.step('verdict');
      return;
    case 'faster':
    case 'slower':
      playback.changeSpeed(action);
      return;
  }
}
