import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorText } from '../../domain/error-text.ts';
import { recordingsFolder } from '../../run-file/folder.ts';
import { Recorder, type RecorderOptions } from '../../run-file/recorder.ts';
import { makeSharedFolder, sharedFolder } from '../../run-file/shared-folder.ts';
import type { CommandContext } from '../context.ts';
import { done, failed, type Outcome } from '../problem.ts';
import { TOOL } from '../version.ts';
import type { RecordChoice } from './choice.ts';

/**
 * A recorder for one run; null when nothing is to be recorded, or the environment names no home to record in. A file that was asked
 * for and cannot be made is a problem before the run; whatever happens later is told to `onGivenUp`, and the run goes on.
 */
export function createRecorder(
  { to, shared, isWithoutNames = false }: RecordChoice & { readonly isWithoutNames?: boolean },
  { env }: Pick<CommandContext, 'env'>,
  onGivenUp: (detail: string) => void,
): Outcome<Recorder | null> {
  switch (to.kind) {
    case 'nowhere':
      return done(null);
    case 'file': {
      const obstacle = obstacleTo(to.path);
      return obstacle === null ? done(new Recorder({ tool: TOOL, to, shared, isWithoutNames, onGivenUp })) : failed('cannot-record', obstacle);
    }
    case 'state-folder':
      return shared ? sharedRecorder(sharedFolder(env), { isWithoutNames, onGivenUp }) : done(ownRecorder(recordingsFolder(env), { isWithoutNames, onGivenUp }));
  }
}

type Further = Pick<RecorderOptions, 'isWithoutNames' | 'onGivenUp'>;

function ownRecorder(folder: string | null, further: Further): Recorder | null {
  return folder === null ? null : new Recorder({ tool: TOOL, to: { kind: 'folder', path: folder }, shared: false, ...further });
}

function sharedRecorder(folder: string, further: Further): Outcome<Recorder> {
  try {
    makeSharedFolder(folder);
  } catch (error) {
    return failed('cannot-record', errorText(error));
  }
  return done(new Recorder({ tool: TOOL, to: { kind: 'folder', path: folder }, shared: true, ...further }));
}

function obstacleTo(path: string): string | null {
  if (existsSync(path)) return `EEXIST: ${path}`;
  try {
    accessSync(dirname(path), constants.W_OK);
    return null;
  } catch (error) {
    return errorText(error);
  }
}
